"""The fictitious company gives exactly the verdicts that were planted in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import timedelta
from typing import ClassVar

from django.test import TestCase
from django.utils import timezone

from adhere.core.models import FindingRecord, Person, PersonRecord, PolicyVersion
from adhere.core.running import judge_day
from adhere.main.demo import ADMINISTRATOR, fill
from adhere.main.demo.pages import SITE
from adhere.main.demo.planted import path

Planted = list[dict[str, str]]

BANNER = '<script src="/e/demo/banner.js" async></script>'


def found(state: str) -> set[tuple[str, ...]]:
    rows = FindingRecord.objects.filter(state=state, resolved_at=None)
    return set(rows.values_list("policy", "clause", "check_name", "subject_id"))


def listed(planted: Planted, state: str) -> set[tuple[str, ...]]:
    names = ("policy", "clause", "check", "subject")
    return {tuple(each[name] for name in names) for each in planted if each["state"] == state}


class DemonstrationCompany(TestCase):
    """All of it looks at one company, made once."""

    planted: ClassVar[Planted]

    @classmethod
    def setUpTestData(cls) -> None:
        assert fill() is True
        cls.planted = json.loads(path().read_text(encoding="utf-8"))

    def test_what_is_broken_is_exactly_what_was_planted(self) -> None:
        assert found("not-satisfied") == listed(self.planted, "not-satisfied")
        assert found("exempt") == listed(self.planted, "exempt")
        assert len(listed(self.planted, "exempt")) == 1
        assert all(each["why"] for each in self.planted)

    def test_sixty_people_work_there_in_four_languages(self) -> None:
        today = timezone.localdate()
        people = [p for p in Person.objects.all() if p.left is None or p.left >= today]
        assert len(people) == 60
        assert {person.language for person in people} == {"nl", "fr", "en", "de"}
        assert Counter(team for person in people for team in person.teams)["security"] == 3
        assert ADMINISTRATOR in {person.id for person in people if "security" in person.teams}
        joined = [person for person in people if person.joined > today - timedelta(days=730)]
        assert (len(joined) > 8, Person.objects.exclude(left=None).count() > 3) == (True, True)

    def test_each_policy_has_two_versions_or_more_in_two_years(self) -> None:
        numbers = Counter(PolicyVersion.objects.values_list("policy", flat=True))
        assert min(numbers.values()) == 2
        assert len(numbers) >= 2
        first = timezone.localdate() - timedelta(days=730)
        versions = PolicyVersion.objects.filter(number=1)
        assert {timezone.localdate(each.published_at) for each in versions} == {first}

    def test_one_record_was_corrected(self) -> None:
        record = PersonRecord.objects.filter(key="zoe.henrard").order_by("pk")
        assert [each.name for each in record] == ["Zoë Henrart", "Zoé Henrard"]
        assert record[1].supersedes_id == record[0].pk

    def test_a_second_time_adds_nothing(self) -> None:
        before = PersonRecord.objects.count(), PolicyVersion.objects.count()
        assert fill() is False
        assert (PersonRecord.objects.count(), PolicyVersion.objects.count()) == before

    def test_the_ended_exemption_held_only_while_it_ran(self) -> None:
        then = judge_day(timezone.localdate() - timedelta(days=22))
        now = judge_day()
        ended = {f.subject.id for f in then.findings if f.exemption == "demo-2"}
        assert {f.subject.id for f in now.findings if f.exemption == "demo-2"} == set()
        assert len(ended) == 1

    def test_the_website_stands_on_its_own_files(self) -> None:
        assert sorted(file.name for file in SITE.glob("*.html")) == [
            "company.html",
            "index.html",
            "software.html",
        ]
        for file in SITE.glob("*.html"):
            text = file.read_text(encoding="utf-8")
            assert re.findall("<script.*>", text) == [BANNER]
            assert "style=" not in text
            assert 'href="/policies/cookies/"' in text
