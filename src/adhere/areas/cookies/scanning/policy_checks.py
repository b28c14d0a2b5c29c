"""The checks of the cookie policy's page that a scan decides."""

from __future__ import annotations

from collections.abc import Iterable

from adhere.areas.cookies.scanning.judging import NEEDS, Said, Sight, verdicts
from adhere.areas.cookies.scanning.parameters import Scanned, VersionShown
from adhere.core.checking import Verdict, World, check
from adhere.core.rows import Publication

GONE = (0, 404, 410)  # 403 or 429 is what robots are told, not people


@check(
    "cookies.policy_reachable",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def policy_reachable(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """The cookie policy can be read from each page and from the dialog"""

    def question(sight: Sight) -> Said:
        faults = sight.found("policy-unreachable")
        return sight.said("each page that was visited leads to the policy", faults, "before")

    return verdicts(chosen, world, question)


@check(
    "cookies.links_work",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def links_work(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """Each link in the cookie policy leads somewhere"""

    def question(sight: Sight) -> Said:
        links = sight.report.links
        kept = f"each of {len(links)} links in the policy leads somewhere"
        if not links:
            return Said(kept, cannot="the scan tried no link of the policy")
        faults = [
            f"{url} answers {status}" if status else f"nothing answers at {url}"
            for url, status in sorted(links.items())
            if status in GONE or status >= 500
        ]
        return sight.said(kept, faults)

    return verdicts(chosen, world, question)


@check(
    "cookies.privacy_policy_linked",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def privacy_policy_linked(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """The cookie policy links to the privacy policy"""

    def question(sight: Sight) -> Said:
        kept = "the cookie policy links to the privacy policy"
        linked = sight.report.privacy_linked
        if linked is None:
            return Said(kept, cannot="the scan could not read the cookie policy")
        return sight.said(kept, [] if linked else ["nothing in it links to a privacy policy"])

    return verdicts(chosen, world, question)


@check(
    "cookies.current_version_shown",
    strength="measured",
    subject="website",
    needs=(*NEEDS, "publications"),
    parameters=VersionShown,
)
def current_version_shown(chosen: VersionShown, world: World) -> Iterable[Verdict]:
    """The page shows the version that is in force"""

    def question(sight: Sight) -> Said:
        shown, moment = sight.report.version_shown, sight.scan.happened_at
        published = [
            each.version
            for each in world.facts(Publication)
            if each.policy == chosen.policy and each.happened_at <= moment
        ]
        kept = f"the page shows version {shown}"
        if not shown or not published:
            return Said(kept, cannot="the scan could not read which version is shown")
        newest = str(max(published))
        wrong = f"the page shows version {shown}, and version {newest} was in force"
        return sight.said(kept, [] if shown == newest else [wrong])

    return verdicts(chosen, world, question)
