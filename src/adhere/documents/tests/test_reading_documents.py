"""Any policy text into clauses, trackers, contacts and rights."""

from __future__ import annotations

import http.server
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adhere.documents.document import Tracker
from adhere.documents.policy import parse_policy
from adhere.documents.propose import NO_CHECK, to_policy
from adhere.documents.read import document_to_dict, read
from adhere.documents.statements import slug
from adhere.errors import Problem

from . import documents_cast as cast

FORMATS: dict[str, Callable[[], str | bytes]] = {
    "txt": cast.as_text,
    "md": cast.as_markdown,
    "html": cast.as_html,
    "docx": cast.as_docx,
    "pdf": cast.as_pdf,
}
EXPECTED_CLAUSES = [
    ("Rules of the house", "This text is effective from 1 March 2026.", "statement"),
    ("Rules of the house", "It holds for everyone at Noordzee.", "statement"),
    ("Doors and desks", "Every visitor must wear a badge.", "obligation"),
    ("Doors and desks", "Lock the cupboard before you leave the room.", "obligation"),
    ("Doors and desks", "Visitors are welcome on weekdays.", "statement"),
    ("Doors and desks", "Contractors may use the guest network.", "permission"),
    ("Forbidden acts", "The following acts are prohibited.", "prohibition"),
    ("Forbidden acts", "Lending a badge to anyone. This includes friends.", "prohibition"),
    ("Forbidden acts", "Copying client data to a private disk.", "prohibition"),
    (
        "Third party cookies",
        "Our website places these cookies once you agree to them and only for as long as we say.",
        "statement",
    ),
    (
        "Contact and rights",
        "We/Us refers to Noordzee, registered under company number 0123.456.749, at Kaaistraat 7, "
        "8400 Oostende.",
        "statement",
    ),
    (
        "Contact and rights",
        "Write to huis@noordzee.example or use the contact form.",
        "obligation",
    ),
    ("Contact and rights", "You have these rights:", "statement"),
    ("Contact and rights", "right of access", "permission"),
    ("Contact and rights", "right to lodge a complaint", "permission"),
]
EXPECTED_TRACKERS = [
    Tracker(
        ("taal",), None, None, cast.TRACKERS[0][1], "third", True, "session", (0, 0), 0
    ),
    Tracker(
        ("_vis", "vis_id"), "Statly", None, cast.TRACKERS[1][1], "third", False, "13 months",
        (395, 395), 0,
    ),
    Tracker(
        (), "Chatbee", "Chatbee", cast.TRACKERS[2][1], "third", False, "1 day - 2 years",
        (1, 730), 0,
    ),
]  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_the_same_document(ending: str, tmp_path: Path) -> None:
    content = FORMATS[ending]()
    path = tmp_path / f"house.{ending}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    document = read(path)
    assert (document.title, document.language) == ("Rules of the house", "en")
    assert document.effective == "2026-03-01"
    assert [(c.heading, c.text, c.modality) for c in document.clauses] == EXPECTED_CLAUSES
    assert [msgspec.structs.replace(t, line=0) for t in document.trackers] == EXPECTED_TRACKERS
    assert [(c.kind, c.value) for c in document.contacts] == [
        ("company-number", "0123.456.749"),
        ("address", "Kaaistraat 7, 8400 Oostende"),
        ("email", "huis@noordzee.example"),
        ("form", "contact form"),
    ]
    assert [(r.right, r.article) for r in document.rights] == [
        ("right of access", "Art. 15"),
        ("right to lodge a complaint", "Art. 77"),
    ]


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_lines_are_those_of_the_file(ending: str, tmp_path: Path) -> None:
    text = str(FORMATS[ending]())
    path = tmp_path / f"house.{ending}"
    path.write_text(text)
    lines = text.splitlines()
    for clause in read(path).clauses:
        assert clause.text[:20] in lines[clause.line - 1]
    for tracker in read(path).trackers:
        assert (", ".join(tracker.names) or "Chatbee is used") in lines[tracker.line - 1]


def test_a_wrapped_paragraph_is_one_and_its_sentences_keep_their_lines() -> None:
    text = (
        "Keys\n\nAnna keeps the key of the cupboard in the hall, next to the\n"
        "lift. Bram must return every key that he borrowed before he\ngoes home.\n"
    )
    clauses = read(text.encode(), name="k.txt").clauses
    assert [(c.text, c.line) for c in clauses] == [
        ("Anna keeps the key of the cupboard in the hall, next to the lift.", 3),
        ("Bram must return every key that he borrowed before he goes home.", 4),
    ]


