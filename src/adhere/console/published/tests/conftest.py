"""Three policies: one for everybody in two versions and two languages, one for personnel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

COOKIES = """---
policy: biscuits
title: Biscuits {language}
owner: data-protection
audience: public
language: {language}
---
## {first}

[{sentence}]{{#wait}}
[{second}]{{#told}}

### {names}

| {names} | {first} |
| --- | --- |
| jar | x |
"""
ENGLISH = {
    "language": "en",
    "first": "Before you choose",
    "sentence": "Nothing is stored until you choose.",
    "second": "Each change is explained here.",
    "names": "Names",
}
DUTCH = {
    "language": "nl",
    "first": "Voor u kiest",
    "sentence": "Niets wordt bewaard tot u kiest.",
    "second": "Elke wijziging wordt hier uitgelegd.",
    "names": "Namen",
}
STAFF = """---
policy: desks
title: Desks
owner: security
audience: personnel
---
# Desks

[Desks are clear.]{#clear}
"""


@pytest.fixture
def library(db: None) -> None:
    """Version 1 in two languages, version 2 with a changed and a new sentence."""
    from adhere.core.models import Controller
    from adhere.core.publishing import publish

    Controller.objects.create(
        pk=1,
        name="Lindenhof Software",
        email="privacy@lindenhof.example",
        address="Kouter 12\nGent",
    )
    first, second = datetime(2026, 1, 5, 8, tzinfo=UTC), datetime(2026, 3, 9, 8, tzinfo=UTC)
    publish([_text(ENGLISH), _text(DUTCH)], at=first)
    publish([_parsed(STAFF, "desks.md")], at=first)
    english = {**ENGLISH, "sentence": "Nothing is stored before you choose."}
    dutch = {**DUTCH, "sentence": "Niets wordt bewaard voor u kiest."}
    publish([_text(english), _text(dutch)], "We say “before”, which is clearer.", at=second)


def _text(words: dict[str, str]) -> object:
    return _parsed(COOKIES.format(**words), f"biscuits.{words['language']}.md")


def _parsed(text: str, file: str) -> object:
    from adhere.core.texts import Text
    from adhere.documents.policy import parse_policy

    return Text(text, parse_policy(text, file))
