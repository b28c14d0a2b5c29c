"""Guards in the database: facts never change, and exemptions need the security team's consent.

They hold on every path, plain SQL included: page, import, shell, another program. DELETE stays
possible, for erasure (GDPR Art. 17) alone: it needs no guard, because the ledger keeps the
leaf of each fact, so a row deleted without an erasure record fails ``adhere verify``.
What is ``Kept`` refuses DELETE too, unless it is purged when its time is up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from adhere.core.consent_guards import GUARDED, wrong_in
from adhere.core.models.facts import Fact
from adhere.core.models.kept import Kept

_REASON = "a fact is never changed: record a correction"
_KEPT = "what is kept is never deleted"

_SQLITE_UPDATE = """
CREATE TRIGGER IF NOT EXISTS {table}_unchanged BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{reason}'); END
"""
_SQLITE_DELETE = """
CREATE TRIGGER IF NOT EXISTS {table}_undeleted BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{reason}'); END
"""
_SQLITE_CONSENT = """
CREATE TRIGGER IF NOT EXISTS {table}_consent BEFORE INSERT ON {table}
WHEN {wrong}
BEGIN SELECT RAISE(ABORT, '{reason}'); END
"""
_POSTGRES = """
CREATE OR REPLACE FUNCTION adhere_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{reason}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION adhere_undeleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{kept}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
_POSTGRES_CONSENT = """
CREATE OR REPLACE FUNCTION {table}_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {wrong} THEN
    RAISE EXCEPTION '{reason}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {table}_consent BEFORE INSERT ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_consent();
"""
_POSTGRES_UPDATE = """
CREATE OR REPLACE TRIGGER {table}_unchanged BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION adhere_unchanged();
"""
_POSTGRES_DELETE = """
CREATE OR REPLACE TRIGGER {table}_undeleted BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION adhere_undeleted();
"""


def raise_up(using: str = "default", **_: Any) -> None:
    """Put every guard up; those that stand stay."""
    _run(using, _guards)


def lower(using: str = "default", **_: Any) -> None:
    """Take every guard down."""
    _run(using, _removals)


def _run(using: str, statements: Any) -> None:
    with connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
        guarded = _present([*fact_models(), *kept_models()], present)
        lasting = _present([each for each in kept_models() if not each.purgeable], present)
        for statement in statements(connections[using].vendor, guarded, lasting):
            cursor.execute(statement)


def _present(models: Sequence[type[Model]], present: set[str]) -> list[str]:
    return sorted({model._meta.db_table for model in models} & present)


def fact_models() -> list[type[Model]]:
    """Every table of facts, the areas' included."""
    return [model for model in apps.get_models() if issubclass(model, Fact)]


def kept_models() -> list[type[Kept]]:
    """Every table of rows that stand as they were written, the areas' included."""
    return [model for model in apps.get_models() if issubclass(model, Kept)]


def _guards(vendor: str, tables: list[str], lasting: list[str]) -> Iterator[str]:
    if vendor == "sqlite":
        yield from _consents(_SQLITE_CONSENT, vendor, tables)
        yield from (_SQLITE_UPDATE.format(table=table, reason=_REASON) for table in tables)
        yield from (_SQLITE_DELETE.format(table=table, reason=_KEPT) for table in lasting)
    elif vendor == "postgresql" and tables:
        yield _POSTGRES.format(reason=_REASON, kept=_KEPT)
        yield from _consents(_POSTGRES_CONSENT, vendor, tables)
        yield from (_POSTGRES_UPDATE.format(table=table) for table in tables)
        yield from (_POSTGRES_DELETE.format(table=table) for table in lasting)


def _consents(statement: str, vendor: str, tables: list[str]) -> Iterator[str]:
    if {"core_personrecord", "core_request", *GUARDED} <= set(tables):
        for table, reason in GUARDED.items():
            yield statement.format(table=table, reason=reason, wrong=wrong_in(table, vendor))


def _removals(vendor: str, tables: list[str], lasting: list[str]) -> Iterator[str]:
    on = " ON {}" if vendor == "postgresql" else ""
    for table in tables:
        yield f"DROP TRIGGER IF EXISTS {table}_unchanged" + on.format(table)
    for table in lasting:
        yield f"DROP TRIGGER IF EXISTS {table}_undeleted" + on.format(table)
    for table in GUARDED.keys() & set(tables):
        yield f"DROP TRIGGER IF EXISTS {table}_consent" + on.format(table)
