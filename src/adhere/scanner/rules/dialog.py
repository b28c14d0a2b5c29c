"""What is wrong with the dialog itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adhere.scanner.observations import Button, Dialog
from adhere.scanner.rules.finding import Evidence, Finding, Severity, of_choice
from adhere.scanner.rules.needs import exempt, needs_consent
from adhere.scanner.rules.seen import Seen

# One control that opens the choices again, then as many clicks as accepting took.
_OPENING = 1
_LARGER = 2.0
_FAINT, _CLEAR = 3.0, 4.5
_HEAVIER = 1.4
_KEYBOARD = frozenset({"keyboard", "focus"})
_NECESSARY = re.compile(
    r"necess|essent|required|security|noodzak|erforderlich|notwendig|technisch|nécess|indispens",
    re.IGNORECASE,
)


def no_dialog(seen: Seen) -> Iterator[Finding]:
    """Nothing asks, and something is there that would have to be asked for."""
    if seen.saw.dialog.found or "before" not in seen.reached:
        return
    trackers = [each for each, _ in seen.holding("before") if not exempt(each)]
    hosts = [each for each, sent in seen.sending("before") if needs_consent(each, sent)]
    names = [each.name for each in trackers] + [each.host for each in hosts]
    if names:
        known = [each.known for each in trackers] + [each.known for each in hosts]
        sure = any(each.tracking for each in known)
        why = f"No dialog asks for consent, while the site uses {', '.join(names)}."
        yield Finding("no-dialog", "error" if sure else "warning", seen.site, "before", why)


def no_refusal(seen: Seen) -> Iterator[Finding]:
    dialog = seen.saw.dialog
    if not dialog.found or dialog.accept_clicks is None or _first(dialog, "refuse"):
        return
    if dialog.refuse_clicks is None:
        why = "The dialog can be accepted, but nothing in it refuses."
    else:
        why = (
            "The first layer of the dialog has a button that accepts and none that refuses; "
            f"refusing takes {dialog.refuse_clicks} clicks."
        )
    yield Finding("no-refusal", "error", _named(dialog), "before", why, _buttons(dialog))


def refusal_harder_than_acceptance(seen: Seen) -> Iterator[Finding]:
    dialog = seen.saw.dialog
    accept, refuse = dialog.accept_clicks, dialog.refuse_clicks
    if dialog.found and accept is not None and refuse is not None and refuse > accept:
        why = f"Refusing takes {refuse} clicks, accepting {accept}."
        yield Finding(
            "refusal-harder-than-acceptance",
            "error",
            _named(dialog),
            "before",
            why,
            _buttons(dialog),
        )


def preselected_purpose(seen: Seen) -> Iterator[Finding]:
    """Switched on before anyone touched it. A locked switch is the necessary one."""
    for each in seen.saw.dialog.toggles:
        if each.on and not each.disabled and not _NECESSARY.search(each.name):
            claim = ", as a legitimate interest" if each.legitimate_interest else ""
            why = f"The purpose “{each.name}” is switched on before the visitor chooses{claim}."
            yield Finding("preselected-purpose", "error", each.name, "before", why)


def dialog_blocks_reading(seen: Seen) -> Iterator[Finding]:
    """A wall: the page is kept from who does not accept, or refusing costs something."""
    dialog = seen.saw.dialog
    if not dialog.found:
        return
    if dialog.price:
        why = f"Refusing costs money: “{dialog.price}”."
        yield Finding("dialog-blocks-reading", "error", _named(dialog), "before", why)
    elif dialog.blocks and not _refused_at_once(dialog):
        never = dialog.refuse_clicks is None
        how = "cannot be refused" if never else "cannot be refused on its first layer"
        why = f"The dialog covers {dialog.covers:.0%} of the window, blocks the page and {how}."
        severity: Severity = "error" if never else "warning"
        yield Finding("dialog-blocks-reading", severity, _named(dialog), "before", why)


def no_way_to_withdraw(seen: Seen) -> Iterator[Finding]:
    """Silent unless acceptance succeeded and withdrawing was tried."""
    tried = seen.unreached.get("withdrawn")
    if "accepted" in seen.reached and tried and not (tried.clicks or tried.signs):
        why = "After accepting, nothing on the page opens the choices again."
        subject = _named(seen.saw.dialog)
        yield Finding("no-way-to-withdraw", "error", subject, "accepted", why, (of_choice(tried),))


def withdrawal_harder_than_acceptance(seen: Seen) -> Iterator[Finding]:
    dialog = seen.saw.dialog
    accept, withdraw = dialog.accept_clicks, seen.withdraw_clicks
    if accept is not None and withdraw is not None and withdraw > accept + _OPENING:
        why = f"Withdrawing consent takes {withdraw} clicks, giving it {accept}."
        rule = "withdrawal-harder-than-acceptance"
        yield Finding(rule, "error", _named(dialog), "withdrawn", why)


def misleading_buttons(seen: Seen) -> Iterator[Finding]:
    dialog = seen.saw.dialog
    accept, refuse = _first(dialog, "accept"), _first(dialog, "refuse")
    if not accept or not refuse:
        return
    if faults := list(_unequal(accept, refuse)):
        why = f"“{refuse.label}” is harder to see than “{accept.label}”: {'; '.join(faults)}."
        yield Finding(
            "misleading-buttons", "warning", refuse.label, "before", why, _buttons(dialog)
        )


def dialog_not_accessible(seen: Seen) -> Iterator[Finding]:
    grouped: dict[str, list[str]] = {}
    whys = {}
    for each in seen.saw.dialog.faults:
        grouped.setdefault(each.rule, []).append(each.target)
        whys[each.rule] = each.why
    for rule, targets in grouped.items():
        evidence = tuple(Evidence("in the dialog", "before", raw=each) for each in targets if each)
        severity: Severity = "error" if rule in _KEYBOARD else "warning"
        why = f"The dialog keeps people out ({rule}): {whys[rule].rstrip('.')}."
        yield Finding("dialog-not-accessible", severity, rule, "before", why, evidence)


def _unequal(accept: Button, refuse: Button) -> Iterator[str]:
    ours, theirs = accept.width * accept.height, refuse.width * refuse.height
    if theirs and ours / theirs >= _LARGER:
        yield f"{ours / theirs:.1f} times smaller"
    seen, faint = _contrast(accept), _contrast(refuse)
    if seen and faint and faint < _FAINT and seen >= _CLEAR:
        yield f"contrast {faint:.1f} against {seen:.1f}"
    if refuse.font_size and accept.font_size / refuse.font_size >= _HEAVIER:
        yield f"letters of {refuse.font_size:g} against {accept.font_size:g} pixels"


def _contrast(button: Button) -> float | None:
    """The contrast ratio of WCAG 2.2, None where a colour is not known."""
    lights = [_light(each) for each in (button.colour, button.background)]
    if None in lights:
        return None
    dark, bright = sorted(each for each in lights if each is not None)
    return (bright + 0.05) / (dark + 0.05)


def _light(colour: str) -> float | None:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return None
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _first(dialog: Dialog, role: str) -> Button | None:
    """A button of the first layer that can be seen."""
    found = (each for each in dialog.buttons if each.role == role and each.layer == 1)
    return next((each for each in found if each.visible), None)


def _refused_at_once(dialog: Dialog) -> bool:
    return dialog.refuse_clicks is not None and _first(dialog, "refuse") is not None


def _named(dialog: Dialog) -> str:
    return dialog.product or "dialog"


def _buttons(dialog: Dialog) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"layer {each.layer}: “{each.label}” ({each.role})", "before", raw=each.selector)
        for each in dialog.buttons
    )
