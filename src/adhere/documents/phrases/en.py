"""English."""

from __future__ import annotations

from adhere.documents.phrases.gaps import GAP
from adhere.documents.wordlists import words

# Verbs after which "may not" says what might fail to happen, not what is forbidden.
_MIGHT = (
    r"(?:realize|realise|know|function|work|notice|apply|always|necessarily|understand|exist"
    r"|be (?:aware|able|complete|available|possible|accurate|included|suitable|obvious))"
)
_MAYBE = (
    r"(?:result|receive|contain|occur|happen|lead|cause|vary|differ|arise|include|need|not"
    r"|be (?:linked|changed|viewed|affected|subject|a |an |that|able|necessary|required|set"
    r"|unavailable|incomplete|seen|considered|found|due)|also receive|have (?:a|an|been))\b"
)
_PEOPLE = r"(?:you|users?|visitors?|personnel|staff|employees?|everyone|anyone|people|contractors?)"

_VERBS = words(
    """accept access acknowledge activate add agree allow answer apply approve archive ask assign
    attend avoid back block bring call carry challenge change check choose classify clean
    clear close collect complete confirm connect consult contact copy create delete deliver
    destroy disable disclose discard document dispose do drive enable encrypt enrol enroll
    ensure enter erase escort exercise finish follow give guard handle help hide hand hold
    identify inform inspect install keep label leave limit lock log make maintain manage mark
    monitor move never notify obey observe obtain open operate pass pay perform place prevent
    process protect provide put raise read record refer refuse register remove renew replace
    report request reset respect respond restrict return review save scan secure seek send set
    share show shred shut sign state stay stop store submit switch take tell test train
    transfer treat turn understand update use validate verify wait wear wipe withdraw work
    write"""
)
_NOT_A_VERB = (
    r"(?:of|is|are|was|were|has|have|must|may|shall|should|will|can|cannot|does|and|or|on|by"
    r"|that|which|who|for|between)\b"
)
_SAFE = words(
    """allow answer ask attend avoid bring carry choose confirm deliver delete destroy disclose
    encrypt ensure enter erase escort give inform install keep maintain notify obtain obey
    provide put protect raise read remove renew replace respect respond restrict send show
    take tell treat turn understand verify wear wipe withdraw write"""
)

TABLE = {
    "free": r"\bneed not\b|\b(?:do|does|need|is|are) not (?:have|need|required|obliged) to\b",
    "prohibition": (
        rf"\b(?:may (?:not|never|no longer)\b(?! {_MIGHT})|(?:must|shall|should|will|ought) "
        r"(?:not|never|no longer|under no)\b|(?:must|shall|should)n['’]t\b|may (?:only|solely)"
        r"\b|(?:is|are|be|remains?|being) (?:\w+ )?(?:prohibited|forbidden|banned|disallowed)\b"
        r"|(?:is|are) (?:never|not|nowhere) (?:\w+ )?(?:permitted|allowed|authori[sz]ed"
        r"|acceptable|to)\b|not permitted\b|not allowed\b|(?:is|are) never\b"
        r"|under no circumstances?\b|in no (?:case|event)\b|on no account\b"
        r"|(?:prohibits?|forbids?)\b|refrains? from\b|(?:is|are) unacceptable\b)"
        r"|^\W*(?:do not|don['’]t|never|avoid)\b|\b(?:nobody|no one|no-one|neither|none)\b"
        r"(?: \w+){0,3} (?:may|shall|should|must|(?:is|are) (?:allowed|permitted|to))\b"
        rf"|^\W*no \w+{GAP}\b(?:may|shall|is|are|will)\b"
        rf"|(?:^|[,;] )\W*only\b{GAP}\b(?:may|can|shall|is|are) "
        r"|\b(?:may (?:be )?\w+ (?:\w+ )?only\b|not to be \w+)"
    ),
    "obligation": (
        r"\b(?:must\b|shall\b|(?<!^)should\b(?! you (?:have|wish|want))|ought to\b"
        r"|(?:has|have) to\b"
        r"|(?:is|are) (?:\w+ )?(?:required|obliged|obligated|mandatory|compulsory|obligatory"
        r"|expected to|bound to|accountable)\b|(?:is|are) (?:only )?to be \w+"
        r"|(?:is|are) (?:\w+ )?responsible for\b"
        r"|responsibility (?:of|to|for)\b|(?:is|are) the duty of\b|(?:has|have) a duty\b"
        rf"|{_PEOPLE} (?:is|are) to \w+|(?<!may )needs? to be\b"
        rf"|{_PEOPLE} needs? to\b|(?<!which )(?<!that )(?<!who )(?<!if )will\b(?! likely| often"
        r"| probably| usually)|undertakes? to\b|commits? to\b)"
    ),
    "imperative": (
        r"^\W*(?:always |immediately |then |first )?(?:"
        + "|".join(_VERBS)
        + rf")\b(?! {_NOT_A_VERB})(?!['’]|-|:|,|\.?$)(?= \w|\W*[\"“])"
    ),
    "permission": (
        rf"\b(?:may\b(?! (?:{_MAYBE}|{_MIGHT}))|(?:is|are) (?:\w+ )?(?:permitted|allowed"
        rf"|authori[sz]ed|entitled|free) to\b)|(?:^|[,:] ){_PEOPLE} can\b"
        r"|\b(?:need not\b|option of\b|(?:has|have) the right\b|right (?:of|to)\b"
        r"|(?:is|are) (?:permitted|allowed)\b|(?:do|does) not (?:have|need) to\b"
        r"|can choose\b|can\b(?=, if you))"
    ),
    "also": (
        r",? and (?:also |then |therefore )?(?:must|shall|should|may not|must not|will|is|are"
        r"|take care|(?:" + "|".join(_SAFE) + r")|(?:" + "|".join(_VERBS) + r") (?:the|a|an|any"
        r"|all|every|each|it|them|their|this|that|these|no|your|our|its))\b"
    ),
    "beside": (
        r", (?:which is |and )?(?:offered|held|given|organi[sz]ed|repeated|renewed|reviewed"
        r"|provided|tested|run)\b[^,;]*\b(?:at least|every|each|once|twice|times|annually|yearly)\b"
    ),
}
