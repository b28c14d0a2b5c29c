"""A scan as one page that needs nothing else: for a reader who is no engineer, and for print.

Whatever a website said is escaped, and the page's own policy forbids scripts and requests.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from adhere.scanner.declared import Declared
from adhere.scanner.observations import Page
from adhere.scanner.redacting import address
from adhere.scanner.reports.report import Report
from adhere.scanner.rules.finding import SEVERITIES, Evidence, Finding, Severity
from adhere.scanner.rules.seen import Host, Tracker
from adhere.scanner.rules.wording import span

_CSS = Path(__file__).with_name("report.css")
_SEVERITIES: dict[Severity, tuple[str, str]] = {
    "error": ("Not kept", "Certain from what was recorded."),
    "warning": ("To be looked at", "Likely; a person has to decide."),
    "note": ("Notes", "No breach by itself."),
}
_METHOD = (
    "Each state is a fresh visitor in a browser of its own, who makes one choice and then looks at "
    "the same pages. A choice counts as made only where two independent signs say so; of a state "
    "that was not reached nothing is said, neither good nor bad.",
    "Lifetimes are those that were written, not those to which the browser cuts them. Values of "
    "cookies and long values in addresses are shortened.",
    "Vendors and purposes come from the sources named beside them; where none knows, it says "
    "unknown. The scan saw the pages listed here, from one place, on one day: what other pages, "
    "countries or signed-in visitors get may differ. It is no legal advice.",
)


def as_html(report: Report) -> str:
    """The whole page."""
    css = _CSS.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'"
    title = f"Trackers and consent on {escape(address(report.saw.url))}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width"><meta name="referrer" '
        f'content="no-referrer"><title>{title}</title><style>{css}</style></head><body><main>'
        f"<h1>{title}</h1>{''.join(_parts(report))}</main></body></html>\n"
    )


def _parts(report: Report) -> Iterator[str]:
    yield _verdict(report)
    for severity in SEVERITIES:
        yield _section(severity, [one for one in report.findings if one.severity == severity])
    yield _trackers(report)
    yield _hosts(report.seen.hosts)
    if report.seen.declaration:
        yield _unseen(report)
    yield _states(report)
    yield _limits(report)
    yield _pictures(report)


def _verdict(report: Report) -> str:
    counts = report.counts()
    saw = report.saw
    told = ", ".join(f"{counts[each]} {_SEVERITIES[each][0].lower()}" for each in SEVERITIES)
    pages = len({page.url for page in saw.pages})
    when = saw.started.isoformat(sep=" ", timespec="minutes")
    compared = f" Compared with {_text(told_by)}." if (told_by := _place(report)) else ""
    return (
        f'<p class="verdict">{told}</p><p class="lead">{pages} pages on {when}, in '
        f"{saw.seconds:.0f} seconds.{compared}</p>"
    )


def _place(report: Report) -> str:
    return report.seen.declaration.place if report.seen.declaration else ""


def _section(severity: Severity, found: list[Finding]) -> str:
    if not found:
        return ""
    title, meaning = _SEVERITIES[severity]
    body = "".join(_finding(each) for each in found)
    return f'<h2>{title} ({len(found)})</h2><p class="lead">{meaning}</p>{body}'


def _finding(finding: Finding) -> str:
    shown = "".join(f"<li>{_evidence(each)}</li>" for each in finding.evidence)
    seen = f"<dt>Seen</dt><dd><ul>{shown}</ul></dd>" if shown else ""
    mark = _SEVERITIES[finding.severity][0]
    return (
        f'<article class="finding {finding.severity}"><h3><span class="mark">{mark}:</span> '
        f"{_text(finding.why)}</h3><dl><dt>Rule</dt><dd>{_text(finding.rule)}</dd>"
        f"<dt>Rests on</dt><dd>{_text(finding.reference)}</dd>"
        f"<dt>What to do</dt><dd>{_text(finding.advice)}</dd>{seen}</dl></article>"
    )


def _evidence(one: Evidence) -> str:
    parts = [_text(one.what)]
    if one.page:
        parts.append(f"on {_text(one.page)}" + (f", {one.at:.1f} s after it opened" * bool(one.at)))
    if one.script:
        parts.append(f"by <code>{_text(one.script)}</code>")
    if one.raw:
        parts.append(f"<code>{_text(one.raw)}</code>")
    if one.screenshot:
        parts.append(f"picture {_text(one.screenshot)}")
    return ", ".join(parts)


def _trackers(report: Report) -> str:
    told = report.seen.declaration is not None
    head = ["Name", "Kind", "Domain", "Party", "Who and what for", "Kept", "States"]
    rows = [_tracker(each, told) for each in report.seen.trackers]
    return "<h2>What the site stores</h2>" + _table(
        "Everything seen in any state, beside what is declared.",
        [*head, *(["Declared"] if told else [])],
        rows,
    )


def _tracker(tracker: Tracker, told: bool) -> list[str]:
    known = tracker.known
    source = f" ({known.by})" if known.by else ""
    kept = "session" if tracker.lifetime is None else span(tracker.lifetime)
    cells = [
        tracker.name,
        tracker.kind,
        tracker.domain,
        "third" if tracker.third_party else "first",
        f"{known.vendor or 'unknown'}: {known.purpose}{source}",
        kept if tracker.kind in {"cookie", "session-storage"} else "until cleared",
        ", ".join(tracker.states),
    ]
    return [*cells, *([_declared(tracker.row)] if told else [])]


def _declared(row: Declared | None) -> str:
    if row is None:
        return "no"
    purpose = "strictly necessary" if row.strictly_necessary else row.purpose or row.wording
    told = [row.vendor, purpose, row.retention, f"{row.party} party" if row.party else ""]
    return "; ".join(each for each in told if each) or "by name alone"


def _hosts(hosts: Iterable[Host]) -> str:
    rows = [
        [
            each.host + (f" (leads to {each.cloaked})" if each.cloaked else ""),
            f"{each.known.vendor or 'unknown'}: {each.known.purpose}",
            str(len(each.requests)),
            ", ".join(each.states),
        ]
        for each in hosts
    ]
    head = ["Host", "Who and what for", "Requests", "States"]
    return "<h2>Where the site sends data</h2>" + _table("Hosts of other sites.", head, rows)


def _unseen(report: Report) -> str:
    told = report.seen.declaration
    seen = [row for tracker in report.seen.trackers for row in tracker.rows]
    rows = [row for row in (told.rows if told else ()) if row not in seen and row.name]
    cells = [[row.name, _declared(row), str(row.line or "")] for row in rows]
    head = ["Name", "Declared", "Line"]
    return "<h2>Declared and not seen</h2>" + _table("Rows without a match.", head, cells)


def _states(report: Report) -> str:
    choices = {each.state: each for each in report.saw.choices}
    rows = []
    for state in dict.fromkeys([*report.saw.states, *choices]):
        choice = choices.get(state)
        reached = state in report.seen.reached
        signs = "; ".join(choice.signs) if choice else ""
        why = choice.why if choice and not reached else ""
        rows.append(
            [state, "yes" if reached else "no", signs or why, choice.page if choice else ""]
        )
    head = ["State", "Reached", "Signs, or why not", "Page"]
    return "<h2>States</h2>" + _table("The choices that were made.", head, rows)


def _limits(report: Report) -> str:
    canary = report.saw.canary
    told = [*report.saw.notes]
    if canary:
        kept = ", ".join(
            f"{kind} {'seen' if on else 'NOT seen'}" for kind, on in canary.kept.items()
        )
        when = f" on {canary.tried:%Y-%m-%d %H:%M} UTC" if canary.tried else ""
        told.append(f"The browser ({canary.browser}) was checked first{when}: {kept}.")
    told += [f"Rule {rule} was not judged, {why}." for rule, why in report.unjudged.items()]
    told += [f"{address(each.url)} in state {each.state}: {each.failed}" for each in _lost(report)]
    method = "".join(f"<p>{_text(each)}</p>" for each in _METHOD)
    notes = "".join(f"<li>{_text(each)}</li>" for each in told)
    return f"<h2>Method and limits</h2>{method}" + (f"<ul>{notes}</ul>" if notes else "")


def _lost(report: Report) -> list[Page]:
    return [page for page in report.saw.pages if page.failed]


def _pictures(report: Report) -> str:
    shots = report.saw.screenshots
    body = "".join(
        f'<figure><img src="{_data(data)}" alt="Screenshot {_text(name)}">'
        f"<figcaption>{_text(name)}</figcaption></figure>"
        for name, data in shots.items()
    )
    return f"<h2>Pictures</h2>{body}" if body else ""


def _data(picture: bytes) -> str:
    kind = "webp" if picture[8:12] == b"WEBP" else "png"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def _table(caption: str, head: list[str], rows: list[list[str]]) -> str:
    if not rows:
        return "<p>None.</p>"
    top = "".join(f'<th scope="col">{_text(each)}</th>' for each in head)
    body = "".join(
        f'<tr><th scope="row">{_text(first)}</th>'
        + "".join(f"<td>{_text(each)}</td>" for each in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{_text(caption)}"><table>'
        f"<caption>{_text(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
        "</table></div>"
    )


def _text(text: str) -> str:
    return escape(text, quote=True)
