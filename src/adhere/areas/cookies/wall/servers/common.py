"""What all generated configurations say: when a purpose is given, and what that opens."""

from __future__ import annotations

from dataclasses import dataclass

from adhere.areas.cookies.wall.policy import policy, sources
from adhere.areas.cookies.wall.site import Wall

DOCUMENTS = r"^(text/html|[a-z]+/([a-z0-9.-]+\+)?xml|multipart/x-mixed-replace)"
SCRIPTS = r"^(text|application)/(x-)?(java|ecma)script"
TWICE = r"(^|; ?)adhere_consent=.*; ?adhere_consent="
_SAID = r"([a-z0-9:-]+\.[01]\.[0-9a-f]{6}!)*"
_END = " data: blob:"
_WORDS = 2_400
_NOTICES = 150


@dataclass(frozen=True)
class Opening:
    """One key of an answer: the name of its variable, the cookie that gives it, what it opens."""

    name: str
    pattern: str
    words: str


def openings(wall: Wall) -> list[Opening]:
    """Everything that an answer can open, in pieces that every server's parser takes.

    The pattern is understood alike by PCRE and RE2. The last 150 notices count.
    """
    found: list[Opening] = []
    for number, gate in enumerate(gate for gate in wall.gates if not gate.necessary):
        keys = [(gate.slug, gate.hosts)]
        keys += [(f"{gate.slug}:{vendor}", hosts) for vendor, hosts in gate.vendors.items()]
        for at, (key, hosts) in enumerate(keys):
            pattern = given(key, gate.hash, list(wall.notices))
            for part, words in enumerate(_pieces(sources(hosts, wall.secure))):
                found.append(Opening(f"adhere_{number}_{at}_{part}", pattern, words))
    return found if wall.notices else []


def given(key: str, hash6: str, notices: list[str]) -> str:
    """The expression that a ``Cookie`` header meets where this key was allowed."""
    known = "|".join(notices[:_NOTICES])
    escaped = key.replace("-", r"\-")
    return (
        rf"(^|; ?)adhere_consent=1![0-9]{{9,11}}!({known})!{_SAID}{escaped}\.1\.{hash6}!"
        rf"{_SAID}s\.[0-9a-f]{{32}}(;|$)"
    )


def template(wall: Wall, opened: str, *, static: bool = False) -> str:
    """The policy with ``opened`` where the sources stand that an answer adds."""
    text = policy(wall, static=static)
    first, rest = text.split(_END, 1)
    kind, dot, more = rest.partition("; form-action ")
    form, *others = more.split("; ")
    tail = "".join(f"; {each}" for each in others)
    return f"{first}{opened}{_END}{kind}{dot}{form}{opened}{tail}"


def head(wall: Wall, mark: str = "#") -> str:
    """The comment that every file starts with."""
    return (
        f"{mark} Nothing leaves before consent: {wall.site}. Made by Adhere; make it anew after\n"
        f"{mark} every new notice, until then what changed stays shut.\n"
    )


def _pieces(words: list[str]) -> list[str]:
    found = [""]
    for word in words:
        if len(found[-1]) + len(word) > _WORDS:
            found.append("")
        found[-1] += f" {word}"
    return [each for each in found if each]
