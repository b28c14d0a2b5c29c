"""The words by which four languages demand, forbid and permit.

Patterns are our own reading of how policies are written; each is matched without regard to case.
`GAP` lets a few words stand between a modal verb and its negation, but no clause boundary.
"""

from __future__ import annotations

import re

from adhere.documents.wordlists import words

GAP = r"[^,;:.]{0,70}?"
_NEAR = r"(?:\W+\w+){0,2}?\W+"

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

_EN = {
    "free": r"\bneed not\b|\b(?:do|does|need|is|are) not (?:have|need|required|obliged) to\b",
    "prohibition": (
        rf"\bmay (?:not|never|no longer)\b(?! {_MIGHT})|\b(?:must|shall|should|will|ought) "
        r"(?:not|never|no longer|under no)\b|\b(?:must|shall|should)n['’]t\b|\bmay (?:only|solely)"
        r"\b|\b(?:is|are|be|remains?|being) (?:\w+ )?(?:prohibited|forbidden|banned|disallowed)\b"
        r"|\b(?:is|are) (?:never|not|nowhere) (?:\w+ )?(?:permitted|allowed|authori[sz]ed"
        r"|acceptable|to)\b|\bnot permitted\b|\bnot allowed\b|\b(?:is|are) never\b"
        r"|\bunder no circumstances?\b|\bin no (?:case|event)\b|\bon no account\b"
        r"|\b(?:prohibits?|forbids?)\b|\brefrains? from\b|\b(?:is|are) unacceptable\b"
        r"|^\W*(?:do not|don['’]t|never|avoid)\b|\b(?:nobody|no one|no-one|neither|none)\b"
        r"(?: \w+){0,3} (?:may|shall|should|must|(?:is|are) (?:allowed|permitted|to))\b"
        rf"|^\W*no \w+{GAP}\b(?:may|shall|is|are|will)\b"
        rf"|(?:^|[,;] )\W*only\b{GAP}\b(?:may|can|shall|is|are) "
        r"|\bmay (?:be )?\w+ (?:\w+ )?only\b|\bnot to be \w+"
    ),
    "obligation": (
        r"\bmust\b|\bshall\b|(?<!^)\bshould\b(?! you (?:have|wish|want))|\bought to\b"
        r"|\b(?:has|have) to\b"
        r"|\b(?:is|are) (?:\w+ )?(?:required|obliged|obligated|mandatory|compulsory|obligatory"
        r"|expected to|bound to|accountable)\b|\b(?:is|are) (?:only )?to be \w+"
        r"|\b(?:is|are) (?:\w+ )?responsible for\b"
        r"|\bresponsibility (?:of|to|for)\b|\b(?:is|are) the duty of\b|\b(?:has|have) a duty\b"
        rf"|\b{_PEOPLE} (?:is|are) to \w+|\b(?<!may )needs? to be\b"
        rf"|\b{_PEOPLE} needs? to\b|(?<!which )(?<!that )(?<!who )(?<!if )\bwill\b(?! likely| often"
        r"| probably| usually)|\bundertakes? to\b|\bcommits? to\b"
    ),
    "imperative": (
        r"^\W*(?:always |immediately |then |first )?(?:"
        + "|".join(_VERBS)
        + rf")\b(?! {_NOT_A_VERB})(?!['’]|-|:|,|\.?$)(?= \w|\W*[\"“])"
    ),
    "permission": (
        rf"\bmay\b(?! (?:{_MAYBE}|{_MIGHT}))|\b(?:is|are) (?:\w+ )?(?:permitted|allowed"
        rf"|authori[sz]ed|entitled|free) to\b|(?:^|[,:] ){_PEOPLE} can\b|\bneed not\b|\boption of\b"
        r"|\b(?:has|have) the right\b|\bright (?:of|to)\b|\b(?:is|are) (?:permitted|allowed)\b"
        r"|\b(?:do|does) not (?:have|need) to\b|\bcan choose\b|\bcan\b(?=, if you)"
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
_NL = {
    "free": r"\bhoe(?:ft|ven) (?:\w+ )?(?:niet|geen)\b|\bniet verplicht\b",
    "prohibition": (
        rf"\b(?:mag|mogen)\b{GAP}\b(?:niet|geen|nooit|nergens|enkel|alleen|slechts|uitsluitend)\b"
        rf"|\b(?:moet|moeten|dient|dienen|zal|zullen|zult){_NEAR}(?:niet|geen|nooit)\b"
        r"|(?<!\bde )(?<!\been )(?<!\bvan )(?<!\bdeze )\bverboden\b"
        r"|\bniet (?:toegestaan|toegelaten|geoorloofd|gemachtigd|aanvaardbaar)\b"
        r"|\bonder geen (?:enkele? )?(?:omstandighe\w+|beding|voorwaarde)\b|\bin geen geval\b"
        r"|\b(?:niemand|geen enkele?|nooit)\b[^,;:.]{0,60}?\b(?:mag|mogen)\b"
        r"|\b(?:enkel|alleen|slechts|uitsluitend)\b[^,;:.]{0,90}?\b(?:mag|mogen|toegestaan)\b"
    ),
    "obligation": (
        r"\bmoet(?:en)?\b|\bdien(?:t|en)\b[^,;:.]{0,120}?\bte\b|\bdient\b|\bdienen\b"
        r"|\b(?:is|zijn|bent) (?:\w+ )?(?:verplicht|vereist|gehouden|verantwoordelijk)\b"
        r"|\bverplicht(?:ing)?\b|\bverantwoordelijk(?:heid)? (?:voor|van)\b|\bzal\b|\bzullen\b"
        r"|\b(?:hoort|horen|behoort|behoren)\b[^,;:.]{0,80}?\bte \w+en\b"
        r"|\b(?:wordt|worden) (?:verwacht|geacht)\b"
    ),
    "imperative": (
        r"^\W*(?:meld|vergrendel|draag|bewaar|gebruik|spreek|vraag|sluit|verwijder|geef|neem|houd"
        r"|controleer|lees|registreer|begeleid|zorg|verwittig|informeer|installeer|versleutel)\b"
    ),
    "permission": (
        r"\bmag\b|\bmogen\b|\b(?:u|je|jij|men) kan\b|\bkunt u\b|\b(?:u|je) kunt\b|\bhoe(?:ft|ven)\b"
        r"|\b(?:is|zijn|wordt|worden) (?:toegestaan|toegelaten)\b|\brecht (?:op|om|van)\b"
    ),
    "also": r" en (?:moet(?:en)?|dien(?:t|en)|mag|mogen|zal|zullen)\b",
    "beside": (
        r", (?:die |dat )?(?:minstens|ten minste|elk|ieder)\b[^,;]*\b(?:aangeboden|gegeven)\b"
    ),
}
_FR = {
    "free": r"\bpas (?:tenue?s?|obligée?s?) d|\bn['’]est pas (?:obligatoire|nécessaire)\b",
    "prohibition": (
        rf"\bn(?:e |['’])(?:\w+ )?(?:doit|doivent|devons|devez|devrai(?:t|ent)|devra|devront|peut"
        r"|peuvent|pouvons|pouvez|pourra|pourront|sera|seront)"
        rf"\b{GAP}(?:pas|jamais|plus|en aucun|aucune?|que)\b"
        r"|\bne (?:peut|peuvent|doit|doivent|pourra|pourront)\b"
        r"|\b(?:est|sont|être|soit|reste|restent) (?:\w+ ){0,3}?interdit?e?s?\b|^\W*interdit"
        r"|\binterdiction d|\bvous est interdit|\bnous interdi"
        r"|\bn(?:e |['’])(?:est|sont|soit) (?:pas|jamais) (?:autorisé|permis|admis)\w*"
        r"|\ben aucun cas\b|\bsous aucun prétexte\b|\ben aucune circonstance\b|\bdéfense de\b"
        rf"|\b(?:aucune?|nul|nulle)\b{GAP}\bne\b|\bpersonne ne (?:peut|doit|pourra|devra|sera)\b"
        r"|\bseule?s?\b[^,;:.]{0,90}?\b(?:peut|peuvent|autorisé\w*|permis\w*)\b"
    ),
    "obligation": (
        r"\bdoi(?:t|vent|s)\b|\bdev(?:ons|ez)\b|\bdevr(?:a|ont|ait|aient|ez)\b|\btenue?s? d[e'’]"
        r"|\bobligatoires?\b|\bresponsables? d[eu'’]|\bresponsabilité d[eu'’]|\bincombe\b"
        r"|\bil (?:faut|convient)\b|\b(?:est|sont) (?:requis|exigé|censé)\w*|\bs['’]engagent? à\b"
    ),
    "imperative": (
        r"^\W*(?:signalez|verrouillez|portez|conservez|utilisez|demandez|fermez|supprimez|gardez"
        r"|respectez|vérifiez|interpellez|accompagnez|informez|rangez|lisez|chiffrez)\b"
    ),
    "permission": (
        r"\bpeu(?:t|vent)\b|\bpouv(?:ons|ez)\b|\bautorisée?s? à\b|\bdroit (?:d|à)"
        r"|\b(?:est|sont) permis\w*"
    ),
    "also": r" et (?:ne )?(?:doi(?:t|vent)|devez|peuvent|peut|devront|devra)\b",
    "beside": r", (?:proposée?|organisée?|donnée?)s?\b[^,;]*\b(?:au moins|chaque|par an|fois)\b",
}
_DE = {
    "free": rf"\b(?:muss|müssen){_NEAR}nicht\b|\bnicht verpflichtet\b",
    "prohibition": (
        rf"\b(?:darf|dürfen|dürft|dürfte\w*)\b{GAP}\b(?:nicht|kein\w*|nie|niemals|nirgends|nur"
        rf"|keinesfalls|ausschließlich)\b|\b(?:soll|sollen|sollte|sollten){_NEAR}"
        r"(?:nicht|kein\w*|nie|niemals)\b|\b(?:verboten|untersagt|unzulässig|unerlaubt)\b"
        r"|\bnicht (?:gestattet|erlaubt|zulässig|zugelassen|berechtigt|befugt)\b"
        r"|\bunter keinen umständen\b|\bauf keinen fall\b|\bin keinem fall\b|\bkeinesfalls\b"
        r"|\b(?:niemand|kein\w*)\b[^,;:.]{0,60}?\b(?:darf|dürfen)\b"
        r"|\b(?:nur|ausschließlich|lediglich)\b[^;:.]{0,90}?\b(?:darf|dürfen|erlaubt|gestattet)\b"
    ),
    "obligation": (
        r"\bmu(?:ss|ß)\b|\bmüssen\b|\bsoll(?:en|te|ten)?\b|\bverpflichtet\b|\bverpflichtend\b"
        r"|\bverantwortlich (?:für|dafür)\b|\bverantwortung (?:für|der|des|aller)\b|\bobliegt\b"
        r"|\bfür [\w ]{1,50}? verantwortlich\b"
        r"|\b(?:ist|sind) (?:\w+ ){0,4}?(?:zu \w+(?:en|rn|ln)|\w+zu\w+(?:en|rn|ln))\b"
        r"|\b(?:hat|haben)\b[^,;:.]{0,90}?\bzu \w+en\b|\berforderlich\b|\bvorgeschrieben\b"
        r"|\b(?:wird|werden) erwartet\b|\bist pflicht\b"
    ),
    "imperative": (
        r"^\W*(?:melden|sperren|tragen|bewahren|nutzen|verwenden|fragen|schließen|löschen|halten"
        r"|prüfen|lesen|begleiten|sprechen|informieren|verschlüsseln|räumen) sie\b"
    ),
    "permission": (
        r"\bdarf\b|\bdürfen\b|\b(?:sie|man) k(?:ann|önnen)\b|\bkönnen sie\b|\brecht (?:auf|zu)\b"
        r"|\b(?:ist|sind) (?:erlaubt|gestattet|zulässig)\b|\b(?:muss|müssen)\b"
    ),
    "also": r" und (?:muss|müssen|darf|dürfen|soll|sollen|sollten)\b",
    "beside": r", (?:die |das )?mindestens\b[^,;]*\b(?:angeboten|stattfindet)\b",
}


def _compiled(table: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in table.items()}


PHRASES = {name: _compiled(t) for name, t in (("en", _EN), ("nl", _NL), ("fr", _FR), ("de", _DE))}

# Words that point from a lead-in to the list below it.
POINTING = re.compile(
    r"\b(?:following|below|listed|volgende|hieronder|onderstaande|suivante?s?"
    r"|ci-(?:dessous|après)|folgende\w*|nachfolgend\w*|nachstehend\w*|untenstehend\w*)\b|:\W*$",
    re.IGNORECASE,
)
FORBIDDING_HEADING = re.compile(
    r"\b(?:prohibited|forbidden|unacceptable|verboden|onaanvaardbaar|interdite?s?|prohibée?s?"
    r"|verbotene?\w*|untersagte?\w*|unzulässige?\w*)\b",
    re.IGNORECASE,
)
# A relative clause right before a modal verb: "which must", "that the employee is not".
RELATIVE = re.compile(
    r"\b(?:which|that|who|whom|whose|what|how|whether|if|when|where)\s+"
    r"(?:(?:the|an?|any|each|every|this|their|your|our|its)\s+\w+\s+)?$",
    re.IGNORECASE,
)
# Words that open a subordinate clause, whose modal verb demands nothing more.
SUBORDINATE = re.compile(
    r"\b(?:which|that|who|whom|whose|if|when|where|whether|because|unless|until|while|as"
    r"|die|dat|wie|als|indien|wanneer|omdat|tenzij|zodat|waar"
    r"|qui|que|dont|si|lorsque|lorsqu|quand|où|afin"
    r"|der|das|wenn|falls|sobald|weil|dass|damit|sofern)\b[^,;.]*$",
    re.IGNORECASE,
)
