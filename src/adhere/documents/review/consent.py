"""Consent that is not asked for, or not given freely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from adhere.documents.document import ReadClause
from adhere.documents.review.inventory import row_hit
from adhere.documents.review.known import ANALYTICS, mentioned, services
from adhere.documents.review.rule import COOKIES, ERROR, WARNING, Hit, Rule
from adhere.documents.review.text import Text, short


def _quoted(clause: ReadClause, words: str, **told: str) -> Hit:
    return Hit(clause.line, short(clause.text), {"words": words, **told})


def _unless_denied(name: str, *excuses: str) -> Callable[[Text], Iterator[Hit]]:
    """Sentences that say so, where the words themselves hold no “not” and none of the excuses."""

    def find(text: Text) -> Iterator[Hit]:
        for clause, match in text.where(name):
            words = match.group()
            excused = any(text.matches(excuse, words) for excuse in excuses)
            if not excused and not text.matches("negation", _lead(clause.text, match.start())):
                yield _quoted(clause, words)

    return find


def _lead(sentence: str, start: int) -> str:
    """The few words before, where a “not” or “nor does” would stand."""
    return " ".join(sentence[:start].split()[-7:])


def _continuing(text: Text) -> Iterator[Hit]:
    for clause, match in text.where("continuing"):
        before_and_in = f"{_lead(clause.text, match.start())} {match.group()}"
        about = text.matches("cookie", clause.text) or text.matches("privacy", clause.text)
        if text.matches("changed", clause.text):
            continue  # taken for a nod to new terms: another matter
        if about and not text.matches("negation", before_and_in):
            yield _quoted(clause, match.group())


def _analytics(text: Text) -> Iterator[Hit]:
    """Analytics without consent, where sessions are recorded or another company reads them."""
    found = [each for row in text.trackers for each in services(row)] + mentioned(text.whole)
    foreign = [each for each in found if each.purpose == ANALYTICS]
    recording = [each for each in foreign if each.recording]
    if not foreign:
        return
    named = " and ".join(sorted({each.name for each in (recording or foreign)}))
    does = "records sessions" if recording else "is another company's service"
    for clause, match in text.where("without_consent"):
        about = text.matches("analytics", clause.text) or (
            text.matches("analytics", clause.heading) and text.matches("cookie", clause.text)
        )
        if (
            about
            and not text.matches("necessary", _rest(clause, match.group()))
            and not _forbids(clause, match.group(), text)
        ):
            yield _quoted(clause, match.group(), named=named, does=does)


def _forbids(clause: ReadClause, words: str, text: Text) -> bool:
    """ "Nothing is measured without your consent": a “not” outside the words turns them round."""
    return text.matches("negation", _rest(clause, words))


def _rest(clause: ReadClause, words: str) -> str:
    return clause.text.replace(words, " ", 1)


def _anonymous(text: Text) -> Iterator[Hit]:
    for clause, match in text.where("anonymous"):
        denied = text.matches("negation", _lead(clause.text, match.start()))
        if text.matches("targets", clause.text) and not denied:
            yield _quoted(clause, match.group())
    for row in text.trackers:
        word = text.find("anonymous", row.purpose or "")
        if word and text.matches("targets", row.purpose):
            yield row_hit(row, words=word.group())


def _anonymous_recording(text: Text) -> Iterator[Hit]:
    """Analytics called anonymous where a service replays what each visitor does."""
    recording = sorted(each.name for each in mentioned(text.whole) if each.recording)
    for clause, match in text.where("anonymous") if recording else ():
        denied = text.matches("negation", _lead(clause.text, match.start()))
        named = any(each.recording for each in mentioned(clause.text))
        about = named or text.matches("analytics", clause.heading)
        if about and not denied and not text.matches("targets", clause.text):
            yield _quoted(clause, match.group(), named=recording[0])


def _browser_only(text: Text) -> Iterator[Hit]:
    if text.says("banner"):
        return
    told = (each for each in text.where("browser") if text.matches("cookie", each[0].text))
    for clause, match in islice(told, 1):
        yield _quoted(clause, match.group())


def _interest(text: Text) -> Iterator[Hit]:
    for clause, match in text.where("interest"):
        tracked = text.matches("cookie", clause.text) and (
            text.matches("analytics", clause.text) or text.matches("marketing", clause.text)
        )
        if tracked and not text.matches("negation", _lead(clause.text, match.start())):
            yield _quoted(clause, match.group())


RULES = (
    Rule(
        "analytics-without-consent",
        ERROR,
        "ePrivacy Directive Art. 5(3); WP194 (Opinion 04/2012), 4.3",
        "“{words}” is said of analytics, though {named} {does}",
        "Ask for consent before these load, and say so.",
        _analytics,
    ),
    Rule(
        "anonymous-advertising",
        ERROR,
        "GDPR Art. 4(1), recitals 26 and 30; CJEU C-604/22 (IAB Europe)",
        "“{words}” is said of what aims advertising at somebody, who is then singled out",
        "Call it personal data, and name who receives it.",
        _anonymous,
    ),
    Rule(
        "anonymous-recording",
        WARNING,
        "GDPR Art. 4(1), recital 26",
        "“{words}” is said of analytics, though {named} records what each visitor does",
        "Call it personal data, or stop recording.",
        _anonymous_recording,
    ),
    Rule(
        "consent-by-continuing",
        ERROR,
        "GDPR Art. 4(11); CJEU C-673/17 (Planet49), 52–65; EDPB Guidelines 05/2020, 84–86",
        "“{words}” takes browsing on for consent",
        "Let nothing but a click on a clear choice count.",
        _continuing,
    ),
    Rule(
        "browser-settings-only",
        ERROR,
        "GDPR Art. 4(11), 7; CJEU C-673/17 (Planet49), 49–65",
        "the settings of a browser are the only way to refuse that the text tells of",
        "Offer a choice on the website before anything is placed, and describe it.",
        _browser_only,
        COOKIES,
    ),
    Rule(
        "cookie-wall",
        ERROR,
        "GDPR Art. 7(4); EDPB Guidelines 05/2020, 39–41",
        "“{words}” makes consent the price of entering",
        "Let visitors who refuse use the website.",
        _unless_denied("wall", "partly"),
    ),
    Rule(
        "consent-bundled",
        ERROR,
        "GDPR Art. 7(2), 7(4), recitals 42 and 43",
        "“{words}” ties consent to cookies to something else",
        "Ask for consent to cookies apart from terms, accounts and orders.",
        _unless_denied("bundled"),
    ),
    Rule(
        "interest-for-cookies",
        ERROR,
        "ePrivacy Directive Art. 5(3); EDPB Cookie Banner Taskforce report, practice H",
        "“{words}” cannot stand in for the consent that these trackers need",
        "Ask for consent, or do without the trackers.",
        _interest,
    ),
)
