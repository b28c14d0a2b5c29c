"""The checks of the consent dialog that a scan decides."""

from __future__ import annotations

from collections.abc import Iterable

from adhere.areas.cookies.scanning.judging import NEEDS, Said, Sight, verdicts
from adhere.areas.cookies.scanning.parameters import Clicks, Scanned
from adhere.areas.cookies.scanning.shape import Found
from adhere.core.checking import Verdict, World, check

OPENING = 1  # the click that brings the choices back


@check(
    "cookies.dialog_shown",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def dialog_shown(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """A first visit meets the consent dialog, which does not block reading"""

    def question(sight: Sight) -> Said:
        found = sight.found("no-dialog", "dialog-blocks-reading", "dialog-not-accessible")
        kept = "the dialog is shown at the first visit, and the page can be read beside it"
        said = sight.said(kept, found, "before")
        nothing = sight.needs_no_dialog()
        return Said(kept, beside=nothing) if nothing and said.state == "satisfied" else said

    return verdicts(chosen, world, question)


@check(
    "cookies.refusal_easy",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Clicks,
)
def refusal_easy(chosen: Clicks, world: World) -> Iterable[Verdict]:
    """Refusing takes no more clicks than accepting, on the first layer"""

    def question(sight: Sight) -> Said:
        clicks = sight.report.dialog.refuse_clicks
        return _as_easy(sight, "refusing", clicks, chosen.extra, "no-refusal", "misleading-buttons")

    return verdicts(chosen, world, question)


@check(
    "cookies.withdrawal_easy",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Clicks,
)
def withdrawal_easy(chosen: Clicks, world: World) -> Iterable[Verdict]:
    """Withdrawing is at hand on each page and takes no more clicks"""

    def question(sight: Sight) -> Said:
        clicks = sight.report.dialog.withdraw_clicks
        extra = chosen.extra + OPENING
        return _as_easy(sight, "withdrawing", clicks, extra, "no-way-to-withdraw")

    return verdicts(chosen, world, question)


def _as_easy(
    sight: Sight, what: str, clicks: int | None, extra: int, impossible: str, *rules: str
) -> Said:
    """Whether something takes no more clicks than accepting does, with ``extra`` allowed."""
    accepting = sight.report.dialog.accept_clicks
    faults: list[Found | str] = [*sight.found(*rules)]
    if clicks is None:
        faults += sight.found(impossible)
    elif accepting is not None and clicks > accepting + extra:
        faults.append(f"{what} takes {_clicks(clicks)}, accepting {_clicks(accepting)}")
    if faults or (clicks is not None and accepting is not None):
        return sight.said(f"{what} takes {_clicks(clicks or 0)}", faults)
    nothing = sight.needs_no_dialog()
    cannot = "" if nothing else f"the scan could not count the clicks of {what}"
    return Said("", cannot=cannot, beside=nothing)


def _clicks(number: int) -> str:
    return "1 click" if number == 1 else f"{number} clicks"


@check(
    "cookies.nothing_preselected",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def nothing_preselected(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """No purpose is chosen in advance and going on is no consent"""

    def question(sight: Sight) -> Said:
        rules = ("preselected-purpose", "consent-by-continuing", "consent-before-choice")
        faults = sight.found(*rules)
        return sight.said(
            "nothing is chosen in advance, and going on changes nothing",
            faults,
            "before",
            "ignored",
        )

    return verdicts(chosen, world, question)


@check(
    "cookies.choice_by_purpose",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def choice_by_purpose(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """Each purpose is chosen by itself, and only it takes effect"""

    def question(sight: Sight) -> Said:
        alone = [each for each in sight.report.states if each.startswith("purpose:")]
        kept = f"each of {len(alone)} purposes was chosen by itself, and only it took effect"
        rules = ("tracker-despite-refusal", "request-despite-refusal")
        faults = [each for each in sight.found(*rules) if each.state.startswith("purpose:")]
        if alone or faults:
            return sight.said(kept, faults)
        nothing = sight.needs_no_dialog()
        cannot = "" if nothing else "the scan could not choose one purpose by itself"
        return Said(kept, cannot=cannot, beside=nothing)

    return verdicts(chosen, world, question)
