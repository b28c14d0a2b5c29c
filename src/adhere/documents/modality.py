"""What a sentence demands: its modality, how many demands it makes, and in which language."""

from __future__ import annotations

import re
from functools import lru_cache

from adhere.documents.blocks import calm
from adhere.documents.phrases import Phrases, phrases_of
from adhere.documents.phrases.around import FORBIDDING_HEADING, POINTING, RELATIVE, SUBORDINATE

NORMATIVE = frozenset(("obligation", "prohibition"))
_DEFINITION = re.compile(
    r"[\"“„«][^\"”“»]{1,60}[\"”“»]\s+(?:means?|refers?|betekent|verwijst|désigne|signifie|bezeichnet"
    r"|bedeutet)\b",
    re.IGNORECASE,
)
MAX_SENTENCE = 4000
_ORDER = ("prohibition", "obligation", "permission")


@lru_cache(maxsize=16384)
def modality(sentence: str, language: str) -> str:
    """`obligation`, `prohibition`, `permission` or `statement`.

    "Only approved software may be installed" forbids all other software: a prohibition. An
    imperative ("Challenge any unrecognised person") is an obligation. A text in a language
    without patterns is read as English.
    """
    found = explicit(sentence, language)
    if (
        found == "statement"
        and not _DEFINITION.match(sentence)
        and phrases_of(language)["imperative"].search(sentence)
    ):
        return "obligation"
    return found


@lru_cache(maxsize=16384)
def explicit(sentence: str, language: str) -> str:
    """The modality that words of demanding, forbidding or permitting give; no imperatives."""
    phrases = phrases_of(language)
    text = _bounded(sentence)
    if text.endswith("?") or _DEFINITION.match(text):
        return "statement"
    free = phrases["free"].sub("", text)
    for name in _ORDER:
        if any(_is_main(free, match) for match in phrases[name].finditer(free)):
            return name
    return "permission" if free != text else "statement"


def inherited(own: str, plain: str, lead: str) -> str:
    """The modality of a list item's first sentence under a lead-in.

    `plain` is the explicit modality: under "You must never:", the item "Share a password" is no
    demand to share.
    """
    if lead == "statement":
        return own
    return lead if plain not in NORMATIVE else plain


def lead_modality(sentences: list[str], language: str, before: str = "statement") -> str:
    """What a list after this paragraph inherits; `before` is what held until here."""
    for text in reversed(sentences):
        if POINTING.search(text) and (found := explicit(text, language)) in NORMATIVE:
            return found
    if sentences and sentences[-1].rstrip().endswith(":"):
        if re.search(r"\b(?:never|nooit|jamais|niemals)\W*$", sentences[-1], re.IGNORECASE):
            return "prohibition"
        return explicit(sentences[-1], language)
    return before


def heading_modality(heading: str) -> str:
    """What a list right below a heading inherits: "Prohibited activities"."""
    return "prohibition" if FORBIDDING_HEADING.search(heading) else "statement"


def demands(sentence: str, language: str) -> int:
    """How many separate normative demands one sentence makes; 0 for one that makes none.

    Counted are main-clause modal verbs, further verbs that "and" hangs on the same modal verb
    ("must lock the desk and return the key"), and an added frequency ("…, offered at least twice
    a year"). Two verbs side by side ("read and understand") are one demand, so is an "or".
    """
    if modality(sentence, language) not in NORMATIVE:
        return 0
    text = _bounded(sentence)
    phrases = phrases_of(language)
    places = _modal_places(text, phrases)
    places += _coordinated(text, phrases["also"], min(places, default=0))
    return max(1, len(_apart(places))) + bool(phrases["beside"].search(text))


def detect_language(text: str) -> str:
    """`en`, `nl`, `fr` or `de`; `es`, `it` or `pt` are told apart too; `und` where unclear."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    if not words:
        return "und"
    scores = {name: sum(word in stop for word in words) for name, stop in _STOP_WORDS.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] / len(words) >= 0.1 else "und"


def _bounded(sentence: str) -> str:
    """Single spaces, no monstrous word, no more than any reader would follow."""
    return calm(" ".join(sentence.split()))[:MAX_SENTENCE]


def _is_main(text: str, match: re.Match[str]) -> bool:
    """Not in a relative clause: "data that Anna is not authorised to see" forbids nothing."""
    return not RELATIVE.search(text[: match.start()])


def _modal_places(text: str, phrases: Phrases) -> list[int]:
    places: list[int] = []
    for name in ("prohibition", "obligation"):
        for match in phrases[name].finditer(text):
            if _is_main(text, match) and not (places and _is_weak(text, match)):
                places.append(match.start())
    return places


def _is_weak(text: str, match: re.Match[str]) -> bool:
    """Demands nothing beside another demand: "will", or inside a subordinate clause."""
    return match.group().lower() == "will" or bool(SUBORDINATE.search(text[: match.start()]))


def _coordinated(text: str, also: re.Pattern[str], first: int) -> list[int]:
    found = []
    for match in also.finditer(text, first):
        words = text[first : match.start()].split()
        if len(words) >= 4 and not SUBORDINATE.search(text[first : match.start()]):
            found.append(match.start())
    return found


def _apart(places: list[int]) -> list[int]:
    """Places that are more than a phrase apart; "are prohibited" and "must not" may overlap."""
    kept: list[int] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > 12:
            kept.append(place)
    return kept


_STOP_WORDS = {
    name: frozenset(words.split())
    for name, words in {
        "en": "the of and to in is are that this for by on with be must not or any an which you "
        "your may shall as from their we our it have has will at they all",
        "nl": "de het een en van in is zijn dat dit voor door op met niet of die te wordt worden "
        "moet moeten u uw wij onze ons als bij naar aan alle mag mogen ook om",
        "fr": "le la les de des du et en est sont que ce cette pour par sur avec ne pas ou qui un "
        "une vous votre nous notre au aux dans il elle tous toute doit doivent être",
        "de": "der die das und von in ist sind dass dieser diese für durch auf mit nicht oder den "
        "dem des ein eine einer einem sie ihre wir unsere zu im am bei alle muss müssen werden "
        "wird darf",
        "es": "el la los las de del y en es son que este esta para por con no o un una usted su "
        "nuestro se al más como debe deben todos",
        "it": "il lo la i gli le di del della e in è sono che questo questa per da con non o un "
        "una si al alla come deve devono tutti nel",
        "pt": "o a os as de do da e em é são que este esta para por com não ou um uma você seu "
        "nosso se ao como deve devem todos no na",
    }.items()
}
