"""The report on paper: per policy its clauses, verdicts, exemptions and proofs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from adhere.console.auditing.models import Audit, Made
from adhere.console.published.pdf import draw
from adhere.console.wording import wording
from adhere.core.checking import STATES
from adhere.core.evidence_choosing import (
    Chosen,
    acknowledgements_in,
    exemptions_in,
    findings_in,
)
from adhere.core.models import Controller, FindingRecord
from adhere.core.policies import InForce, current
from adhere.core.sequencing import reader, settle, signer
from adhere.ledger.checkpoints import parse_checkpoint
from adhere.ledger.notes import parse_note

MOST = 200  # findings that are printed of one clause


def overview(chosen: Chosen, policies: list[str] | None = None) -> list[dict[str, Any]]:
    """Each policy with its clauses, verdict counts, exemptions and acknowledgements."""
    return [
        _policy(policy, Chosen(policy.source.slug, chosen.clause, chosen.since, chosen.until))
        for policy in current()
        if chosen.policy in {"", policy.source.slug}
        and (not policies or policy.source.slug in policies)
    ]


def _policy(policy: InForce, chosen: Chosen) -> dict[str, Any]:
    source = wording(policy)
    found: dict[str, list[FindingRecord]] = {}
    for row in findings_in(chosen).order_by("subject_name", "-first_seen"):
        found.setdefault(row.clause, []).append(row)
    strengths: dict[str, set[str]] = {}
    for binding in policy.bindings:
        strengths.setdefault(binding.clause, set()).add(binding.check.strength)
    clauses = [
        _clause(each, found.get(each.id, []), strengths.get(each.id, set()))
        for each in source.clauses
        if chosen.clause in {"", each.id} and each.id in strengths
    ]
    return {
        "slug": source.slug,
        "title": source.title,
        "version": policy.version,
        "clauses": clauses,
        "exemptions": exemptions_in(chosen).filter(superseded_by=None, retracted=False),
        "acknowledgements": acknowledgements_in(chosen)
        .filter(superseded_by=None, retracted=False)
        .count(),
    }


def _clause(clause: Any, rows: list[FindingRecord], strengths: set[str]) -> dict[str, Any]:
    counts = Counter(row.state for row in rows)
    worst = [row for row in rows if row.state in {"not-satisfied", "unknown"}]
    return {
        "id": clause.id,
        "text": clause.text,
        "strengths": sorted(strengths),
        "counts": [(state, counts[state]) for state in STATES if counts[state]],
        "findings": worst[:MOST],
        "more": max(len(worst) - MOST, 0),
    }


def as_pdf(wanted: Made, chosen: Chosen) -> bytes:
    """The report as PDF/UA, marked with the name of whom it was made for."""
    audit = Audit.objects.filter(account=wanted.account).first()
    settle()
    with reader() as log:
        checkpoint = log.checkpoint()
    head = parse_checkpoint(parse_note(checkpoint).text)
    context = {
        "language": get_language(),
        "policies": overview(chosen, audit.policies if audit else None),
        "controller": Controller.current(),
        "made_for": audit.name if audit else wanted.account.name,
        "made_at": timezone.now(),
        "since": wanted.since,
        "until": wanted.until,
        "origin": head.origin,
        "size": head.size,
        "root": head.root.hex(),
        "keys": signer().vkeys(),
        "address": settings.URL,
    }
    return draw(render_to_string("auditing/report.html", context), "auditing/report.css")
