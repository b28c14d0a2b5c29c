"""What the columns of a tracker table hold, by their headings, in four languages."""

from __future__ import annotations

import re

NAMES, PURPOSE, PROVIDER, NECESSARY, RETENTION, PARTY, KIND = (
    "names",
    "purpose",
    "provider",
    "necessary",
    "retention",
    "party",
    "kind",
)
_HEADINGS = {
    NECESSARY: r"(?:strictly |strikt |strictement |unbedingt )?(?:necessary|essential|required"
    r"|noodzakelijk\w*|nécessaires?|essentiels?|erforderlich|notwendig)",
    RETENTION: r"retention\b.*|expir\w+|expiration\b.*|lifetime|lifespan|duration\b.*|max-age"
    r"|storage (?:period|time|duration)|bewaar\w+|looptijd|geldigheid\w*|vervalt?\w*|levensduur"
    r"|durée\b.*|conservation|speicher\w+|laufzeit|ablauf\w*|lebensdauer|aufbewahrung\w*",
    PARTY: r"(?:first|1st) ?(?:/|or) ?(?:third|3rd)[ -]party|party|first or third party|partij"
    r"|eigen of derden?|partie|propre ou tiers?|partei|erst- oder dritt\w+",
    PROVIDER: r"provid\w+|vendor|supplier|company|service|placed by|set by|party name|host"
    r"|aanbieder|leverancier|bedrijf|dienst|geplaatst door|fournisseur|prestataire|société"
    r"|service|déposé par|anbieter|unternehmen|dienst\w*|gesetzt von|domain|domein|domaine",
    PURPOSE: r"purposes?\b.*|description\b.*|what (?:it|they) do\w*|use[ds]?\b.*|function\b.*"
    r"|doel\w*\b.*|omschrijving|beschrijving|finalités?\b.*|but\b.*|objectif\b.*|zwecke?\b.*"
    r"|beschreibung|verwendung\w*",
    NAMES: r"(?:names?|naam|namen|noms?|bezeichnung)(?: (?:of|van|du|des|de|der|von)\b.*)?"
    r"|(?:cookies?|trackers?|technolog\w+)(?:[ -]?(?:names?|naam|namen|noms?))?",
    KIND: r"type|kind|soort|category|categorie|catégorie|art|kategorie|technology",
}
_COMPILED = {kind: re.compile(rf"{words}\W*", re.IGNORECASE) for kind, words in _HEADINGS.items()}
MAX_HEADING = 45


def column(heading: str | None) -> str | None:
    """What a column with this heading holds, None where no known word says so."""
    text = (heading or "").strip()
    if not text or len(text) > MAX_HEADING or text.endswith("."):
        return None
    return next((kind for kind, words in _COMPILED.items() if words.fullmatch(text)), None)


def is_header(headings: list[str | None]) -> bool:
    """A tracker table names or describes trackers and says how long or why."""
    kinds = {column(heading) for heading in headings} - {None}
    return (NAMES in kinds and len(kinds) >= 2) or {PURPOSE, RETENTION} <= kinds


_YES = re.compile(r"(?:yes|y|ja|j|oui|true|✓|✔|x|☑)\.?", re.IGNORECASE)
_NO = re.compile(r"(?:no|n|nee|neen|non|nein|false|✗|✘|☐)\.?", re.IGNORECASE)
EMPTY = re.compile(r"(?:[-–—/.]+|n/?a|none|unknown|\?)", re.IGNORECASE)


def yes_or_no(cell: str | None) -> bool | None:
    text = (cell or "").strip()
    if _YES.fullmatch(text):
        return True
    return False if _NO.fullmatch(text) else None


_NAME = r"[\w.*<>\[\]{}:%$#@~/-]+"
_NAME_LIST = re.compile(rf"{_NAME}(?:\s*[,;]\s*{_NAME})*[,;]?")


def is_name_list(cell: str) -> bool:
    """One word, or words parted by commas, as trackers are named."""
    return bool(_NAME_LIST.fullmatch(cell.strip())) and not cell.rstrip().endswith(".")


def surely_names(cell: str) -> bool:
    """Names that no company would bear: several, with an underscore, or without a capital."""
    if not is_name_list(cell):
        return False
    return bool(re.search(r"[,;_*\[<]", cell)) or cell[:1].islower() or bool(re.search(r"\d", cell))


def names_of(cell: str | None) -> tuple[str, ...]:
    """The trackers named in a cell."""
    if not cell or EMPTY.fullmatch(cell.strip()):
        return ()
    parts = [part.strip(" .") for part in re.split(r"[,;\n]|\s+(?:and|en|et|und|&)\s+", cell)]
    loose = cell.split()
    if len(parts) == 1 and len(loose) > 1 and all(surely_names(word) for word in loose):
        parts = loose
    return tuple(dict.fromkeys(part for part in parts if part))
