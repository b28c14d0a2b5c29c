"""French."""

from __future__ import annotations

from adhere.documents.phrases.gaps import GAP

TABLE = {
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
