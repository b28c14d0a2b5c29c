"""The database itself refuses to change or delete what was published."""

from django.db import migrations

TABLES = {
    "core_policyversion": "a published version is never changed or deleted",
    "core_policytext": "a published text is never changed or deleted",
}
_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_immutable()
"""
VERBS = ("update", "delete")


def guard(apps, editor):
    for table, message in TABLES.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRESQL_FUNCTION.format(table=table, message=message))
        statement = _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL
        for verb in VERBS:
            editor.execute(statement.format(table=table, message=message, verb=verb))


def unguard(apps, editor):
    for table in TABLES:
        place = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for verb in VERBS:
            editor.execute(f"DROP TRIGGER {table}_no_{verb}{place}")
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION {table}_immutable()")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
