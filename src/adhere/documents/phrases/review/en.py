"""English."""

from __future__ import annotations

_ANALYTICS = r"(?:\banalytic\w*|\bstatistic\w*|audience measure\w*|session record\w*)"
_MARKETING = (
    r"(?:\badvertis\w+|\bmarketing\b|\bretarget\w*|\bremarket\w*|\btargeted\b|\btracking\b)"
)
_COOKIE = r"(?:cookies?|trackers?)"

TABLE = {
    "privacy": r"\b(?:privacy|data protection|personal data)\b",
    "version": r"\b(?:version|revision|edition|release)\b\s*(?:number|no\.?)?\s*:?\s*v?\d"
    r"|\bv\d+\.\d",
    "controller": r"[\"“'](?:we|us|our|company)[\"”',]|\bis (?:the )?(?:data )?controller\b"
    r"|\bcontroller (?:is|for|of|:)|\bthe (?:data )?controller,"
    r"|\bwe\b[^.]{0,25}\brefers? to"
    r"|\b(?:operated|run|owned|offered|managed|published) by\b|\bregistered (?:office|address"
    r"|in)\b",
    "contact": r"\bcontact page\b|\bcontact (?:our|the) (?:\w+ ){0,3}(?:officer|team|desk"
    r"|department)\b",
    "owner": r"\bowner\b|\b(?:owned|maintained|approved|issued) by\b|\bquestions (?:about"
    r"|on) (?:this|the) policy\b",
    "consent": r"\b(?:consent|permission)\w*",
    "basis": r"\b(?:consent\w*|permission|legal bas[ie]s|lawful bas[ie]s|legitimate interests?"
    r"|legal obligation|Art(?:icle|\.) 6)\b",
    "way_out": r"\b(?:withdraw\w*|revok\w+|chang\w+|adjust\w*|reopen\w*|manag\w+"
    r"|review\w*)\b[^.;]{0,80}"
    r"\b(?:consent|choices?|preferences|settings|mind|decision|permission)\b",
    "how": r"\b(?:can|may|contact|any time|anytime|whenever|click\w*|button|link|via|through"
    r"|by (?:e-?mail"
    r"|using))\b",
    "rights": r"\brights?\b",
    "changed": r"\b(?:updat\w+|revis\w+|amend\w+|chang\w+|modif\w+|effective date|new terms)\b",
    "withdrawal": r"\bwithdraw\w*|\brevo[ck]\w*",
    "authority": r"\bsupervisory authorit\w+|\bdata protection (?:authorit\w+|commission\w*)"
    r"|\bregulator\b"
    r"|\binformation commissioner\w*|\bCNIL\b|\bICO\b",
    "automated": r"\bautomated\b|\bArt(?:icle|\.)\s*22\b|\bsolely automatic\w*",
    "profiling": r"\bprofiling\b|\b(?:build|creat|compil)\w* (?:an? )?(?:\w+ )?profiles?\b"
    r"|\bprofiles? of (?:your|you|visitors|users)\b",
    "privacy_policy": r"\bprivacy (?:policy|notice|statement)\b|\bdata protection (?:policy"
    r"|notice)\b",
    "recipients": r"\brecipients?\b|\bpartners?\b|\bthird[ -]part(?:y|ies)\b|\bprocessors?\b"
    r"|\bservice providers?\b"
    r"|\b(?:shared?|pass\w*|disclos\w*)\b[^.;]{0,50}\bwith\b|\bnobody (?:else|but us)\b",
    "transfers": r"\btransfer\w*\b|\boutside (?:of )?(?:the )?(?:EU|EEA|E\.E\.A|Europe\w*)"
    r"|\badequacy\b|\bstandard contractual clauses\b|\bData Privacy Framework\b|\bthird countr\w+"
    r"|\b(?:within|inside|in) the (?:EU|EEA|European (?:Union|Economic Area))\b",
    "banner": r"\bbanners?\b|\bpop-?ups?\b|\bconsent (?:tool|window|dialog\w*|manager)\b"
    r"|\bcookie (?:settings|preferences|notice|window|dialog\w*)\b|\bpreference cent(?:er|re)\b",
    "browser": r"\bbrowsers?\b[^.]*\b(?:refus\w*|block\w*|disabl\w*|reject\w*|settings|prevent\w*)"
    r"|\b(?:refus\w*|block\w*|disabl\w*|reject\w*|prevent\w*|settings)\b[^.]*\bbrowsers?\b",
    "choice_row": r"\b(?:answers?|decisions?|choices?)\b[^.;]{0,40}\bcookies?\b|"
    r"\bconsent\w*|\b(?:cookie|privacy) (?:\w+ )?(?:choices?|preferences?|settings)\b"
    r"|\b(?:choices?|preferences?|settings) (?:about|on|for|regarding) (?:\w+ )?cookies\b"
    r"|\byour choices\b"
    r"|\bbanner\b|\bpop-?up\b",
    "list_kept": r"\b(?:list|table|overview|inventory|declaration)\b",
    "analytics": _ANALYTICS,
    "marketing": _MARKETING,
    "chat": r"\b(?:live )?chat\b",
    "embeds": r"\bembedd?\w*|\bvideos?\b|\bsocial media\b|\bshare buttons?\b",
    "protects": r"\bconsent\w*|\bsecur\w+|\bfraud\w*|\bbots?\b|\bload balanc\w*|\brefus\w*"
    r"|\bchoices?\b"
    r"|\bpreferences?\b|\bdoes not\b|\bwithout\b",
    "necessary": r"\b(?:strictly |absolutely )?(?:necessary|essential|indispensable)\b",
    "called_necessary": rf"(?:{_ANALYTICS}|{_MARKETING}|social media|chat|embed\w+)[^.;,:]{{0,40}}"
    rf"\b(?:{_COOKIE}|they|these)?\s*(?:is|are|count as|counts as)\b(?: \w+){{0,2}}? "
    r"(?:strictly necessary|essential)",
    "without_consent": r"\b(?:consent|permission) (?:is|are) not (?:needed|required|necessary)|"
    r"\bno (?:prior )?(?:consent|permission) (?:is |are )?(?:needed|required"
    r"|necessary|asked)"
    r"|\b(?:not|n['’]t) (?:need|require|ask|request)\b[^.;]{0,25}\b(?:consent|permission)"
    r"|\bexempt\w* from (?:\w+ )?consent|\bnot subject to (?:\w+ )?consent"
    r"|\bwithout (?:asking |your |prior |needing |any )*(?:consent|permission)"
    r"|\bnot (?:need|have) to (?:allow|accept|consent|agree|give)\b[^.]{0,80}\b(?:because|since"
    r"|as)\b"
    r"[^.]{0,80}\b(?:risk|anonym|harm|privacy)",
    "anonymous": r"\banonym\w+",
    "targets": r"\b(?:target\w*|personali[sz]\w*|tailor\w*|relevant|interest-based)\b[^.;]{0,30}"
    r"\b(?:ads?|advert\w*|offers|marketing)\b|\b(?:ads?|advert\w*|marketing)\b[^.;]{0,40}"
    r"\b(?:target\w*|personali[sz]\w*|tailor\w*|relevant to|interests?)\b|\bretarget\w*"
    r"|\bremarket\w*",
    "negation": r"\b(?:not|never|nor|no|none|neither|cannot)\b|n['’]t\b",
    "continuing": r"\b(?:by|if you|when you|simply)\s+(?:merely |simply )?(?:continu\w+|us(?:e"
    r"|ing)|brows\w+"
    r"|visit\w*|access\w*|scroll\w*|clos\w+|navigat\w+)\b[^.;]{0,90}?\byou (?:\w+ )?(?:agree"
    r"|accept|consent|giv\w+ (?:your )?consent)"
    r"|\b(?:continued use|continuing to (?:use|browse)|browsing on|scrolling"
    r"|further use)\b[^.;]{0,60}"
    r"\b(?:constitutes?|means?|implies|imply|counts? as|is deemed|is taken as"
    r"|amounts to)\b[^.;]{0,40}"
    r"\b(?:consent|accept\w*|agree\w*)",
    "wall": r"\b(?:cannot|can not|can’t|may not|must not) (?:use|visit|access|enter"
    r"|view)\b[^.;]{0,40}\b(?:unless|without)\b[^.;]{0,30}\b(?:accept\w*|consent\w*"
    r"|agree\w*)[^.;]{0,20}\bcookies|\byou (?:must|have to|need to) accept (?:\w+ )?cookies (?:to"
    r"|before|in order)\b[^.;]*|"
    r"\b(?:if|when|unless) you\b[^.;]{0,70}\b(?:cookies?|consent|accept\w*|agree\w*"
    r"|refus\w+)\b"
    r"[^.;]{0,50}\b(?:cannot|can ?not|can['’]t|may not|must not|not be able to|no access"
    r"|have to leave"
    r"|must leave|please leave|will be refused)\b[^.;]*"
    r"|\b(?:access to|use of) (?:the|our|this) (?:web)?site\b[^.;]{0,40}"
    r"\b(?:conditional|depends|subject to|requires|only possible)\b[^.;]{0,50}\b(?:accept\w*"
    r"|consent|agree\w*)",
    "partly": r"\b(?:some|certain|parts?|features?|functions?|functionalit\w+|fully|properly"
    r"|services? that|optimal\w*)\b",
    "bundled": r"\bby (?:accepting|agreeing to|registering|creating|placing|signing|subscribing"
    r"|ordering)\b"
    r"[^.;]{0,70}\byou (?:also |automatically |thereby |hereby )*(?:consent|agree"
    r"|accept)\b[^.;]{0,60}\bcookies?"
    r"|\b(?:consent|agreement)\b[^.;]{0,40}\bcookies?\b[^.;]{0,40}\b(?:part of|included in"
    r"|contained in)\b"
    r"[^.;]{0,30}\b(?:terms|conditions|agreement|contract)",
    "interest": r"\blegitimate interests?\b",
    "cookie": r"\bcookies?\b|\btrackers?\b",
    "vague": r"\bas long as (?:\w+ ){0,3}(?:necessary|needed|required|useful|relevant)\b"
    r"|\b(?:indefinitely|unlimited period|undetermined period)\b",
    "vague_cell": r"persist\w*|permanent\w*|varies|variable|various|different|as long as.*"
    r"|unlimited"
    r"|indefinite\w*|long[ -]term|until (?:deleted|removed|you delete).*|never|unknown|tbd|see .*",
    "kept": r"\b(?:kept|keep|stor\w+|retain\w*|retention|sav\w+|remain\w*)\b",
    "links_follow": r"\b(?:following|these) (?:links|pages|websites|addresses)\b|\blinks (?:below"
    r"|that follow)\b",
    "list_follows": r"\b(?:following|below) (?:table|list|overview)\b|\b(?:table|list"
    r"|overview) below\b",
    "section": r"(?<!Code )(?<!Act )\b(?:section|chapter|paragraph|clause"
    r"|point)s?\s+(?P<number>\d{1,2}(?:\.\d{1,2})*)(?!\d)"
    r"(?!\s*(?:\(|of\b|GDPR|\w+ Act))",
    "named_section": r"\b(?:section|chapter|paragraph|heading)\s+(?:called |titled |entitled "
    r"|named |headed )?"
    r"[“\"'‘](?P<name>[^”\"'’]{3,60})[”\"'’](?!\s+(?:of|in|on)\b)",
    "click_here": r"\b(?:click|press|see|go|found|read)(?: \w+){0,2} here\b|\bvia this link\b"
    r"|\bthis link\b",
    "seat": r"\bregistered (?:office|address|seat)\b|\bhead office\b|\boffice is (?:located|at)\b",
    "own": r"\b(?:we|us)\b|\bour (?:\w+ ){0,2}(?:office|address|seat|number)\b",
}
