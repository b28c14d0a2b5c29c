"""The guards of the database: on every table of facts, gone only while tables are rebuilt."""

from __future__ import annotations

import pytest
from django.db import connection

from adhere.core.guarding import fact_models, kept_models, lower, raise_up

pytestmark = pytest.mark.django_db
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def guards() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        names = {str(name) for (name,) in cursor.fetchall()}
    ours = ("_unchanged", "_undeleted", "_consent")
    return {name for name in names if name.endswith(ours)}


def test_every_table_of_facts_is_guarded_the_areas_included() -> None:
    wanted = {f"{model._meta.db_table}_unchanged" for model in fact_models()}
    assert {name.startswith("core_") for name in wanted} == {True, False}
    wanted |= {f"{model._meta.db_table}_unchanged" for model in kept_models()}
    wanted |= {f"{each._meta.db_table}_undeleted" for each in kept_models() if not each.purgeable}
    assert guards() == wanted | {"core_exemption_consent", "core_decision_consent"}


def test_they_go_down_and_up_again_as_often_as_needed() -> None:
    before = guards()
    lower()
    lower()
    assert guards() == set()
    raise_up()
    raise_up()
    assert guards() == before
