"""Number words of the four languages, and the units of time."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS = {
    0: "zero nul null zéro",
    1: "one a an een één un une ein eine einen einem einer",
    2: "two twee deux zwei",
    3: "three drie trois drei",
    4: "four vier quatre",
    5: "five vijf cinq fünf",
    6: "six zes sechs",
    7: "seven zeven sept sieben",
    8: "eight acht huit",
    9: "nine negen neuf neun",
    10: "ten tien dix zehn",
    11: "eleven elf onze",
    12: "twelve twaalf douze zwölf",
    13: "thirteen dertien treize dreizehn",
    14: "fourteen veertien quatorze vierzehn",
    15: "fifteen vijftien quinze fünfzehn",
    16: "sixteen zestien seize sechzehn",
    18: "eighteen achttien dix-huit achtzehn",
    20: "twenty twintig vingt zwanzig",
    21: "twenty-one eenentwintig vingt-et-un einundzwanzig",
    24: "twenty-four vierentwintig vingt-quatre vierundzwanzig",
    25: "twenty-five vijfentwintig vingt-cinq fünfundzwanzig",
    30: "thirty dertig trente dreißig dreissig",
    36: "thirty-six zesendertig trente-six sechsunddreißig",
    40: "forty veertig quarante vierzig",
    45: "forty-five vijfenveertig quarante-cinq fünfundvierzig",
    48: "forty-eight achtenveertig quarante-huit achtundvierzig",
    50: "fifty vijftig cinquante fünfzig",
    60: "sixty zestig soixante sechzig",
    72: "seventy-two tweeënzeventig soixante-douze zweiundsiebzig",
    90: "ninety negentig quatre-vingt-dix neunzig",
    100: "hundred honderd cent hundert",
    180: "hundred-eighty honderdtachtig cent-quatre-vingts hundertachtzig",
    365: "driehonderdvijfenzestig dreihundertfünfundsechzig",
}
NUMBERS = {word: float(value) for value, words in _WORDS.items() for word in words.split()}
# Words that count things only where a unit follows: "a year", "un an"; not "a device".
ARTICLES = frozenset(_WORDS[1].split()) - {"one", "één"}

_UNITS = {
    1 / 86400: r"seconds?|secs?|s|seconden?|secondes?|sekunden?",
    1 / 1440: r"minutes?|mins?|minuut|minuten?|minuten",
    1 / 24: r"hours?|hrs?|h|uur|uren|heures?|stunden?",
    1.0: r"(?:calendar |kalender)?(?:days?|dagen|dag|tage?n?)|jours?",
    7.0: r"weeks?|weken|week|semaines?|wochen?",
    30.0: r"months?|maanden|maand|mois|monate?n?|monats",
    91.0: r"quarters?|kwartaal|kwartalen|trimestres?|quartale?",
    182.0: r"half[ -]years?|halfjaar|semestres?|halbjahre?",
    365.0: r"years?|yrs?|jaar|jaren|ans?|années?|jahre?n?|jahres",
}
UNIT = "|".join(f"(?P<u{i}>{words})" for i, words in enumerate(_UNITS.values()))
_DAYS = tuple(_UNITS)

# Words that are a whole duration by themselves.
PERIODS = {
    1.0: r"daily|dagelijkse?|quotidien(?:ne)?s?|quotidiennement|täglich\w*",
    7.0: r"weekly|wekelijkse?|hebdomadaires?|wöchentlich\w*",
    30.0: r"monthly|maandelijkse?|mensuel(?:le)?s?|mensuellement|monatlich\w*",
    91.0: r"quarterly|driemaandelijkse?|trimestriel(?:le)?s?|vierteljährlich\w*",
    365.0: r"annually|annual|yearly|per annum|jaarlijkse?|annuel(?:le)?s?|annuellement|jährlich\w*",
}
SINGLE_PERIOD = r"|".join(f"(?P<p{i}>{words})" for i, words in enumerate(PERIODS.values()))

# Counted occasions: "twice", "tweemaal", "deux fois", "zweimal".
TIMES = {
    1.0: r"once|eenmaal|éénmaal|één keer|einmal",
    2.0: r"twice|tweemaal|zweimal",
    3.0: r"thrice|driemaal|dreimal",
    4.0: r"viermaal|viermal",
}
SINGLE_TIMES = r"|".join(f"(?P<t{i}>{words})" for i, words in enumerate(TIMES.values()))


def _any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of these words, by first letter so that most fail at once."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


NUMBER = rf"(?:\d+(?:[.,]\d+)?|(?:{_any_of(NUMBERS)}))"


def number(text: str) -> float:
    """The value of digits ("1.5", "1,5", "1,000") or a number word."""
    low = text.lower()
    if low in NUMBERS:
        return NUMBERS[low]
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", low):
        return float(re.sub(r"[.,]", "", low))
    return float(low.replace(",", "."))


def days_of(match: re.Match[str], amount: float) -> float:
    """Days of `amount` times the unit that matched; twelve months are a year."""
    index = next(i for i in range(len(_DAYS)) if match[f"u{i}"])
    if _DAYS[index] == 30.0 and amount >= 12:
        return amount // 12 * 365.0 + amount % 12 * 30.0
    return amount * _DAYS[index]
