"""What the database refuses of decisions and exemptions, in the words of each database."""

from __future__ import annotations

from typing import Final

GUARDED: Final = {
    "core_decision": "consent is given by a member of the security team who neither asked nor is "
    "freed, while the request is open",
    "core_exemption": "an exemption needs the consent of a member of the security team, and what "
    "was requested the consents that its request wants",
}
# A record of teams stands at a moment until one that supersedes it was recorded.
_SECURITY = """EXISTS (
  SELECT 1 FROM core_personrecord AS team
  WHERE team.key = {who} AND NOT team.retracted AND {of_security}
    AND NOT EXISTS (SELECT 1 FROM core_personrecord AS later
      WHERE later.supersedes_id = team.id AND later.recorded_at <= {at}))"""
_NO_CONSENT = """NEW.decision = 'consent' AND (
  NOT {by_security}
  OR EXISTS (SELECT 1 FROM core_request AS asked WHERE asked.id = NEW.request_id
    AND lower(trim(NEW."by")) IN (lower(trim(asked.requested_by)),
      lower(trim(replace(asked.subject, 'person:', '')))))
  OR EXISTS (SELECT 1 FROM core_decision AS made
    WHERE made.request_id = NEW.request_id AND made.decision <> 'consent'))"""
_NO_EXEMPTION = """NOT NEW.retracted AND (
  NOT {granted}
  OR (NEW.also_granted_by <> '' AND NOT {also_granted})
  OR EXISTS (SELECT 1 FROM core_request AS asked
    WHERE asked.key = {request} AND NOT (
      asked.sort = 'exemption' AND asked.subject = NEW.subject
      AND asked.requested_by = NEW.requested_by
      AND NEW.start >= asked.start AND NEW.until <= asked.until
      AND {within}
      AND EXISTS (SELECT 1 FROM core_decision AS made WHERE made.request_id = asked.id
        AND made.decision = 'consent' AND made."by" = NEW.granted_by)
      AND (asked.persons = 1 OR EXISTS (SELECT 1 FROM core_decision AS made
        WHERE made.request_id = asked.id AND made.decision = 'consent'
          AND made."by" = NEW.also_granted_by))
      AND NOT EXISTS (SELECT 1 FROM core_decision AS made WHERE made.request_id = asked.id
        AND (made.decision IN ('refuse', 'withdraw')
          OR made.decision = 'end' AND NEW.until > {ended})))))"""
_WORDS: Final = {
    "sqlite": {
        "of_security": "EXISTS (SELECT 1 FROM json_each(team.teams) WHERE value = 'security')",
        "request": "substr(NEW.key, 1, instr(NEW.key, '-') - 1)",
        "within": "EXISTS (SELECT 1 FROM json_each(asked.clauses) WHERE value = NEW.clause)",
        "ended": "date(made.at)",
    },
    "postgresql": {
        "of_security": "team.teams @> '[\"security\"]'::jsonb",
        "request": "split_part(NEW.key, '-', 1)",
        "within": "asked.clauses @> to_jsonb(NEW.clause::text)",
        "ended": "(made.at AT TIME ZONE 'UTC')::date",
    },
}


def wrong_in(table: str, vendor: str) -> str:
    """The condition under which a new row of a guarded table is refused, as SQL."""
    words = _WORDS[vendor]

    def security(who: str, at: str) -> str:
        return _SECURITY.format(who=f"NEW.{who}", at=f"NEW.{at}", of_security=words["of_security"])

    if table == "core_decision":
        return _NO_CONSENT.format(by_security=security('"by"', "at"))
    return _NO_EXEMPTION.format(
        granted=security("granted_by", "granted_at"),
        also_granted=security("also_granted_by", "granted_at"),
        **words,
    )
