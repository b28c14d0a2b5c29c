"""Which question comes next, and what the answers are worth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adhere.areas.conduct.bank import Bank, Question
from adhere.areas.conduct.drawing import Answer, draw, missed, open_clauses, score

CLAUSES = ["keys", "desk", "phone"]
BANK = Bank(
    "house",
    "en",
    tuple(
        Question(f"{clause}-{n}", clause, f"{clause} {n}?", ("yes",), ("no", "never"), 1)
        for clause in CLAUSES
        for n in (1, 2)
    ),
    "",
    "",
)


def replied(clause, *outcomes, question="", round_=1):
    return [
        Answer(question or f"{clause}-1", clause, "?", ("x",), right, round_, "")
        for right in outcomes
    ]


def test_after_a_wrong_answer_another_question_of_the_clause_is_drawn():
    first = draw(BANK, "keys", [], "seed").question
    wrong = replied("keys", False, question=first.id)
    assert draw(BANK, "keys", wrong, "seed").question.id != first.id
    assert open_clauses(CLAUSES, wrong, 1) == CLAUSES


def test_the_same_seed_draws_the_same_and_another_may_not():
    drawn = {seed: draw(BANK, "keys", [], seed) for seed in map(str, range(30))}
    assert drawn == {seed: draw(BANK, "keys", [], seed) for seed in drawn}
    assert {each.question.id for each in drawn.values()} == {"keys-1", "keys-2"}
    assert len({each.order for each in drawn.values()}) == 6


def test_only_the_first_go_counts():
    answers = [*replied("keys", True), *replied("desk", False, True), *replied("phone", True)]
    assert (score(CLAUSES, answers), missed(CLAUSES, answers)) == (66, ["desk"])
    assert open_clauses(CLAUSES, answers, 1) == []


def test_a_new_round_asks_what_did_not_count_and_its_first_go_counts():
    answers = [*replied("keys", True), *replied("desk", False, True), *replied("phone", True)]
    assert open_clauses(CLAUSES, answers, 2) == ["desk"]
    again = [*answers, *replied("desk", True, round_=2)]
    assert (score(CLAUSES, again), open_clauses(CLAUSES, again, 2)) == (100, [])
    failed = [*answers, *replied("desk", False, True, round_=2)]
    assert (score(CLAUSES, failed), open_clauses(CLAUSES, failed, 2)) == (66, [])


def test_all_the_right_answers_and_no_other_have_to_be_chosen():
    two = Question("q", "keys", "?", ("a", "b"), ("c",), 1)
    drawn = draw(Bank("house", "en", (two,), "", ""), "keys", [], "seed")
    at = {drawn.question.answers[each]: place for place, each in enumerate(drawn.order)}
    assert drawn.chosen([at["a"], at["b"]]) == (("a", "b"), True)
    assert drawn.chosen([at["a"]]) == (("a",), False)
    assert drawn.chosen(list(at.values())) == (("a", "b", "c"), False)
    assert drawn.chosen([99]) == ((), False)


@given(st.lists(st.booleans(), max_size=60), st.integers(0, 100))
def test_whoever_answers_right_in_the_end_always_gets_through(luck, wanted):
    answers: list[Answer] = []
    outcomes = iter(luck)
    round_ = 1
    for _ in range(300):
        clauses = open_clauses(CLAUSES, answers, round_)
        if not clauses and score(CLAUSES, answers) >= wanted:
            break
        if not clauses:
            round_ += 1
            continue
        answers += replied(clauses[0], next(outcomes, True), round_=round_)
    assert score(CLAUSES, answers) >= wanted
    assert open_clauses(CLAUSES, answers, round_) == []
