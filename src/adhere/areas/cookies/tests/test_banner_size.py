"""What a first visit loads, in every language: code, configuration, styles and words in one."""

from __future__ import annotations

import json

import pytest

from adhere.areas.cookies import words
from adhere.areas.cookies.edging.packing import built, packed
from adhere.areas.cookies.tests.banner_shop import configured

LIMIT = 7_000


@pytest.mark.parametrize("language", words.shipped())
def test_a_first_visit_stays_within_its_bytes(language: str) -> None:
    code = built("banner")
    assert code
    given = json.dumps(configured(language), ensure_ascii=False, separators=(",", ":"))
    assert len(packed(code + f"\n({given})\n".encode()).bodies["br"]) <= LIMIT
