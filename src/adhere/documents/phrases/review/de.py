"""German."""

from __future__ import annotations

_ANALYTICS = r"(?:\banaly(?:tisch|se|tics)\w*|\bstatisti\w+|\breichweitenmess\w*)"
_MARKETING = r"(?:\bwerb\w+|\bmarketing\w*|\bretarget\w*|\btracking\w*)"

TABLE = {
    "privacy": r"\bdatenschutz\w*|\bprivatsphäre\b|\bpersonenbezogen\w*",
    "version": r"\b(?:version|revision|ausgabe|fassung)\b\s*(?:nummer|nr\.?)?\s*:?\s*v?\d"
    r"|\bv\d+\.\d",
    "controller": r"\bverantwortlich\w*[^.]{0,60}\b(?:ist|:)|\bverantwortliche stelle\b|\b(?:wir"
    r"|uns|unser)\b[^.]{0,25}\b(?:bezeichnet|bezieht sich)"
    r"|\b(?:betrieben|angeboten|verwaltet|herausgegeben) von\b|\bbietet diese website\b"
    r"|\bsitz (?:in|der)\b",
    "contact": r"\bkontaktseite\b|\b(?:wenden sie sich an|kontaktieren sie) (?:unser\w*|den|die"
    r"|das)\b",
    "owner": r"\beigentümer\w*\b|\b(?:gepflegt|genehmigt|herausgegeben|verantwortet) (?:von|vom"
    r"|durch)\b|\bfragen zu dieser richtlinie\b",
    "consent": r"\beinwillig\w+|\bzustimm\w+",
    "basis": r"\beinwillig\w+|\bzustimm\w+|\brechtsgrundlage\w*|\bberechtigte[ns]? interesse\w*"
    r"|\brechtliche\w* verpflichtung|\bart(?:ikel|\.) 6\b",
    "way_out": r"\b(?:widerruf\w*|widerrief\w*|änder\w*|anpass\w*|zurückzieh\w*|zurückzuziehen"
    r"|verwalt\w*|öffn\w*)\b[^.;]{0,80}"
    r"\b(?:einwilligung\w*|zustimmung|auswahl|wahl|entscheidung|einstellungen|präferenzen)\b"
    r"|\b(?:einwilligung\w*|zustimmung|auswahl|wahl|entscheidung|einstellungen)\b[^.;]{0,80}"
    r"\b(?:widerruf\w*|änder\w*|zu ändern|anpass\w*|zurückzieh\w*|zurückzuziehen|erneut öffn\w*"
    r"|aufruf\w*)",
    "how": r"\b(?:können|kann|dürfen|jederzeit|klick\w*|schaltfläche|link|über|per e-?mail"
    r"|durch)\b",
    "rights": r"\brechte\b",
    "changed": r"\b(?:\w*änderung\w*|geändert\w*|aktualisier\w*|neue (?:fassung|version))\b",
    "withdrawal": r"\bwiderruf\w*",
    "authority": r"\baufsichtsbehörde\w*|\bdatenschutzbehörde\w*|\bdatenschutzbeauftragten? (?:des"
    r"|für) (?:land|bund)\w*|\blandesbeauftragte\w*",
    "automated": r"\bautomatisiert\w*|\bart(?:ikel|\.)\s*22\b",
    "profiling": r"\bprofiling\b|\b(?:\w+)?profile?n?\b[^.;]{0,20}\b(?:erstell\w*|gebildet"
    r"|anleg\w*)",
    "privacy_policy": r"\bdatenschutz(?:erklärung|richtlinie|hinweise|bestimmungen)\w*",
    "recipients": r"\bempfänger\w*|\bpartner\w*|\bdritte[rn]?\b|\bdrittanbieter\w*"
    r"|\bauftragsverarbeiter\w*"
    r"|\bdienstleister\w*|\bweiter(?:gegeben|gabe|geben)\b",
    "transfers": r"\bübermitt\w+|\bübertragung in\b|\baußerhalb (?:der|des|von) (?:EU|EWR"
    r"|Europ\w+)|\bangemessenheit\w*|\bstandardvertragsklauseln\b"
    r"|\bData Privacy Framework\b|\bdrittl[aä]nd\w*|\binnerhalb (?:der|des) (?:EU|EWR|Europ\w+)",
    "banner": r"\b\w*banners?\b|\bpop-?ups?\b|\b\w*fenster\b|\bcookie-?(?:einstellungen|hinweis"
    r"|auswahl)\b|\beinwilligungs(?:dialog|tool|verwaltung)\b",
    "browser": r"\bbrowsers?\b[^.]*\b(?:ablehn\w*|blockier\w*|deaktivier\w*|lösch\w*|einstell\w*"
    r"|verhindern)|\b(?:ablehn\w*|blockier\w*|deaktivier\w*|\w*einstell\w*"
    r"|verhindern)\b[^.]*\bbrowser\w*"
    r"|\bbrowsereinstell\w*",
    "choice_row": r"\b(?:antwort|entscheidung|auswahl|wahl)\b[^.;]{0,40}cookies?\b|"
    r"\beinwilligung\w*|\b(?:cookie|datenschutz)-?(?:auswahl|wahl|einstellung)\w*"
    r"|\b(?:auswahl|entscheidung|wahl) (?:zu|über|für) (?:\w+ )?cookies\b|\w*banner\w*",
    "list_kept": r"\b(?:liste|tabelle|übersicht|verzeichnis|erklärung)\b",
    "analytics": _ANALYTICS,
    "marketing": _MARKETING,
    "chat": r"\b(?:live-?)?chat\w*",
    "embeds": r"\beingebettet\w*|\bvideos?\b|\bsoziale[nr]? (?:medien|netzwerk\w*)\b",
    "protects": r"\beinwilligung\w*|\bsicher\w*|\bbetrug\w*|\bbots?\b|\blastverteil\w*|\bablehn\w*"
    r"|\bauswahl\b|\bwahl\b|\beinstellung\w*|\bnicht\b|\bkeine?\b|\bohne\b",
    "necessary": r"\b(?:unbedingt |zwingend |absolut )?(?:erforderlich\w*|notwendig\w*"
    r"|essenziell\w*|essentiell\w*)\b",
    "called_necessary": rf"(?:{_ANALYTICS}|{_MARKETING}|soziale medien|chat"
    rf"|eingebettet\w*)[^.;,:]{{0,40}}"
    r"\b(?:sind|ist|gelten als|gilt als)\b(?: \w+){0,3}? (?:unbedingt|zwingend) (?:erforderlich"
    r"|notwendig)",
    "without_consent": r"\bkeine(?:r)? (?:vorherigen? )?(?:einwilligung|zustimmung)\b"
    r"|\bohne (?:ihre |vorherige |ihre vorherige )?(?:einwilligung|zustimmung)"
    r"|\b(?:einwilligung|zustimmung)\b[^.;]{0,30}\bnicht (?:erforderlich|nötig|notwendig)"
    r"|\bvon der (?:einwilligung\w*|zustimmung\w*) (?:ausgenommen|befreit)"
    r"|\bbrauchen\b[^.]{0,60}\bnicht zuzulassen\b[^.]{0,20}\b(?:weil|da"
    r"|denn)\b[^.]{0,80}\b(?:risiko|anonym|privatsphäre)",
    "anonymous": r"\banonym\w*",
    "targets": r"\b(?:gezielt\w*|personalisiert\w*|zielgerichtet\w*|interessenbezogen\w*"
    r"|relevante?)\b[^.;]{0,30}\b(?:werb\w+|anzeigen|angebote|marketing)"
    r"|\b(?:werb\w+|anzeigen|marketing)\b[^.;]{0,40}\b(?:gezielt\w*|personalisier\w*"
    r"|zielgerichtet\w*|interessen?|zuschneid\w*)|\bretarget\w*|\bremarket\w*",
    "negation": r"\b(?:nicht|nie|niemals|keine?[rnms]?|weder|noch)\b",
    "continuing": r"\bwenn sie\b[^.;]{0,60}\b(?:weiter\w*|nutz(?:en"
    r"|t))\b[^.;]{0,40}\bdavon aus,? dass sie\b[^.;]{0,60}\b(?:einverstanden|zustimm\w*"
    r"|akzeptier\w*|einwillig\w*)|"
    r"\b(?:durch|indem sie|wenn sie|mit)\s+(?:\w+ ){0,6}?(?:weiter\w*|nutz(?:en|t"
    r"|ung)"
    r"|besuch\w*|surf\w*|scroll\w*|schließ\w*|fortsetz\w*|verwend\w+)\b[^.;]{0,90}?"
    r"\b(?:stimmen sie|erklären sie|willigen sie|akzeptieren sie|sind sie)\b[^.;]{0,70}(?:\bzu\b"
    r"|einverstanden|\bein\b|cookies)"
    r"|\b(?:weitersurfen|weiternutzung|die weitere nutzung|scrollen)\b[^.;]{0,60}\b(?:gilt als"
    r"|bedeutet|gelten als|stellt)\b[^.;]{0,40}\b(?:einwilligung|zustimmung|einverständnis)",
    "wall": r"\bkönnen\b[^.;]{0,50}\b(?:nur|nicht)\b[^.;]{0,20}\b(?:nutzen|besuchen"
    r"|aufrufen),? (?:wenn|ohne|sofern)\b[^.;]{0,40}\bcookies?"
    r"|\bmüssen (?:\w+ )?cookies? (?:akzeptieren|zustimmen)\b[^.;]*|"
    r"\b(?:wenn|falls|sofern) sie\b[^.;]{0,70}\b(?:cookies?|einwillig\w*|zustimm\w*"
    r"|akzeptier\w*|ablehn\w*)\b[^.;]{0,50}"
    r"\b(?:können sie\b[^.;]*\bnicht\b|kein(?:en)? zugang|müssen sie[^.;]*\bverlassen)[^.;]*"
    r"|\bder zugang zu(?:r| dieser| unserer) website\b[^.;]{0,40}\b(?:setzt|erfordert|nur möglich"
    r"|abhängig)\b[^.;]{0,50}\b(?:zustimm\w*|einwillig\w*|akzeptier\w*|cookies)",
    "partly": r"\b(?:manche|einige|bestimmte|teile?|funktion\w*|vollständig|vollem umfang"
    r"|uneingeschränkt|richtig)\b",
    "bundled": r"\b(?:mit|durch) (?:\w+ ){0,4}?(?:geschäftsbedingungen|AGB|nutzungsbedingungen"
    r"|registrierung|anmeldung|bestellung|konto\w*)\b[^.;]{0,60}"
    r"\b(?:stimmen sie|willigen sie|akzeptieren sie|erklären sie)\b[^.;]{0,70}\bcookies?"
    r"|\beinwilligung\b[^.;]{0,40}\bcookies?\b[^.;]{0,40}\b(?:teil der|bestandteil"
    r"|enthalten)\b[^.;]{0,30}\b(?:\w*bedingungen|vertrag\w*|AGB)",
    "interest": r"\bberechtigte[ns]? interesse\w*",
    "cookie": r"\w*cookies?\b|\btracker\b",
    "vague": r"\bso ?lange(?: auf)?,? (?:wie |bis )?(?:\w+ ){0,6}(?:erforderlich|notwendig|nötig"
    r"|nützlich)\b|\bauf unbestimmte (?:zeit|dauer)\b|\bunbegrenzte? (?:zeit|dauer)\b",
    "vague_cell": r"persistent\w*|permanent\w*|dauerhaft\w*|variiert|variabel|verschieden\w*"
    r"|unterschiedlich|solange.*|so lange.*|unbegrenzt|unbestimmt\w*|langfristig"
    r"|bis (?:zur löschung|sie).*|nie|unbekannt|siehe .*",
    "kept": r"\b(?:bewahr\w*|gespeichert|speicher\w*|aufbewahr\w*|bleiben|behalten)\b",
    "links_follow": r"\b(?:folgenden?|diese|nachstehenden?) (?:links|seiten|websites|adressen)\b"
    r"|\blinks unten\b",
    "list_follows": r"\b(?:folgenden?|nachstehenden?|untenstehenden?) (?:tabelle|liste|übersicht"
    r"|aufstellung)\b|\b(?:tabelle|liste|übersicht) unten\b",
    "section": r"\b(?:abschnitt|kapitel|absatz|punkt"
    r"|ziffer)\s+(?P<number>\d{1,2}(?:\.\d{1,2})*)(?!\d|\s*(?:\(|DSGVO|des|der DSGVO))",
    "named_section": r"\b(?:abschnitt|kapitel|absatz"
    r"|rubrik)\s+[“\"„‚«](?P<name>[^”\"“’»]{3,60})[”\"“’»](?!\s+(?:der|des|in|auf)\b)",
    "click_here": r"\bklicken sie (?:bitte )?hier\b|\bhier klicken\b|\büber diesen link\b"
    r"|\bdiese[nr] link\b",
    "seat": r"\b(?:firmen|gesellschafts|haupt)?sitz (?:in|der|ist|befindet|:)|\bsatzungssitz\b"
    r"|\bsitz\b",
    "own": r"\bwir\b|\bunsere? (?:\w*sitz|anschrift|\w*nummer)\b",
}
