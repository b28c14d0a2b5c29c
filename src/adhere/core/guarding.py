"""Guards in the database: facts never change, and exemptions need the security team's consent.

They hold on every path, plain SQL included: page, import, shell, another program. DELETE stays
possible, for erasure (GDPR Art. 17) alone: it needs no guard, because the ledger keeps the
leaf of each fact, so a row deleted without an erasure record fails ``adhere verify``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from adhere.core.models.facts import Fact

_REASON = "a fact is never changed: record a correction"
_CONSENT = "an exemption needs the consent of a member of the security team"

_SQLITE_UPDATE = """
CREATE TRIGGER IF NOT EXISTS {table}_unchanged BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{reason}'); END
"""
_SQLITE_CONSENT = """
CREATE TRIGGER IF NOT EXISTS core_exemption_consent BEFORE INSERT ON core_exemption
WHEN NOT NEW.retracted AND NOT EXISTS (
  SELECT 1 FROM core_personrecord AS record, json_each(record.teams) AS team
  WHERE record.key = NEW.granted_by AND NOT record.retracted AND team.value = 'security')
BEGIN SELECT RAISE(ABORT, '{reason}'); END
"""
_POSTGRES = """
CREATE OR REPLACE FUNCTION adhere_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{reason}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION adhere_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT NEW.retracted AND NOT EXISTS (
    SELECT 1 FROM core_personrecord AS record
    WHERE record.key = NEW.granted_by AND NOT record.retracted
      AND record.teams @> '["security"]'::jsonb)
  THEN
    RAISE EXCEPTION '{consent}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER core_exemption_consent BEFORE INSERT ON core_exemption
  FOR EACH ROW EXECUTE FUNCTION adhere_consent();
"""
_POSTGRES_UPDATE = """
CREATE OR REPLACE TRIGGER {table}_unchanged BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION adhere_unchanged();
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
        tables = sorted(model._meta.db_table for model in fact_models())
        for statement in statements(
            connections[using].vendor, [each for each in tables if each in present]
        ):
            cursor.execute(statement)


def fact_models() -> list[type[Model]]:
    """Every table of facts, the areas' included."""
    return [model for model in apps.get_models() if issubclass(model, Fact)]


def _guards(vendor: str, tables: list[str]) -> Iterator[str]:
    exempting = {"core_exemption", "core_personrecord"} <= set(tables)
    if vendor == "sqlite":
        if exempting:
            yield _SQLITE_CONSENT.format(reason=_CONSENT)
        yield from (_SQLITE_UPDATE.format(table=table, reason=_REASON) for table in tables)
    elif vendor == "postgresql" and exempting:
        yield _POSTGRES.format(reason=_REASON, consent=_CONSENT)
        yield from (_POSTGRES_UPDATE.format(table=table) for table in tables)


def _removals(vendor: str, tables: list[str]) -> Iterator[str]:
    on = " ON {}" if vendor == "postgresql" else ""
    for table in tables:
        yield f"DROP TRIGGER IF EXISTS {table}_unchanged" + on.format(table)
    if "core_exemption" in tables:
        yield "DROP TRIGGER IF EXISTS core_exemption_consent" + on.format("core_exemption")
