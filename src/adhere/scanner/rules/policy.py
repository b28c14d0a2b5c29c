"""Whether the visitor can get at the written policy."""

from __future__ import annotations

from collections.abc import Iterator

from adhere.scanner.redacting import address
from adhere.scanner.rules.finding import Evidence, Finding
from adhere.scanner.rules.needs import exempt
from adhere.scanner.rules.seen import Seen

_GONE = 400


def policy_unreachable(seen: Seen) -> Iterator[Finding]:
    """A link to it that leads nowhere, or none at all on a site that stores something."""
    for link, status in seen.saw.links.items():
        if not status or status >= _GONE:
            answer = f"answers {status}" if status else "does not answer"
            why = f"The policy that the site links to {answer}: {link}"
            yield Finding("policy-unreachable", "error", link, "before", why)
    pages = [page for page in seen.saw.pages if page.state == "before" and not page.failed]
    linked = seen.saw.links or seen.saw.dialog.links or any(page.policy_links for page in pages)
    if pages and not linked and any(not exempt(each) for each in seen.trackers):
        why = "Neither the dialog nor any page of this scan links to a cookie or privacy policy."
        shown = tuple(
            Evidence("page without a link", page.state, address(page.url)) for page in pages
        )
        yield Finding("policy-unreachable", "warning", seen.site, "before", why, shown)
