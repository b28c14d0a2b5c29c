"""Modality, demands, languages, quantities and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adhere.documents import sentences
from adhere.documents.modality import demands, detect_language, modality
from adhere.documents.quantities import quantities, retention_days

MODALITIES = [
    ("en", "Everyone must lock the door.", "obligation"),
    ("en", "Anna shall be told.", "obligation"),
    ("en", "Staff should keep desks clear.", "obligation"),
    ("en", "It is the responsibility of all staff to look around.", "obligation"),
    ("en", "Bram is responsible for the keys.", "obligation"),
    ("en", "Laptops are to be used for work.", "obligation"),
    ("en", "Staff are expected to read it.", "obligation"),
    ("en", "All laptops will have a lock.", "obligation"),
    ("en", "Challenge any stranger in the hall.", "obligation"),
    ("en", "Personnel may not copy data.", "prohibition"),
    ("en", "Smoking is strictly prohibited.", "prohibition"),
    ("en", "Under no circumstances are doors left open.", "prohibition"),
    ("en", "Changes are not permitted without consent.", "prohibition"),
    ("en", "Only approved software may be installed.", "prohibition"),
    ("en", "Nobody may enter alone.", "prohibition"),
    ("en", "Never share a password.", "prohibition"),
    ("en", "Visitors may use the lift.", "permission"),
    ("en", "You can, if you wish, refuse.", "permission"),
    ("en", "Contractors need not attend.", "permission"),
    ("en", "Users may not realise that it crashed.", "statement"),
    ("en", "Some features may not function fully.", "statement"),
    ("en", "This may result in a fine.", "statement"),
    ("en", "Reports are kept for a year.", "statement"),
    ("en", "It lists the data that must be erased.", "statement"),
    ("en", "Must I lock it?", "statement"),
    ("en", "“Device” means what a person must carry.", "statement"),
    ("nl", "Medewerkers moeten hun scherm vergrendelen.", "obligation"),
    ("nl", "Iedereen dient de opleiding te volgen.", "obligation"),
    ("nl", "Bezoekers mogen niet alleen rondlopen.", "prohibition"),
    ("nl", "Het gebruik van usb-sticks is verboden.", "prohibition"),
    ("nl", "Alleen goedgekeurde software mag worden geïnstalleerd.", "prohibition"),
    ("nl", "Iedereen moet de verboden handelingen lezen.", "obligation"),
    ("nl", "Dat hoort daarbij.", "statement"),
    ("nl", "U kunt uw toestemming intrekken.", "permission"),
    ("nl", "Bezoekers hoeven zich niet te melden.", "permission"),
    ("nl", "Wij bewaren gegevens een jaar.", "statement"),
    ("fr", "Le personnel doit verrouiller l’écran.", "obligation"),
    ("fr", "Les visiteurs sont tenus de porter un badge.", "obligation"),
    ("fr", "Il est interdit de fumer.", "prohibition"),
    ("fr", "Les visiteurs ne peuvent pas entrer seuls.", "prohibition"),
    ("fr", "Le personnel doit signaler toute personne qu'il ne connaît pas.", "obligation"),
    ("fr", "Chacun doit lire les activités interdites.", "obligation"),
    ("fr", "Personne ne peut entrer seul.", "prohibition"),
    ("fr", "L'usage de clés est formellement interdit.", "prohibition"),
    ("fr", "Vous pouvez refuser.", "permission"),
    ("fr", "Nous devons demander votre accord.", "obligation"),
    ("fr", "Nous ne pouvons pas refuser.", "prohibition"),
    ("fr", "Nous utilisons des cookies.", "statement"),
    ("de", "Alle müssen den Bildschirm sperren.", "obligation"),
    ("de", "Geräte sind zu sperren.", "obligation"),
    ("de", "Jeder ist für seine Geräte verantwortlich.", "obligation"),
    ("de", "Passwörter dürfen nicht geteilt werden.", "prohibition"),
    ("de", "Rauchen ist verboten.", "prohibition"),
    ("de", "Alle müssen die verbotenen Tätigkeiten lesen.", "obligation"),
    ("de", "Gäste müssen nicht teilnehmen.", "permission"),
    ("de", "Wir verwenden Cookies.", "statement"),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), MODALITIES)
def test_modality(language: str, sentence: str, expected: str) -> None:
    assert modality(sentence, language) == expected


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Reports are kept for a year.", 0),
        ("Everyone must read and understand the list.", 1),
        ("Visitors must be registered or accompanied.", 1),
        ("Any visitor who does not answer should be reported to Anna and the team.", 1),
        ("Data must be saved to the cloud so that it will be recoverable.", 1),
        ("Everyone must attend the course, offered at least twice a year.", 2),
        ("Staff should keep desks clear and take care to empty them each day.", 2),
        ("Visitors must wear a badge and must not walk alone.", 2),
        ("Bram must lock the cupboard and return the key.", 2),
    ],
)
def test_demands_are_counted(sentence: str, count: int) -> None:
    assert demands(sentence, "en") == count


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The text of the house is for all of you.", "en"),
        ("De tekst van het huis is voor iedereen en niet voor de bank.", "nl"),
        ("Le texte de la maison est pour vous et pour les autres.", "fr"),
        ("Der Text des Hauses ist für alle und nicht nur für die Bank.", "de"),
        ("El texto de la casa es para todos y no para un banco.", "es"),
        ("123 456", "und"),
        ("", "und"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("after at most fifteen minutes", [("duration", 15 / 1440)]),
        ("na vijftien minuten", [("duration", 15 / 1440)]),
        ("après quinze minutes", [("duration", 15 / 1440)]),
        ("nach fünfzehn Minuten", [("duration", 15 / 1440)]),
        ("zwölf Monate", [("duration", 365.0)]),
        ("within 24 hours", [("duration", 1.0)]),
        ("at least twice annually", [("count", 2.0), ("duration", 365.0)]),
        ("twice in each twelve months", [("count", 2.0), ("duration", 365.0)]),
        ("tweemaal per jaar", [("count", 2.0), ("duration", 365.0)]),
        ("deux fois par an", [("count", 2.0), ("duration", 365.0)]),
        ("zweimal pro Jahr", [("count", 2.0), ("duration", 365.0)]),
        ("two visitors for 180 days", [("count", 2.0), ("duration", 180.0)]),
        ("a device of Article 5", []),
        ("as part of the work, as agreed", []),
        ("3. Devices", []),
    ],
)
def test_quantities_are_found(text: str, expected: list[tuple[str, float]]) -> None:
    found = quantities(text)
    assert [(q.kind, pytest.approx(q.value)) for q in found] == expected
    assert [text[q.start : q.start + len(q.text)] for q in found] == [q.text for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("session", (0, 0)), ("Sessie", (0, 0)), ("Séance", (0, 0)), ("Sitzung", (0, 0)),
        ("30 minutes", (1, 1)), ("2 uur", (1, 1)), ("1 day", (1, 1)), ("1 week", (7, 7)),
        ("3 maanden", (90, 90)), ("12 months", (365, 365)), ("1 year", (365, 365)),
        ("2 ans", (730, 730)), ("3 Jahre", (1095, 1095)), ("1 day - 2 years", (1, 730)),
        ("1-2 years", (365, 730)), ("session / 1 year", (0, 365)),
        ("1 year and 1 month", (395, 395)),
        ("permanent", None), ("until you delete it", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_retention_in_days(text: str | None, expected: tuple[int, int] | None) -> None:
    assert retention_days(text) == expected


_UNITS = {"day": 1, "week": 7, "month": 30, "dag": 1, "Monat": 30, "mois": 30, "jaar": 365}


@given(st.integers(1, 11), st.sampled_from(sorted(_UNITS)), st.integers(1, 11))
def test_retention_is_number_times_unit_and_a_range_spans_it(
    low: int, unit: str, high: int
) -> None:
    days = _UNITS[unit]
    assert retention_days(f"{low} {unit}") == (low * days, low * days)
    both = sorted((low * days, high * days))
    assert retention_days(f"{low} {unit} - {high} {unit}") == tuple(both)


@given(st.text(max_size=200))
def test_no_text_breaks_the_words_and_numbers(text: str) -> None:
    found = retention_days(text)
    assert found is None or 0 <= found[0] <= found[1]
    for language in ("en", "nl", "fr", "de"):
        assert (demands(text, language) > 0) == (
            modality(text, language) in ("obligation", "prohibition")
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna, e.g. at noon, sings. Bram waits!", ["Anna, e.g. at noon, sings.", "Bram waits!"]),
        ("Dr. Dirk came. No. 5 won.", ["Dr. Dirk came.", "No. 5 won."]),
        ("See section 4.2. Then stop.", ["See section 4.2.", "Then stop."]),
        ("Zie art. 5 en bijv. dit. Klaar.", ["Zie art. 5 en bijv. dit.", "Klaar."]),
        ("“Go.” He went.", ["“Go.”", "He went."]),
        ("1. Lock it. Now.", ["1. Lock it.", "Now."]),
        ("What? Yes", ["What?", "Yes"]),
    ],
)
def test_sentences_end_where_readers_think(text: str, expected: list[str]) -> None:
    assert sentences.split(text) == expected


@given(st.text(max_size=300))
def test_sentences_lose_no_letter(text: str) -> None:
    assert "".join("".join(part.split()) for part in sentences.split(text)) == "".join(text.split())