@pytest.mark.parametrize("sign", ["•", "-", "*", "▪", "–", "a.", "(3)", "iv)", "\uf0b7"])
def test_any_bullet_makes_a_clause_of_its_own(sign: str) -> None:
    text = f"Acts\n\nThe following acts are forbidden:\n\n{sign} Smoking.\n{sign} Running inside.\n"
    clauses = read(text.encode(), name="k.txt").clauses
    assert [(c.text, c.modality) for c in clauses[1:]] == [
        ("Smoking.", "prohibition"),
        ("Running inside.", "prohibition"),
    ]


def test_the_dictionary_is_the_published_shape() -> None:
    made = document_to_dict(read(cast.as_text().encode(), name="house.txt"))
    assert json.loads(json.dumps(made)) == made
    assert list(made) == [
        "title", "language", "effective", "clauses", "trackers", "contacts", "rights",
    ]  # fmt: skip
    trackers = made["trackers"]
    assert isinstance(trackers, list)
    assert trackers[1] == {
        "names": ["_vis", "vis_id"],
        "vendor": "Statly",
        "provider": None,
        "purpose": "Noordzee uses Statly to count visits.",
        "party": "third",
        "strictly_necessary": False,
        "retention": "13 months",
        "retention_days": [395, 395],
        "line": trackers[1]["line"],
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Alle medewerkers moeten hun scherm vergrendelen wanneer zij het bureau verlaten."),
        ("fr", "Tous les employés doivent verrouiller leur écran quand ils quittent le bureau."),
        ("de", "Alle Mitarbeiter müssen ihren Bildschirm sperren, wenn sie das Büro verlassen."),
    ],
)
def test_other_languages_are_recognised_and_understood(language: str, text: str) -> None:
    document = read(text.encode(), name="text.txt")
    assert (document.language, document.clauses[0].modality) == (language, "obligation")


def test_pages_are_read_as_readers_see_them() -> None:
    text = """<html lang="nl-BE"><head><title>Site</title><script>Must</script></head><body>
    <nav>Everyone must click.</nav><div><b>Bram</b> must<br>read<br>
    <br>Anna may rest.</div><ul><li>One<ul><li>Two</li></ul></li><li><p>Up.</p><p>Go.</p></li></ul>
    <table><tr><th>Cookie</th><th>Purpose</th><th>Necessary</th></tr>
    <tr><td rowspan="2">_a<br>_b</td><td>Counts.</td><td>-</td></tr>
    <tr><td>Adds.</td><td>no</td></tr></table></body></html>"""
    document = read(text.encode(), name="page.html")
    assert document.language == "nl"
    assert [c.text for c in document.clauses] == [
        "Bram must read", "Anna may rest.", "One", "Two", "Up. Go.",
    ]  # fmt: skip
    assert [(t.names, t.purpose, t.strictly_necessary) for t in document.trackers] == [
        (("_a", "_b"), "Counts.", None),
        (("_a", "_b"), "Adds.", False),
    ]


def test_attributes_of_other_markdown_tools_are_no_fault() -> None:
    text = "# Rules {#Rules_1 .big}\n\nAnna must [wait]{.small key=x} and [see]{#A_b}.\n"
    document = read(text.encode(), name="rules.md")
    assert (document.title, document.clauses[0].text) == ("Rules", "Anna must wait and see.")


def test_ids_are_unique_and_do_not_move_when_a_sentence_is_added() -> None:
    before = read(b"Lock it.\n\nLock it.\n\nBram must pay.\n", name="a.txt")
    after = read(b"Anna sings.\n\nLock it.\n\nLock it.\n\nBram must pay.\n", name="a.txt")
    assert [c.id for c in before.clauses] == ["lock-it", "lock-it-2", "bram-must-pay"]
    assert [c.id for c in after.clauses][1:] == [c.id for c in before.clauses]


def test_a_slug_is_plain_and_short() -> None:
    assert slug("Chloé’s Straße: « d'accord »!") == "chloes-strasse-daccord"
    assert slug("???") == "clause"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "the document is empty"),
        (b" \n\t\n", "a.md", "the document is empty"),
        (b"<html><body></body></html>", "a.html", "the document is empty"),
        (b"x\x00y" * 40, "a.txt", "holds binary data, not text"),
        (bytes(range(128, 256)) * 4, "a.txt", "wrong encoding"),
        (b"\xff\xfea", "a.txt", "wrong encoding"),
        (b"Hello", "a.odt", "unknown type “.odt”"),
        (b"Hello", "a.pdf", "is no PDF"),
        (b"%PDF-1.7 broken", "a.pdf", "not a readable PDF"),
        (b"PK\x03\x04 broken", "a.docx", "not a readable Word document"),
        (b"x" * 20_000_001, "a.txt", "the document is too big"),
    ],
)
def test_bad_input_is_one_message(data: bytes, name: str, why: str) -> None:
    with pytest.raises(Problem) as caught:
        read(data, name=name)
    assert (caught.value.message, caught.value.file) == (why, name)


