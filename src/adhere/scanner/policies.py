"""Links to what a website says of cookies and personal data, in the languages of the Union."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS = """
cookie kakor eväste ciasteczk piškot kolačić süti бисквитк slapuk sīkdat küpsis fianáin
privacy datenschutz gegevensbescherming privacybeleid privacyverklaring confidentialité
vie.privée données.personnelles privacidad protección.de.datos privacidade proteção.de.dados
proteç.o.de.dados riservatezza protezione.dei.dati integritet personuppgift privatliv persondata
personoplysning databeskyttelse personvern tietosuoja yksityisyy prywatno ochron\\w*.danych
soukrom ochran\\w*.\\w*.?údaj osobn\\w+.údaj súkrom zasebnost varstv\\w*.\\w*.?podat privatnost
zaštit\\w*.\\w*.?podat adatvéd adatkezel confidențialitate protecția.datelor поверителност
защита.на.\\w*.?данн απόρρητ απορρήτου προστασία\\w*.\\w*.?\\w*.?δεδομέν privatum asmens.duomen
privātum datu.aizsardz privaatsus isikuandme privatezza protezzjoni príobháideach
"""
_POLICY = re.compile("|".join(_WORDS.split()), re.IGNORECASE)


def policy_links(links: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Those of the links (URL, words) whose words, or else whose address, name such a text."""
    every = list(links)
    by_words = [url for url, words in every if _POLICY.search(words)]
    by_address = [
        url for url, _ in every if _POLICY.search(url.partition("//")[2].partition("/")[2])
    ]
    return tuple(dict.fromkeys(by_words + by_address))
