"""A policy's words in the language of the page, where it was published in that language."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language

from adhere.core.models import PolicyText
from adhere.core.policies import InForce
from adhere.documents.policy import PolicySource, parse_policy


def wording(policy: InForce) -> PolicySource:
    """The text to show: that of the page's language, else the one whose checks bind.

    Clause ids are the same in all languages; a text that lacks one cannot stand in.
    """
    language = get_language() or ""
    if language == policy.source.language:
        return policy.source
    text = PolicyText.objects.filter(version=policy.version, language=language).first()
    if text is None:
        return policy.source
    found = _parsed(text.text, f"{policy.source.slug}.{language}.md")
    bound = {binding.clause for binding in policy.bindings}
    return found if bound <= {clause.id for clause in found.clauses} else policy.source


@lru_cache(maxsize=64)
def _parsed(text: str, file: str) -> PolicySource:
    return parse_policy(text, file)
