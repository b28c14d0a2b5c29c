"""The rights of data subjects that a text names, with their GDPR articles."""

from __future__ import annotations

import re

from adhere.documents import sentences
from adhere.documents.blocks import Block, calm
from adhere.documents.document import Right
from adhere.documents.lazy import lazy

_RIGHTS = {
    "Art. 15": r"access(?! to (?:the |our )?(?:website|network|office))|inzage|in te zien|inzien"
    r"|accès|auskunft\w*|einzusehen|einsehen",
    "Art. 16": r"correct(?:ion)?|rectif\w+|modification|verbeter\w+|corriger\w+|berichtig\w+"
    r"|amend\w*",
    "Art. 17": r"eras\w+|be(?:ing)? forgotten|delet\w+|wissen|verwijder\w+|(?:gegevens)?wissing"
    r"|vergetelheid|effacement|suppr\w+|oubli|lösch\w+|gelöscht",
    "Art. 18": r"restrict\w*|beperk\w+|limitation|einschränk\w+|einzuschränken",
    "Art. 20": r"portab\w+|(?:gegevens)?overdraagbaarheid|portabilité|(?:daten)?übertragbarkeit",
    "Art. 21": r"object(?:ion)?\b|bezwaar|opposition|opposer|widerspr\w+",
    "Art. 77": r"complaints?|klacht\w*|réclamation|plainte|beschwerde",
    "Art. 7(3)": r"withdr\w+|intrek\w+|in te trekken|retir\w+|retrait|widerruf\w*",
}
_PATTERNS = {a: lazy(rf"\b(?:{words})", re.IGNORECASE) for a, words in _RIGHTS.items()}
_RIGHT = re.compile(r"\b(?:rights?|recht(?:en|e|s)?|droits?)\b", re.IGNORECASE)
_PHRASE = re.compile(
    r"\b(?:right|recht|droit)\s+(?:(?:to|of|op|om|van|auf|zu|de|d['’]|à|au|zur)\s*)?[^,;.]{3,80}",
    re.IGNORECASE,
)
# Said without the word “right”: “You can withdraw your consent.”
_WITHOUT = {
    "Art. 7(3)": lazy(r"\bconsent|toestemming|einwilligung", re.IGNORECASE),
    "Art. 77": lazy(r"authorit|autorit|behörde|\bCNIL\b", re.IGNORECASE),
}
_OPEN = re.compile(r"\b(?:may|can|kunt|kan|mag|pouvez|peut|können|kann|dürfen)\b", re.IGNORECASE)
MAX_ITEM = 120


def rights(blocks: list[Block]) -> list[Right]:
    """Each right once, where it is first named; the wording is the text's own."""
    found: dict[str, Right] = {}
    lead = False
    for block in blocks:
        if block.kind != "item":
            lead = bool(_RIGHT.search(block.text))
        whole = calm(block.text)
        listed = lead and block.kind == "item"
        if listed or _RIGHT.search(whole):
            for text in sentences.split(whole):
                if listed or _RIGHT.search(text):
                    _collect(text, block, found)
    _collect_without(blocks, found)
    return sorted(
        found.values(), key=lambda right: (right.line, list(_RIGHTS).index(right.article))
    )


def _collect_without(blocks: list[Block], found: dict[str, Right]) -> None:
    """What a text grants without calling it a right, where it is named nowhere as one."""
    for article in _WITHOUT.keys() - found.keys():
        for block in blocks:
            texts = [] if block.kind == "heading" else sentences.split(calm(block.text))
            match = next((m for text in texts if (m := _granted(article, text))), None)
            if match:
                found[article] = Right(match.group(), article, block.line)
                break


def _granted(article: str, text: str) -> re.Match[str] | None:
    granted = _OPEN.search(text) and _WITHOUT[article]().search(text)
    return _PATTERNS[article]().search(text) if granted else None


def _collect(text: str, block: Block, found: dict[str, Right]) -> None:
    for article, pattern in _PATTERNS.items():
        match = pattern().search(text)
        if not match or article in found or block.kind == "heading":
            continue
        short = text.rstrip(".;, ")
        if block.kind != "item" or len(short) > MAX_ITEM:
            phrases = [p for p in _PHRASE.finditer(text) if p.start() <= match.start() < p.end()]
            short = phrases[0].group().strip() if phrases else match.group()
        found[article] = Right(short, article, block.line)
