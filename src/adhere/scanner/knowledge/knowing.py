"""Who is behind what a scan saw: corrections first, then our own table, then the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from adhere.scanner.knowledge.brought import operators_hosts
from adhere.scanner.knowledge.corrections import Correction
from adhere.scanner.knowledge.known import NOBODY, UNKNOWN, Known
from adhere.scanner.knowledge.names import matches, specific, within
from adhere.scanner.knowledge.tables import Cookie, hosts, open_cookies, own_cookies
from adhere.scanner.observations import Stored
from adhere.scanner.sites import host_of

# How much of a pattern is looked up by; our own table has shorter names, each one written there.
_LEAST = 3
_CHOICES = ("consent", "optout", "opt_out", "opt-out")


class _Index:
    """Patterns by their first characters, so that one name is held against few."""

    def __init__(self, cookies: Iterable[Cookie]) -> None:
        self.whole: dict[str, list[Cookie]] = {}
        self.wild: dict[str, list[Cookie]] = {}
        for each in cookies:
            if each.whole:
                self.whole.setdefault(each.name, []).append(each)
            else:
                self.wild.setdefault(each.name.partition("*")[0][:_LEAST], []).append(each)

    def of(self, name: str) -> list[Cookie]:
        """Whole names first, then the longest patterns."""
        starts = {name[:size] for size in range(_LEAST + 1)}
        wild = [each for start in starts for each in self.wild.get(start, ())]
        fitting = [each for each in wild if matches(each.name, name)]
        return self.whole.get(name, []) + sorted(fitting, key=lambda each: -len(each.name))


class Knowledge(Struct, dict=True):
    """What is known, and what a person said besides."""

    corrections: tuple[Correction, ...] = ()
    extra: Mapping[str, Known] = {}

    @classmethod
    def with_data(
        cls, folder: Path | None = None, corrections: Iterable[Correction] = ()
    ) -> Knowledge:
        """Also with the lists in a folder of the operator's; a Problem where it has none."""
        return cls(tuple(corrections), operators_hosts(folder) if folder else {})

    def of_host(self, host: str) -> Known:
        """Whose a host is: by the longest domain that any list names."""
        said = self._corrected("", host)
        return said or self._listed(host)[0]

    def of_stored(self, one: Stored) -> Known:
        """Whose a cookie or another key is, by its name within the vendor's domains, by a name
        that only one vendor uses, or by the script or host that wrote it.
        """
        if said := self._corrected(one.name, one.domain):
            return said
        writers = self._writers(one)
        for cookie in self._own.of(one.name):
            if _in_domain(cookie, one.domain):
                return cookie.known
        best = NOBODY
        for cookie in self._open.of(one.name):
            if _says(cookie, one, {company for _, company in writers}):
                best = best if best.vendor else cookie.known
                if cookie.known.purpose != UNKNOWN:
                    return cookie.known
        return best if best.vendor else _by_writer(one, [known for known, _ in writers])

    def _corrected(self, name: str, domain: str) -> Known | None:
        return next(
            (each.known() for each in self.corrections if each.speaks_of(name, domain)), None
        )

    def _listed(self, host: str) -> tuple[Known, str]:
        shipped = hosts()
        best: tuple[Known, str] = (NOBODY, "")
        for domain in _suffixes(host):
            ours, company = shipped.get(domain, (NOBODY, ""))
            extra = self.extra.get(domain, NOBODY)
            known = ours if ours.purpose != UNKNOWN or not extra.vendor else extra
            if known.vendor and not best[0].vendor:
                best = (known, company or known.vendor)
            if best[0].purpose == UNKNOWN and known.purpose != UNKNOWN:
                return known, company or known.vendor
        return best

    def _writers(self, one: Stored) -> list[tuple[Known, str]]:
        """What is known of who wrote it: the script, and the host where that is another site's."""
        script = host_of(one.set_by.url) if one.set_by else ""
        told = [script, one.domain if one.third_party else ""]
        return [self._listed(host) for host in told if host]

    @cached_property
    def _own(self) -> _Index:
        return _Index(own_cookies())

    @cached_property
    def _open(self) -> _Index:
        return _Index(open_cookies())


def _in_domain(cookie: Cookie, domain: str) -> bool:
    return not cookie.domains or any(within(domain, each) for each in cookie.domains)


def _says(cookie: Cookie, one: Stored, companies: set[str]) -> bool:
    """Whether a row of a list speaks of this: kept to its vendor, or by a name all its own."""
    if cookie.domains and _in_domain(cookie, one.domain):
        return cookie.whole or specific(cookie.name)
    firms = {_bare(company) for company in companies}
    if _bare(cookie.company) in firms or _bare(cookie.known.vendor) in firms:
        return True
    return not cookie.domains and specific(cookie.name)


def _by_writer(one: Stored, writers: list[Known]) -> Known:
    """A tracker without a known name is its writer's; its purpose too, where he has but one."""
    for known in writers:
        if known.vendor:
            purpose = known.purpose if _tells(known, one) else UNKNOWN
            return Known(known.vendor, purpose, known.source, known.version, known.why)
    return NOBODY


def _tells(known: Known, one: Stored) -> bool:
    """A consent tool writes choices alone; a measuring one writes refusals too."""
    return known.purpose == "necessary" or (
        known.tracking and not any(word in one.name.lower() for word in _CHOICES)
    )


def _bare(company: str) -> str:
    return company.lower().removesuffix(".com").strip()


def _suffixes(host: str) -> list[str]:
    parts = host.lower().split(".")
    return [".".join(parts[at:]) for at in range(len(parts) - 1)]
