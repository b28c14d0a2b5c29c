"""Publishing: all or nothing, idempotent, and immutable down to the database."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from adhere.core.areas import checks
from adhere.core.models import Entry, Policy, PolicyText, PolicyVersion
from adhere.core.publishing import NotCovered, Published, publish, published_sources
from adhere.core.shipped import policies_here, publish_found
from adhere.core.texts import Text, load
from adhere.documents.policy import parse_policy
from adhere.errors import Problem

pytestmark = pytest.mark.django_db


def any_check() -> str:
    """Some installed check that asks for nothing."""
    return next(name for name, check in checks().items() if not check.parameters.__struct_fields__)


def text(body: str, language: str = "en", slug: str = "desks", audience: str = "public") -> Text:
    front = f"policy: {slug}\ntitle: Desks {language}\nowner: security\naudience: {audience}\n"
    whole = f"---\n{front}language: {language}\n---\n{body}"
    return Text(whole, parse_policy(whole, f"{slug}.{language}.md", repeats=True))


def english(what: str = "be locked") -> Text:
    return text(f'[A desk must {what}.]{{#lock check="{any_check()}"}}\n')


def dutch(what: str = "gesloten zijn", clause: str = "lock") -> Text:
    return text(f"[Een bureau moet {what}.]{{#{clause}}}\n", "nl")


def numbers() -> list[int]:
    return list(PolicyVersion.objects.order_by("pk").values_list("number", flat=True))


def languages(number: int) -> list[str]:
    texts = PolicyText.objects.filter(version__number=number)
    return list(texts.values_list("language", flat=True))


def test_a_version_keeps_the_exact_text_and_its_hash() -> None:
    written = english().text.replace("\n", "\r\n")
    given = Text(written, parse_policy(written, "desks.en.md"))
    done = publish([given], at=datetime(2026, 1, 5, tzinfo=UTC))
    assert done == [Published("desks", 1, True, ("en",), ("nl", "fr", "de"), "First version.")]
    stored = PolicyText.objects.get()
    assert stored.text == written
    assert stored.sha256 == hashlib.sha256(written.encode()).hexdigest()


def test_the_ledger_names_every_text() -> None:
    publish([english(), dutch()], "We begin.")
    version = PolicyVersion.objects.get()
    record = json.loads(version.entry.record)
    assert (record["kind"], record["policy"], record["version"]) == ("publications", "desks", 1)
    assert record["changes"] == "We begin."
    assert record["texts"] == dict(version.texts.values_list("language", "sha256"))


def test_the_same_set_again_publishes_nothing() -> None:
    publish([english(), dutch()])
    again = publish([dutch(), english()])
    alone = publish([english()])
    assert [(each.number, each.new) for each in [*again, *alone]] == [(1, False), (1, False)]
    assert (numbers(), Entry.objects.count()) == ([1], 1)


def test_one_bad_text_keeps_all_back() -> None:
    bad = text("You must be kind.\n", slug="manners")
    with pytest.raises(NotCovered) as refused:
        publish([english(), bad])
    assert [str(f) for each in refused.value.covered for f in each.all_faults] == [
        "manners.en.md:8: bound to no check: “You must be kind.” "
        '(expected […]{#id check="area.name"} around it)'
    ]
    assert (Policy.objects.count(), PolicyVersion.objects.count(), Entry.objects.count()) == (
        0,
    ) * 3


def test_a_new_base_leaves_old_translations_behind() -> None:
    publish([english(), dutch()])
    done = publish([english("be locked and empty")])
    assert (done[0].number, done[0].missing) == (2, ("nl", "fr", "de"))
    assert done[0].changes == "1 sentence changed."
    assert (languages(1), languages(2)) == (["en", "nl"], ["en"])


def test_a_new_translation_carries_the_rest_along() -> None:
    publish([english()])
    done = publish([dutch()])
    assert (done[0].number, done[0].languages, done[0].changes) == (
        2,
        ("en", "nl"),
        "Translations: nl.",
    )
    assert PolicyVersion.objects.get(number=2).language == "en"


def test_a_translation_of_other_clauses_is_refused() -> None:
    publish([english()])
    with pytest.raises(NotCovered):
        publish([dutch(clause="slot")])
    assert numbers() == [1]


def test_two_files_of_one_language_are_refused() -> None:
    with pytest.raises(Problem, match="one text a language"):
        publish([english(), english("be empty")])


@pytest.mark.parametrize("table", ["core_policyversion", "core_policytext"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET language = 'fr'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_published(table: str, statement: str) -> None:
    publish([english()])
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement.format(table))
    assert languages(1) == ["en"]


def test_published_texts_can_be_covered_again() -> None:
    publish([english(), dutch()])
    assert [source.language for source in published_sources("desks")] == ["en", "nl"]
    assert published_sources("nothing") == []


def test_a_zero_byte_is_named(tmp_path: Path) -> None:
    path = tmp_path / "desks.md"
    path.write_text(english().text + "\nend\x00\n")
    with pytest.raises(Problem, match=r"desks\.md:10: holds a zero byte"):
        load(path)


def test_shipped_policies_become_the_companys_own(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    first = publish_found()
    assert len(first) == Policy.objects.count() > 0
    assert publish_found() == []
    own = policies_here()
    assert own == tmp_path / "policies"
    for path in own.iterdir():
        path.unlink()
    (own / "desks.md").write_text(english().text)
    assert publish_found() == ["desks: version 1 published (en)"]
    (own / "desks.md").write_text(english().text + "\nYou must be kind.\n\nYou must be calm.\n")
    with pytest.raises(Problem, match=r"desks\.md:10: bound to no check: .* \(and 1 more"):
        publish_found()