def test_a_scanned_pdf_asks_for_ocr() -> None:
    from weasyprint import HTML

    shape = "<rect width='9' height='9'/>"
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{shape}</svg>"
    data = HTML(string=picture).write_pdf()
    assert data is not None
    with pytest.raises(Problem, match="run OCR first"):
        read(data, name="scan.pdf")


def test_other_archives_are_no_word_documents() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Problem, match="an archive, not a Word document"):
        read(stream.getvalue(), name="a.docx")


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as stream:
        stream.truncate(100_000_000)
    for path, why in [
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "is a folder"),
        (huge, "100,000,000 bytes are too many"),
    ]:
        with pytest.raises(Problem) as caught:
            read(path)
        assert (caught.value.message, caught.value.file) == (why, str(path))


def test_windows_and_utf16_texts_are_read() -> None:
    text = "Chloé’s policy.\n\nChloé must lock “it”.\n"
    expected = ["Chloé’s policy.", "Chloé must lock “it”."]
    for name in ("cp1252", "utf-16", "utf-8-sig"):
        clauses = read(text.encode(name), name="a.txt").clauses
        assert [c.text for c in clauses] == expected


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        self.send_response(200 if self.path == "/policy" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(cast.as_html().encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_an_address_is_read_like_a_file(address: str) -> None:
    document = read(f"{address}/policy")
    assert [c.text for c in document.clauses] == [text for _, text, _ in EXPECTED_CLAUSES]


def test_addresses_lead_only_to_the_web(address: str) -> None:
    with pytest.raises(Problem, match="the server answered 404"):
        read(f"{address}/none")
    with pytest.raises(Problem, match="redirects to what is no web address"):
        read(f"{address}/away")
    with pytest.raises(Problem, match="cannot read from “file”"):
        read("file:///etc/hostname")
    with pytest.raises(Problem, match="cannot be fetched"):
        read("http://127.0.0.1:9/x")


CHECKS = {
    "visitors.badge": "every visitor wears a badge",
    "conduct.no_copies": "client data copied to a private disk",
}


@pytest.mark.parametrize("ending", FORMATS)
def test_a_proposed_policy_holds_the_same_clauses(ending: str) -> None:
    content = FORMATS[ending]()
    data = content.encode() if isinstance(content, str) else content
    document = read(data, name=f"house.{ending}")
    text = to_policy(document, CHECKS)
    source = parse_policy(text, "house.md")
    assert [(c.id, c.text) for c in source.clauses] == [(c.id, c.text) for c in document.clauses]
    assert {c.id: c.checks for c in source.clauses if c.checks} == {
        "every-visitor-must-wear-a-badge": ("visitors.badge",),
        "copying-client-data-to-a-private": ("conduct.no_copies",),
    }
    unbound = [c for c in document.clauses if c.modality in ("obligation", "prohibition")]
    assert text.count(NO_CHECK) == len(unbound) - 2
    again = read(text.encode(), name="house.md")
    assert [(c.text, c.modality) for c in again.clauses] == [
        (c.text, c.modality) for c in document.clauses
    ]
    assert [msgspec.structs.replace(t, line=0, party="third") for t in again.trackers] == (
        EXPECTED_TRACKERS
    )


def test_marks_of_markdown_in_a_text_stay_text() -> None:
    text = (
        "Odd\n\nAnna must [not] write *stars* or {#ids} or `code` & <b>bold</b> #1 | ]{x} here.\n"
    )
    document = read(text.encode(), name="odd.txt")
    source = parse_policy(to_policy(document, {}), "odd.md")
    assert [c.text for c in source.clauses] == [c.text for c in document.clauses]


_SCRAPS = "[ ] { } {#a ]{#b} * _ ` \\ < > # & | ~ ! - + 1. must Anna key. &amp; --- : é ’ <b> =="
_scraps = st.sampled_from([*_SCRAPS.split(), "\t", "\n", "\n\n", "\n- ", "\n1) ", " the "])


@settings(max_examples=200, deadline=None)
@given(st.lists(_scraps, max_size=30).map(" ".join))
def test_any_text_can_be_proposed_as_a_policy_word_for_word(text: str) -> None:
    try:
        document = read(text.encode(), name="any.txt")
    except Problem:
        return
    if not document.clauses:
        return
    source = parse_policy(to_policy(document, CHECKS), "any.md")
    assert [(c.id, c.text) for c in source.clauses] == [(c.id, c.text) for c in document.clauses]
