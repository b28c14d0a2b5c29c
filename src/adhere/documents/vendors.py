"""Who a tracker belongs to, as its table and its purpose say; and who publishes the policy."""

from __future__ import annotations

import re

from adhere.documents.lazy import lazy
from adhere.documents.wordlists import words

_PROPER = r"[A-Z][\w&+-]*(?:\.[a-z]{2,3}\b)?(?:[ ](?:[A-Z][\w&+-]*|&)(?:\.[a-z]{2,3}\b)?){0,3}"
_USES = lazy(
    r"\b(?:uses?|using|gebruikt|gebruiken|utilis\w+|verwendet|verwenden|nutzt|nutzen)\s+"
    rf"(?:the |de |het |le |la |den |die |das |the service |services of )?(?P<name>{_PROPER})"
)
_OPENS = lazy(
    rf"^(?P<name>{_PROPER})\s+(?:is|are|makes?|helps?|allows?|provides?|enables?|collects?|sets?"
    r"|stores?|tracks?|measures?|records?|lets|offers?|places?|wordt|maakt|helpt|biedt|meet|zorgt"
    r"|permet|aide|est|fournit|mesure|ist|hilft|ermöglicht|misst|wird|bietet)\b"
)
_BY = lazy(
    r"\b(?:by|door|par|von|from|of)\s+(?:the (?:company|service|provider) )?"
    rf"(?P<name>{_PROPER})"
)
_COMMON = frozenset(
    words(
        """this these the a an it its we our us they used uses this cookie cookies website site
    necessary
    required keeps stores remembers your you all some each every when if for to deze dit de
    het wij onze ce cette ces le la les nous notre un une der die das dieser diese wir unsere
    javascript html css http https gdpr eu ip id browser internet"""
    )
)
_SELF = re.compile(
    r"(?:refers? to|means|verwijst naar|désigne|bezeichnet|managed by|operated by|owned by"
    r"|beheerd door|géré par|betrieben von|©|\(c\))\s+(?:\d{4}\s+)?"
    rf"(?P<name>{_PROPER})(?=[,.\s])"
)
_HOST = re.compile(r"https?://(?:www\.)?([a-z0-9-]+)\.[a-z.]{2,}", re.IGNORECASE)
_LEGAL = re.compile(
    r"\s+(?:NV|N\.V|SA|S\.A|BV|B\.V|BVBA|SRL|SPRL|GmbH|AG|Ltd|Inc|LLC|SAS|SARL|CV|VZW)\.?$"
)


def publishers(text: str) -> frozenset[str]:
    """Names of the company that speaks, in lower case: from "We refers to …" and its address."""
    names = {_bare(match["name"]) for match in _SELF.finditer(text)}
    return frozenset(names | {host.lower() for host in _HOST.findall(text[:5000])[:1]})


def vendor(provider: str | None, purpose: str | None, own: frozenset[str]) -> str | None:
    """The company or service named for a tracker; None where only the publisher is."""
    if provider and _bare(provider) not in own:
        return provider
    for pattern in (_USES, _OPENS, _BY):
        for match in pattern().finditer(purpose or ""):
            name = match["name"].rstrip(".")
            if _bare(name) not in own and name.split()[0].lower() not in _COMMON:
                return name
    return None


def _bare(name: str) -> str:
    return _LEGAL.sub("", name.strip()).strip(" .,").lower()
