"""Where question banks are: the company's own beside its policies, else those shipped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from adhere.areas.conduct.bank import Bank, fits_policy, fits_translation, parse_bank
from adhere.core.texts import LIBRARY, policy_folder
from adhere.documents.policy import LANGUAGES, parse_policy, read_text

FOLDER = "questions"


def banks_of(slug: str) -> dict[str, Bank]:
    """The questions about a policy, by language; a company's own bank replaces the shipped one.

    A ``Problem`` names file and line where a file cannot be used, or where two languages differ
    in more than their words.
    """
    for folder in (policy_folder(), LIBRARY):
        found = {each.language: each for each in _in_folder(folder / FOLDER, slug)}
        if found:
            first = next(iter(found.values()))
            for each in found.values():
                fits_translation(each, first)
            return found
    return {}


def _in_folder(folder: Path, slug: str) -> list[Bank]:
    paths = [folder / f"{slug}.{language}.yaml" for language in LANGUAGES]
    return [_read(path, path.stat().st_mtime_ns) for path in paths if path.is_file()]


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> Bank:
    return parse_bank(read_text(path), str(path))


def check_banks(slug: str, language: str, text: str) -> str:
    """Before a policy is published: its questions fit its clauses. Gives the text as it is."""
    clauses = {clause.id for clause in parse_policy(text, f"{slug}.{language}.md").clauses}
    for bank in banks_of(slug).values() if own(slug) else ():
        fits_policy(bank, clauses)
    return text


def own(slug: str) -> bool:
    """Whether the company has questions of its own about a policy."""
    folder = policy_folder()
    return folder != LIBRARY and bool(_in_folder(folder / FOLDER, slug))
