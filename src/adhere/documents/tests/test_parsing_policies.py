"""The literate Markdown of a policy: clauses, sentences, lines, and every way to break it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adhere.documents.policy import PolicySource, load_policy, parse_policy, render
from adhere.errors import Problem

FRONT = "---\npolicy: house\ntitle: House\nowner: security\naudience: personnel\n---\n"
POLICY = (
    FRONT
    + """## Devices

[A device must be locked.]{#locked check="desk.seen"}
[It locks itself after fifteen
minutes.]{#auto-lock
check="devices.screen_lock devices.idle" max_idle=15m once=3 maps="iso27001:A.7.7 nis2:21"}
Bram sees `a
b` here. [Never lend a badge.]{#badge}

{#cloud check="devices.cloud"
folder="a.b"}
Data is kept in approved
storage. It must stay there.

## Prohibited acts

The following acts are prohibited.

Nobody claims that the list is complete.

- [Lending a key.]{#key check="conduct.none"}
  Chloé may ask.
- {#scan check="conduct.none"}
  Scanning ports.
- Singing. Dirk must listen.
"""
)


def test_clauses_have_their_words_checks_and_lines() -> None:
    clauses = {clause.id: clause for clause in parse_policy(POLICY, "house.md").clauses}
    assert [(c.id, c.line, c.heading, c.checks) for c in clauses.values()] == [
        ("locked", 9, "Devices", ("desk.seen",)),
        ("auto-lock", 10, "Devices", ("devices.screen_lock", "devices.idle")),
        ("badge", 14, "Devices", ()),
        ("cloud", 18, "Devices", ("devices.cloud",)),
        ("key", 27, "Prohibited acts", ("conduct.none",)),
        ("scan", 30, "Prohibited acts", ("conduct.none",)),
    ]
    assert clauses["auto-lock"].text == "It locks itself after fifteen minutes."
    assert clauses["auto-lock"].attributes == {"max_idle": "15m", "once": "3"}
    assert clauses["auto-lock"].maps == ("iso27001:A.7.7", "nis2:21")
    assert clauses["cloud"].text == "Data is kept in approved storage. It must stay there."
    assert clauses["cloud"].attributes == {"folder": "a.b"}


def test_sentences_know_line_clause_modality_and_inherit_the_lead_in() -> None:
    sentences = parse_policy(POLICY, "house.md").sentences
    assert [(s.line, s.clause, s.modality, s.demands, s.text) for s in sentences] == [
        (7, None, "statement", 0, "Devices"),
        (9, "locked", "obligation", 1, "A device must be locked."),
        (10, "auto-lock", "statement", 0, "It locks itself after fifteen minutes."),
        (13, None, "statement", 0, "Bram sees a b here."),
        (14, "badge", "prohibition", 1, "Never lend a badge."),
        (18, "cloud", "statement", 0, "Data is kept in approved storage."),
        (19, "cloud", "obligation", 1, "It must stay there."),
        (21, None, "statement", 0, "Prohibited acts"),
        (23, None, "prohibition", 1, "The following acts are prohibited."),
        (25, None, "statement", 0, "Nobody claims that the list is complete."),
        (27, "key", "prohibition", 1, "Lending a key."),
        (28, None, "permission", 0, "Chloé may ask."),
        (30, "scan", "prohibition", 1, "Scanning ports."),
        (31, None, "prohibition", 1, "Singing."),
        (31, None, "obligation", 1, "Dirk must listen."),
    ]
    assert [s.normative for s in sentences] == [s.demands > 0 for s in sentences]


def test_a_sentence_of_two_clauses_comes_apart() -> None:
    text = FRONT + "[Anna must lock the door]{#door} and [must return the key]{#key}.\n"
    sentences = parse_policy(text, "house.md").sentences
    assert [(s.clause, s.demands) for s in sentences] == [("door", 1), ("key", 1)]


def test_a_demand_beside_a_clause_is_not_bound_by_it() -> None:
    text = FRONT + "[Lock it.]{#lock} Everyone must also wash each cup.\n"
    assert [s.clause for s in parse_policy(text, "house.md").sentences] == ["lock", None]


def test_a_demand_cannot_hide_in_html() -> None:
    text = FRONT + "<div>\n<p>Everyone must sing.</p>\n</div>\n\n<!-- Nobody may see this. -->\n"
    sentences = parse_policy(text, "house.md").sentences
    assert [(s.text, s.normative) for s in sentences] == [("Everyone must sing.", True)]


def test_hash_and_body_are_of_the_exact_bytes(tmp_path: Path) -> None:
    data = ("\ufeff" + POLICY).replace("\n", "\r\n").encode()
    path = tmp_path / "house.md"
    path.write_bytes(data)
    source = load_policy(path)
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert [c.line for c in source.clauses] == [9, 10, 14, 18, 27, 30]
    assert (source.slug, source.language, source.front["audience"]) == ("house", "en", "personnel")


def test_wrong_bytes_and_missing_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "house.md"
    path.write_bytes(FRONT.encode() + b"One\n\xff\n")
    with pytest.raises(Problem, match=r"house\.md:8: wrong encoding \(expected UTF-8\)"):
        load_policy(path)
    with pytest.raises(Problem, match="No such file"):
        load_policy(tmp_path / "none.md")


BROKEN = [
    ("", 1, "the document is empty"),
    ("\n \n", 1, "the document is empty"),
    ("Hello", 1, "the front matter is missing"),
    ("---\npolicy: a\n", 1, "the front matter is not closed"),
    ("---\npolicy: [\n---\nx", 3, "broken front matter"),
    ("---\n- a\n---\nx", 2, "broken front matter"),
    ("---\npolicy: a\npolicy: b\n---\nx", 3, "stands twice"),
    ("---\npolicy: a\nsince: 2026-02-30\n---\nx", 2, "broken front matter"),
    ("---\npolicy: a\ntitle: A\nowner: o\n---\nx", 1, "audience: missing"),
    (FRONT.replace("house", "a house"), 2, "cannot be an address"),
    (FRONT.replace("House", "[1]"), 3, "title: is not a text"),
    (FRONT.replace("---\np", "---\nlanguage: ne\np"), 2, "unknown language “ne”"),
    (FRONT, 7, "no text below the front matter"),
    (FRONT + "a\n\n[text{#id check=\"a.b\"}", 9, "follow no closed span"),
    (FRONT + "a\n[text]{#id check=", 8, "are not closed"),
    (FRONT + "a\n[text]{#id check=\"a.b}\nb", 8, "a quoted value is not closed"),
    (FRONT + "[text]{#id check=a.b}", 7, "the value of “check” is not quoted"),
    (FRONT + "[text]{#id check=\"a.b\nc.d\"}", 7, "does not end on its line"),
    (FRONT + "[text]{#Id}", 7, "the id “Id” has illegal characters"),
    (FRONT + "[text]{#a.b}", 7, "the id “a.b” has illegal characters"),
    (FRONT + "[text]{#a_b}", 7, "the id “a_b” has illegal characters"),
    (FRONT + "[a]{#x}\n\n- b\n- [c]{#x}", 10, "repeats the one of line 7"),
    (FRONT + "[a]{#x #y}", 7, "more than one id"),
    (FRONT + "[a]{#x check=b check=c}", 7, "“check” stands twice"),
    (FRONT + "[a]{check=b}", 7, "a clause without an id"),
    (FRONT + "[a]{#x check=\"\"}", 7, "check: names no check"),
    (FRONT + "b []{#x}", 7, "has no text"),
    (FRONT + "a\n\n{#x}\n", 9, "belong to no block"),
    (FRONT + "- a\n- {#x}\n- b", 8, "belong to no block"),
    (FRONT + "## Title {#x}", 7, "attributes"),
    (FRONT + "{#x check=\"a.b\"} text", 7, "follow no closed span"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "why"), BROKEN)
def test_a_broken_policy_is_one_message_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_policy(text, "house.md")
    assert (caught.value.file, caught.value.line) == ("house.md", line)
    assert why in str(caught.value)


def test_braces_in_code_and_escaped_braces_are_text() -> None:
    text = FRONT + "Write `[a]{#x}` or \\[b\\]\\{#y\\}.\n\n```\n[c]{#z\n```\n"
    assert parse_policy(text, "house.md").clauses == ()


def test_the_page_links_each_clause_and_takes_margin_notes() -> None:
    source = parse_policy(POLICY, "house.md")
    page = render(source, lambda clause: f'<i data-note="{clause.id}"></i>')
    for clause in source.clauses:
        assert page.count(f'id="{clause.id}" data-clause="{clause.id}" class="clause"') == 1
        assert page.count(f'href="#{clause.id}"') == 1
        assert page.count(f'</a><i data-note="{clause.id}"></i>') == 1
    assert "max_idle" not in page
    assert "check=" not in page


def test_the_page_is_safe() -> None:
    text = FRONT + (
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n"
        '[b]{#b onclick="alert(1)" style="x" href="javascript:alert(1)"}\n\n<iframe src=x></iframe>'
    )
    page = render(parse_policy(text, "house.md"))
    for danger in ("<script", '="javascript', "onerror", "onclick", "style=", "<iframe"):
        assert danger not in page


_PIECES = """[ ] { } {#a_ {#b_check="x.y"} ]{#c} " ` \\ = > # - <p> <!-- * é & |"""
_pieces = st.sampled_from(
    [piece.replace("_", " ") for piece in _PIECES.split()]
    + ["\n", "\n\n", "- ", "# ", "> ", "1. ", "    ", "must ", "Word. ", "---\n", "~~~\n", "\t"]
    + ["| a | b |\n|---|---|\n", "[x]: y\n", "\r\n", "&amp;", "on=1 "]
)


def _parsed(text: str) -> PolicySource | Problem:
    try:
        return parse_policy(text, "x.md")
    except Problem as problem:
        return problem


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_pieces, max_size=25).map("".join)), st.booleans())
def test_any_text_is_a_policy_or_a_problem_with_a_line_in_it(body: str, fronted: bool) -> None:
    text = FRONT + body if fronted else body
    source = _parsed(text)
    if isinstance(source, Problem):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert (source.file, source.line in range(1, len(lines) + 1)) == ("x.md", True)
        return
    page = render(source)
    assert all(page.count(f'data-clause="{clause.id}"') == 1 for clause in source.clauses)


_words = st.lists(st.sampled_from(["lock", "the", "door", "key", "cup"]), min_size=2, max_size=6)
_kinds = st.sampled_from(["span", "block", "item", "wrapped", "plain", "quote"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_kinds, _words, st.integers(1, 3)), min_size=1, max_size=8))
def test_lines_are_right_wherever_a_clause_stands(
    parts: list[tuple[str, list[str], int]],
) -> None:
    text, expected = FRONT, {}
    for number, (kind, words, gap) in enumerate(parts):
        name, sentence = f"c{number}", f"Marker{number} must {' '.join(words)}."
        made = {
            "span": f"Before it. [{sentence}]{{#{name}}}\n",
            "block": f"{{#{name}\nx=1}}\n{sentence}\n",
            "item": f"- one\n- two [{sentence}]{{#{name}}}\n",
            "wrapped": f"A `code\nspan` and\n**bold\ntext**. [{sentence}]{{#{name}\nx=1}}\nEnd.\n",
            "plain": f"{sentence}\n",
            "quote": f"> a\n> b. [{sentence}]{{#{name}}}\n",
        }[kind]
        text += made + "\n" * gap
        expected[name] = kind
    source = parse_policy(text, "x.md")
    lines = text.split("\n")
    assert [c.id for c in source.clauses] == [n for n, kind in expected.items() if kind != "plain"]
    for clause in source.clauses:
        assert f"Marker{clause.id[1:]} " in lines[clause.line - 1]
    for sentence in source.sentences:
        assert sentence.text.split()[0] in lines[sentence.line - 1]
