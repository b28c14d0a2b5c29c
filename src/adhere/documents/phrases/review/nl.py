"""Dutch."""

from __future__ import annotations

_ANALYTICS = r"(?:\banaly(?:tisch|se|tics)\w*|\bstatisti\w+|\bbezoekersmeting\w*|\bmeetcookies?)"
_MARKETING = (
    r"(?:\breclame\w*|\badvertenti\w+|\badverteer\w*|\bmarketing\w*|\bretarget\w*|\btracking\w*)"
)

TABLE = {
    "privacy": r"\bprivacy\w*|\bgegevensbescherming\w*|\bpersoonsgegevens\b",
    "version": r"\b(?:versie|revisie|editie|uitgave)\b\s*(?:nummer|nr\.?)?\s*:?\s*v?\d|\bv\d+\.\d",
    "controller": r"\b(?:is|zijn) (?:de )?(?:verwerkings)?verantwoordelijk\w*\b"
    r"|\bverwerkingsverantwoordelijke (?:is|voor|van|:)"
    r"|\bde verwerkingsverantwoordelijke,"
    r"|\b(?:wij|ons|onze)\b[^.]{0,25}\b(?:verwijst|staat) (?:naar|voor)"
    r"|\b(?:beheerd|uitgebaat|aangeboden|uitgegeven) door\b|\bmaatschappelijke zetel\b"
    r"|\bgevestigd (?:te|in|aan)\b"
    r"|\bbiedt deze website\b",
    "contact": r"\bcontactpagina\b|\bcontact op met (?:onze|de|ons)\b",
    "owner": r"\beigenaar\b|\b(?:beheerd|onderhouden|goedgekeurd|uitgegeven) door\b"
    r"|\bvragen over dit beleid\b",
    "consent": r"\btoestemming\w*|\bakkoord\b",
    "basis": r"\btoestemming\w*|\brechtsgrond\w*|\bgrondslag\w*|\bgerechtvaardigde? belang\w*"
    r"|\bwettelijke verplichting\w*|\bart(?:ikel|\.) 6\b",
    "way_out": r"(?:\b(?:intrek\w*|trekt?|trekken|wijzig\w*|aanpas\w*|pas(?:t|sen)?|herroep\w*"
    r"|verander\w*|beher\w*"
    r"|heropen\w*)\b|\bin te trekken\b)[^.;]{0,80}\b(?:toestemming|keuzes?|voorkeur\w*"
    r"|instellingen|mening|beslissing)\b"
    r"|\b(?:toestemming|keuzes?|voorkeuren|cookie-?instellingen)\b[^.;]{0,80}"
    r"\b(?:intrek\w*|in te trekken|trekken|wijzig\w*|aanpassen|aan te passen|herroep\w*"
    r"|verander\w*|heropen\w*)",
    "how": r"\b(?:kunt|kan|mag|moment|altijd|te allen tijde|klik\w*|knop|link|via|door)\b",
    "rights": r"\brechten\b",
    "changed": r"\b(?:gewijzig\w+|wijziging\w*|aangepast\w*|bijgewerkt\w*|nieuwe (?:voorwaarden"
    r"|versie))\b",
    "withdrawal": r"\bintrek\w*|\bherroep\w*",
    "authority": r"\btoezichthoud\w+|\bgegevensbeschermingsautoriteit\b"
    r"|\bautoriteit persoonsgegevens\b|\btoezichthouder\b",
    "automated": r"\bgeautomatiseerd\w*|\bart(?:ikel|\.)\s*22\b",
    "profiling": r"\bprofiler\w+|\bprofiel\w*[^.;]{0,20}\b(?:op te bouwen|op te stellen"
    r"|op te maken|opbouwen|opstellen|opgebouwd)\b",
    "privacy_policy": r"\bprivacy(?:beleid|verklaring|statement| ?policy)\b",
    "recipients": r"\bontvangers?\b|\bpartners?\b|\bderden?\b|\bderde partij\w*|\bverwerkers?\b"
    r"|\bdienstverleners?\b|\bgedeeld\b"
    r"|\bdelen\b|\bniemand anders\b",
    "transfers": r"\bdoorgifte\w*|\bdoorgegeven\b|\bbuiten de (?:EU|EER|Europese)"
    r"|\bbuiten Europa\b|\badequaatheid\w*"
    r"|\b(?:modelcontract\w*|modelbepaling\w*|standaardcontractbepaling\w*)"
    r"|\bData Privacy Framework\b|\bderde landen\b"
    r"|\bbinnen de (?:EU|EER|Europese)",
    "banner": r"\bbanners?\b|\w*banner\b|\bpop-?ups?\b|\bcookie-?(?:instellingen|voorkeuren"
    r"|melding|venster)\b",
    "browser": r"\bbrowsers?\b[^.]*\b(?:weiger\w*|blokkeer\w*|blokker\w*|uitschakel\w*"
    r"|uit te schakelen|instell\w*|verwijder\w*)"
    r"|\b(?:weiger\w*|blokkeer\w*|blokker\w*|uitschakel\w*|instell\w*)\b[^.]*\bbrowser\w*",
    "choice_row": r"\b(?:antwoord|beslissing|keuzes?)\b[^.;]{0,40}cookies?\b|"
    r"\btoestemming\w*|\b(?:cookie|privacy)-?(?:keuze|voorkeur|instelling)\w*"
    r"|\b(?:keuzes?|voorkeuren) (?:over|voor|inzake|rond) (?:\w+ )?cookies\b|\b(?:uw|je) keuzes\b"
    r"|\w*banner\b|\bpop-?up\b",
    "list_kept": r"\b(?:lijst|tabel|overzicht|inventaris|verklaring)\b",
    "analytics": _ANALYTICS,
    "marketing": _MARKETING,
    "chat": r"\b(?:live)?chat\w*",
    "embeds": r"\bingeslot\w+|\bvideo\w*|\bsociale media\b|\bdeelknop\w*",
    "protects": r"\btoestemming\w*|\bbeveilig\w*|\bveilig\w*|\bfraude\w*|\bbots?\b"
    r"|\bload balanc\w*|\bweiger\w*|\bkeuze\w*"
    r"|\bvoorkeur\w*|\bniet\b|\bgeen\b|\bzonder\b",
    "necessary": r"\b(?:strikt |absoluut )?(?:noodzakelijk\w*|essentieel|essentiële)\b",
    "called_necessary": rf"(?:{_ANALYTICS}|{_MARKETING}|sociale media|chat"
    rf"|ingesloten)[^.;,:]{{0,40}}"
    r"\b(?:zijn|is|gelden als|geldt als)\b(?: \w+){0,2}? (?:strikt noodzakelijk|essentieel)",
    "without_consent": r"\btoestemming (?:\w+ ){0,2}?niet (?:nodig|vereist|noodzakelijk)\b"
    r"|\b(?:vereis\w+|verg\w+|behoev\w+) geen (?:\w+ )?toestemming|"
    r"\bgeen (?:voorafgaande )?toestemming (?:\w+ )?(?:nodig|vereist|gevraagd"
    r"|noodzakelijk)"
    r"|\b(?:is|wordt|hebben wij|vragen wij|vragen we)\b[^.;]{0,40}\bgeen toestemming\b"
    r"|\bvrijgesteld van (?:\w+ )?toestemming|\bzonder (?:uw |voorafgaande |uw voorafgaande "
    r"|je )?toestemming"
    r"|\bhoeft\b[^.]{0,60}\bniet toe te staan\b[^.]{0,20}\b(?:omdat|aangezien"
    r"|want)\b[^.]{0,80}\b(?:risico|anoni|privacy)",
    "anonymous": r"\banoni\w+|\bgeanonimiseerd\w*",
    "targets": r"\b(?:gericht\w*|gepersonaliseerd\w*|persoonlijke"
    r"|relevante?)\b[^.;]{0,30}\b(?:reclame|advertenti\w+|adverteren|aanbiedingen|marketing)"
    r"|\b(?:reclame|advertenti\w+|adverteren|marketing)\b[^.;]{0,40}\b(?:gericht\w*"
    r"|personaliser\w*|interesses?|afstemmen)\b|\bretarget\w*|\bremarket\w*",
    "negation": r"\b(?:niet|nooit|geen|noch|evenmin|nergens)\b",
    "continuing": r"\b(?:als|wanneer|indien) (?:u|je)\b[^.;]{0,50}\b(?:blijft"
    r"|verder)\b[^.;]{0,60}\bervan uit dat (?:u|je)\b[^.;]{0,50}\b(?:accepteert|aanvaardt|instemt"
    r"|akkoord|toestemming)|"
    r"\b(?:door|als u|wanneer u|indien u"
    r"|als je)\s+(?:\w+ ){0,6}?(?:verder (?:te )?(?:surf\w*|brows\w*|blad\w*|gaat|gaan|gebruik\w*)"
    r"|gebruik\w*|bezoek\w*|te bezoeken|scroll\w*|sluit\w*|voortzet\w*"
    r"|blijft)\b[^.;]{0,90}?\b(?:stemt u|gaat u|aanvaardt u|accepteert u|geeft u|stem je|ga je"
    r"|accepteer je)"
    r"[^.;]{0,50}(?:\bin\b|akkoord|cookies|toestemming)"
    r"|\b(?:verder surfen|verder gebruik|verder bladeren|scrollen)\b[^.;]{0,60}\b(?:geldt als"
    r"|betekent|staat gelijk aan|wordt beschouwd als)\b[^.;]{0,40}\b(?:toestemming|akkoord"
    r"|aanvaarding)",
    "wall": r"\b(?:(?:kunt|kan|mag) (?:u|je)|(?:u|je) (?:kunt|kan"
    r"|mag))\b[^.;]{0,50}\bniet\b[^.;]{0,30}\b(?:tenzij"
    r"|zonder)\b[^.;]{0,40}\bcookies?|\bmoet (?:\w+ )?cookies? (?:te )?(?:aanvaarden"
    r"|accepteren) (?:om|voor)\b[^.;]*|"
    r"\b(?:als|wanneer|indien|tenzij) (?:u|je)\b[^.;]{0,70}\b(?:cookies?|toestemming"
    r"|aanvaard\w*|accepteer\w*|weiger\w*)\b[^.;]{0,50}"
    r"\b(?:(?:kunt|kan|mag) (?:u|je)\b[^.;]*\bniet\b|geen toegang|moet u[^.;]*\bverlaten)[^.;]*"
    r"|\btoegang tot (?:de|onze|deze) (?:web)?site\b[^.;]{0,40}\b(?:vereist|afhankelijk"
    r"|enkel mogelijk|alleen mogelijk)\b[^.;]{0,50}\b(?:aanvaard\w*|toestemming|accepte\w*"
    r"|cookies)",
    "partly": r"\b(?:sommige|bepaalde|delen|onderdelen|functies?|functionaliteit\w*|volledig"
    r"|ten volle|optimaal|goed)\b",
    "bundled": r"\b(?:wie|als u|als je)\b[^.;]{0,30}\bvoorwaarden (?:aanvaardt|accepteert"
    r"|goedkeurt)\b[^.;]{0,50}\bcookies?|"
    r"\bdoor (?:\w+ ){0,6}?(?:voorwaarden|account|bestelling|registr\w+"
    r"|inschrijv\w+)\b[^.;]{0,60}"
    r"\b(?:stemt u|gaat u|aanvaardt u|accepteert u|geeft u)\b[^.;]{0,60}\bcookies?"
    r"|\btoestemming\b[^.;]{0,40}\bcookies?\b[^.;]{0,40}\b(?:deel van|maakt deel uit|opgenomen in"
    r"|inbegrepen)\b[^.;]{0,30}\b(?:voorwaarden|overeenkomst)",
    "interest": r"\bgerechtvaardigde? belang\w*",
    "cookie": r"\w*cookies?\b|\btrackers?\b",
    "vague": r"\bzo ?lang (?:als )?(?:\w+ ){0,3}(?:nodig|noodzakelijk|nuttig|relevant|vereist)\b"
    r"|\b(?:voor onbepaalde|onbeperkte) (?:tijd|duur)\b",
    "vague_cell": r"permanent\w*|persistent\w*|blijvend|varieert|variabel|verschillend"
    r"|uiteenlopend|zo ?lang.*|onbeperkt|onbepaald\w*|lang"
    r"|tot (?:u|je) (?:ze|hem|deze).*|tot verwijdering|nooit|onbekend|zie .*",
    "kept": r"\b(?:bewaar\w*|bewaren|bewaard|opgeslagen|bijgehouden|houden|blijven"
    r"|bewaartermijn\w*)\b",
    "links_follow": r"\b(?:volgende|deze|onderstaande) (?:links|pagina['’]s|websites|adressen)\b"
    r"|\blinks hieronder\b",
    "list_follows": r"\b(?:volgende|onderstaande) (?:tabel|lijst|overzicht)\b|\b(?:tabel|lijst"
    r"|overzicht) hieronder\b|\bin het onderstaande overzicht\b",
    "section": r"\b(?:sectie|hoofdstuk|paragraaf|punt|afdeling"
    r"|deel)\s+(?P<number>\d{1,2}(?:\.\d{1,2})*)(?!\d|\s*(?:\(|van de (?:AVG|wet)|AVG))",
    "named_section": r"\b(?:sectie|hoofdstuk|paragraaf|rubriek|afdeling"
    r"|onderdeel)\s+[“\"'‘„](?P<name>[^”\"'’“]{3,60})[”\"'’“](?!\s+(?:van|in|op)\b)",
    "click_here": r"\bklik(?:ken|t)? (?:dan )?hier\b|\bvia deze link\b|\bdeze link\b"
    r"|\bhier (?:te )?klik\w*",
    "seat": r"\bmaatschappelijke zetel\b|\bstatutaire zetel\b|\bhoofdkantoor\b"
    r"|\bkantoor is gevestigd\b|\bgevestigd (?:te|in|aan|op)\b",
    "own": r"\b(?:wij|we|ons)\b"
    r"|\bonze (?:\w+ ){0,2}(?:zetel|hoofdkantoor|adres|nummer)\b|\bons \w*nummer\b",
}
