"""What changed between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adhere.core.differing import Change, differences, summary
from adhere.documents.policy import PolicySource, parse_policy

FRONT = "---\npolicy: desks\ntitle: Desks\nowner: security\naudience: public\n---\n"


def text(*parts: str) -> PolicySource:
    return parse_policy(FRONT + "\n\n".join(parts) + "\n", "desks.md")


LOCK = "[Desks are locked at night.]{#lock}"
CLEAR = "[Desks are clear.]{#clear}"


def test_nothing_changed() -> None:
    assert differences(text(LOCK, CLEAR), text(LOCK, CLEAR)) == []
    assert summary(text(LOCK), text(LOCK)) == "No sentence changed."


def test_moving_a_clause_changes_nothing() -> None:
    assert differences(text(LOCK, CLEAR), text(CLEAR, LOCK)) == []


def test_a_changed_sentence_marks_its_words() -> None:
    changed = differences(text(LOCK), text("[Desks are locked at noon.]{#lock}"))
    assert [(change.clause, change.kind) for change in changed] == [("lock", "changed")]
    assert changed[0].marks == [
        ("same", "Desks are locked at "),
        ("gone", "night"),
        ("new", "noon"),
        ("same", "."),
    ]


def test_clauses_come_and_go() -> None:
    before, after = text(LOCK, CLEAR), text("[Nobody sleeps here.]{#sleep}", LOCK)
    assert differences(before, after) == [
        Change("sleep", "added", "", "Nobody sleeps here."),
        Change("clear", "removed", "Desks are clear.", ""),
    ]
    assert summary(before, after) == (
        "1 sentence added, 1 sentence removed, 1 new clause, 1 clause withdrawn."
    )


def test_another_sentence_in_its_place_is_no_rewording() -> None:
    kinds = [c.kind for c in differences(text(CLEAR), text("[Visitors wear a badge.]{#clear}"))]
    assert kinds == ["added", "removed"]


WORDS = st.lists(
    st.sampled_from(["desk", "lock", "night", "clear", "guest", "badge"]), min_size=1, max_size=8
)


@given(WORDS, WORDS)
def test_marks_hold_both_wordings(before: list[str], after: list[str]) -> None:
    change = Change("a", "changed", " ".join(before) + ".", " ".join(after) + ".")
    old = "".join(words for mark, words in change.marks if mark != "new")
    new = "".join(words for mark, words in change.marks if mark != "gone")
    assert new == change.after
    assert "".join(old.split()) == "".join(change.before.split())
