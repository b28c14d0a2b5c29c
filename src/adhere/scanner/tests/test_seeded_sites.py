"""In a real browser: every violation of the seeded sites is found, and none on the clean twin."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest

from adhere.scanner.declared import Declaration
from adhere.scanner.observations import Observations
from adhere.scanner.rules.finding import Finding
from adhere.scanner.rules.judging import RULES, name_of
from adhere.scanner.scanning import scan
from adhere.scanner.tests.scan_cast import found
from adhere.scanner.tests.seeded import CLEAN, DIRTY, EXPECTED, SOUND, UNSOUND
from adhere.scanner.tests.served import Handler, served


def scanned(answers: Mapping[str, Handler], host: str) -> Observations:
    """In a thread of its own, where no other event loop runs."""
    kept: list[Any] = []

    def work() -> None:
        with served(answers) as site:
            kept.append(scan(f"https://{host}/", site.options()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return kept[0]


def findings(answers: Mapping[str, Handler], host: str, told: Declaration) -> list[Finding]:
    return found(scanned(answers, host), told if host == "shop.example" else None)


def test_the_sites_have_forty_violations_of_all_rules() -> None:
    seeded = set().union(*EXPECTED.values())
    assert len(seeded) >= 40
    assert {rule for rule, _ in seeded} == {name_of(rule) for rule in RULES}


@pytest.mark.parametrize("host", EXPECTED)
def test_every_violation_is_found_and_nothing_else(host: str) -> None:
    told = {(one.rule, one.subject) for one in findings(DIRTY, host, UNSOUND)}
    assert told == EXPECTED[host]


@pytest.mark.parametrize("host", EXPECTED)
def test_the_clean_twin_has_no_finding(host: str) -> None:
    assert findings(CLEAN, host, SOUND) == []
