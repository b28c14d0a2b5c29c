"""What changed from one scan of a website to the next. Pure."""

from __future__ import annotations

import msgspec

from adhere.areas.cookies.scanning.shape import Found, Report, Seen

EARLY = ("before", "ignored")
EARLY_RULES = ("tracker-before-consent", "request-before-consent", "consent-before-choice")
_COMPARED = ("party", "vendor", "purpose", "lifetime_seconds", "states", "declared")


class Changed(msgspec.Struct, frozen=True):
    """A tracker that is not as it was: the names of what differs."""

    before: Seen
    after: Seen
    what: tuple[str, ...]


class Changes(msgspec.Struct, frozen=True):
    """From an earlier scan to a later one. ``reached`` and ``missed`` are states."""

    came: tuple[Seen, ...]
    went: tuple[Seen, ...]
    changed: tuple[Changed, ...]
    found: tuple[Found, ...]
    settled: tuple[Found, ...]
    reached: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def any(self) -> bool:
        return any(getattr(self, name) for name in self.__struct_fields__)


def key(seen: Seen) -> tuple[str, str, str]:
    """What makes two trackers the same one."""
    return seen.kind, seen.name, seen.domain


def changes(before: Report, after: Report) -> Changes:
    """What a later report says that an earlier one did not, and the other way round."""
    old = {key(each): each for each in before.trackers}
    new = {key(each): each for each in after.trackers}
    both = [(old[at], new[at]) for at in new if at in old]
    return Changes(
        tuple(each for at, each in new.items() if at not in old),
        tuple(each for at, each in old.items() if at not in new),
        tuple(Changed(was, now, what) for was, now in both if (what := _differs(was, now))),
        _only(after, before),
        _only(before, after),
        tuple(each for each in after.states if each not in before.states),
        tuple(each for each in before.states if each not in after.states),
    )


def _differs(was: Seen, now: Seen) -> tuple[str, ...]:
    # The order in which states were visited says nothing.
    return tuple(
        name
        for name in _COMPARED
        if (set(was.states) != set(now.states) if name == "states"
            else getattr(was, name) != getattr(now, name))
    )  # fmt: skip


def _only(one: Report, other: Report) -> tuple[Found, ...]:
    known = {(each.rule, each.subject, each.state) for each in other.findings}
    return tuple(
        each for each in one.findings if (each.rule, each.subject, each.state) not in known
    )


def new_before_consent(before: Report | None, after: Report) -> tuple[Found, ...]:
    """The findings of what appears before consent and did not in the scan before."""
    known = {(each.rule, each.subject) for each in (before.findings if before else ())}
    return tuple(
        each
        for each in after.findings
        if each.rule in EARLY_RULES
        and each.severity != "note"
        and (each.rule, each.subject) not in known
    )
