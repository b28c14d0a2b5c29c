"""Dutch."""

from __future__ import annotations

from adhere.documents.phrases.gaps import GAP, NEAR

TABLE = {
    "free": r"\bhoe(?:ft|ven) (?:\w+ )?(?:niet|geen)\b|\bniet verplicht\b",
    "prohibition": (
        rf"\b(?:mag|mogen)\b{GAP}\b(?:niet|geen|nooit|nergens|enkel|alleen|slechts|uitsluitend)\b"
        rf"|\b(?:moet|moeten|dient|dienen|zal|zullen|zult){NEAR}(?:niet|geen|nooit)\b"
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
