"""German."""

from __future__ import annotations

from adhere.documents.phrases.gaps import GAP, NEAR

TABLE = {
    "free": rf"\b(?:muss|müssen){NEAR}nicht\b|\bnicht verpflichtet\b",
    "prohibition": (
        rf"\b(?:darf|dürfen|dürft|dürfte\w*)\b{GAP}\b(?:nicht|kein\w*|nie|niemals|nirgends|nur"
        rf"|keinesfalls|ausschließlich)\b|\b(?:soll|sollen|sollte|sollten){NEAR}"
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
