"""Documents whose structure is only to be seen: no heading styles, sentences over two pages."""

from __future__ import annotations

import io

import docx
import weasyprint

from adhere.documents.read import Document, read

LINES = (
    "1. Clean desk",
    "Desks must be empty in the evening.",
    "2. Visitors",
    "The following activities are prohibited.",
    "• Letting strangers in.",
)
FOUND = [
    ("1. Clean desk", "Desks must be empty in the evening.", "obligation"),
    ("2. Visitors", "The following activities are prohibited.", "prohibition"),
    ("2. Visitors", "Letting strangers in.", "prohibition"),
]


def seen(document: Document) -> list[tuple[str, str, str]]:
    return [(clause.heading, clause.text, clause.modality) for clause in document.clauses]


def test_a_word_document_of_plain_paragraphs_reads_as_its_text_does() -> None:
    made, file = docx.Document(), io.BytesIO()
    for line in LINES:
        made.add_paragraph(line)
    made.save(file)
    assert seen(read(file.getvalue(), name="rules.docx")) == FOUND
    assert seen(read("\n\n".join(LINES).encode(), name="rules.txt")) == FOUND


def test_a_page_of_plain_paragraphs_reads_as_its_text_does() -> None:
    page = "<!doctype html><title>x</title>" + "".join(f"<p>{line}</p>" for line in LINES)
    assert seen(read(page.encode(), name="rules.html")) == FOUND


def test_a_sentence_goes_on_over_the_page_of_a_pdf() -> None:
    style = "<style>@page { size: 9cm 5cm; margin: 1cm } p { orphans: 1; widows: 1 }</style>"
    sentence = "Every employee must " + "carefully and diligently " * 12 + "lock the screen."
    other = "Visitors must sign in."
    page = f"{style}<h1>Rules</h1><p>{sentence}</p><p>{other}</p>"
    data = weasyprint.HTML(string=page).write_pdf()
    assert [clause.text for clause in read(data, name="rules.pdf").clauses] == [sentence, other]


def test_a_right_may_be_granted_without_the_word() -> None:
    texts = {
        "en": "You can withdraw your consent and lodge a complaint with the supervisory authority.",
        "nl": "U kunt uw toestemming intrekken en klacht indienen bij de autoriteit.",
        "fr": "Vous pouvez retirer votre consentement et introduire une réclamation auprès de "
        "l'autorité.",
        "de": "Sie können Ihre Einwilligung widerrufen und Beschwerde bei der Aufsichtsbehörde "
        "einlegen.",
    }
    for language, text in texts.items():
        found = read(f"# 1.\n\n{text}\n".encode(), name=f"{language}.md").rights
        assert [each.article for each in found] == ["Art. 77", "Art. 7(3)"]


def test_erasure_has_a_long_name_in_dutch() -> None:
    found = read(b"U heeft het recht op gegevenswissing.", name="nl.txt").rights
    assert [each.article for each in found] == ["Art. 17"]


def test_who_consents_to_a_complaint_form_is_granted_nothing() -> None:
    found = read(b"Staff must answer every complaint of an authority.", name="en.txt").rights
    assert found == ()
