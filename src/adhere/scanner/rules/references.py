"""For each rule: what it rests on, and what to do."""

from __future__ import annotations

_CONSENT = "ePrivacy Directive Art. 5(3); GDPR Art. 4(11)"
_REFUSAL = "ePrivacy Directive Art. 5(3); GDPR Art. 7(3); EDPB Guidelines 05/2020"
_TECHNIQUES = "ePrivacy Directive Art. 5(3); EDPB Guidelines 2/2023"
_TOLD = "ePrivacy Directive Art. 5(3); GDPR Art. 13"
_PATTERNS = "GDPR Art. 4(11), Art. 7; EDPB Guidelines 03/2022"

REFERENCES: dict[str, tuple[str, str]] = {
    "tracker-before-consent": (
        f"{_CONSENT}; CJEU C-673/17 Planet49",
        "Set it only after the visitor has agreed to its purpose.",
    ),
    "request-before-consent": (
        f"{_CONSENT}; EDPB Guidelines 2/2023",
        "Load it only after the visitor has agreed to its purpose.",
    ),
    "tracker-despite-refusal": (
        _REFUSAL,
        "Do not set it after a refusal, and remove what stands from before.",
    ),
    "request-despite-refusal": (_REFUSAL, "Send nothing there after a refusal."),
    "tracker-despite-gpc": (
        "GDPR Art. 21(2), 21(5); Global Privacy Control",
        "Take the browser's signal for a refusal.",
    ),
    "tracker-survives-withdrawal": (
        "GDPR Art. 7(3), Art. 17(1)(b); EDPB Guidelines 05/2020",
        "Remove it when consent is withdrawn, and stop what writes it.",
    ),
    "undeclared-tracker": (
        f"{_TOLD}; CJEU C-673/17 Planet49",
        "Add it to the cookie policy with purpose, provider and retention, or take it away.",
    ),
    "undeclared-vendor": (
        "GDPR Art. 13(1)(e); CJEU C-673/17 Planet49",
        "Name the company in the cookie policy, or stop sending data to it.",
    ),
    "declared-not-seen": (
        "GDPR Art. 5(1)(a), Art. 12(1)",
        "See whether it is still used; take it out of the policy if not.",
    ),
    "outlives-declaration": (
        "GDPR Art. 5(1)(e), Art. 13(2)(a); CJEU C-673/17 Planet49",
        "Shorten its lifetime, or say the true one in the policy.",
    ),
    "wrong-purpose": (
        "GDPR Art. 5(1)(b), Art. 13(1)(c)",
        "Say its true purpose, and ask consent for that one.",
    ),
    "wrong-party": (
        "GDPR Art. 13(1)(e); CJEU C-673/17 Planet49",
        "Say who can read it.",
    ),
    "not-strictly-necessary": (
        "ePrivacy Directive Art. 5(3); WP29 Opinion 04/2012 (WP 194)",
        "Ask consent for it, and move it to the section of its purpose.",
    ),
    "no-dialog": (
        f"{_CONSENT}; GDPR Art. 7(1)",
        "Ask for consent before anything is stored or sent, or store and send nothing.",
    ),
    "no-refusal": (
        f"{_PATTERNS}; EDPB Cookie Banner Taskforce report of 2023-01-17; CNIL SAN-2021-023",
        "Put a button that refuses beside the one that accepts.",
    ),
    "refusal-harder-than-acceptance": (
        f"{_PATTERNS}; CNIL SAN-2021-023",
        "Make refusing take no more clicks than accepting.",
    ),
    "preselected-purpose": (
        "GDPR Art. 4(11), recital 32; CJEU C-673/17 Planet49",
        "Leave every purpose off until the visitor switches it on.",
    ),
    "consent-by-continuing": (
        "GDPR Art. 4(11); EDPB Guidelines 05/2020, point 86",
        "Wait for a click on a button; scrolling and reading on are no consent.",
    ),
    "dialog-blocks-reading": (
        "GDPR Art. 7(4); EDPB Guidelines 05/2020, points 39 to 41; EDPB Opinion 08/2024",
        "Let who refuses read on, at no price.",
    ),
    "no-way-to-withdraw": (
        "GDPR Art. 7(3); EDPB Guidelines 05/2020, points 112 to 118",
        "Put a link or button on every page that opens the choices again.",
    ),
    "withdrawal-harder-than-acceptance": (
        "GDPR Art. 7(3); EDPB Guidelines 05/2020, points 112 to 118",
        "Make withdrawing as easy as accepting: one control, then one click.",
    ),
    "fingerprinting": (
        _TECHNIQUES,
        "Run the script only with consent, or without what tells browsers apart.",
    ),
    "cookie-syncing": (
        f"{_TECHNIQUES}; GDPR Art. 13(1)(e)",
        "Stop the exchange of identifiers, or ask consent for both companies by name.",
    ),
    "identifier-in-url": (
        f"{_TECHNIQUES}; GDPR Art. 4(1), recital 30",
        "Send no identifier, or send it only with consent.",
    ),
    "long-lived-tracker": (
        "GDPR Art. 5(1)(e); CNIL recommendation on cookies of 2020-09-17 (13 months)",
        "Shorten its lifetime to 13 months or less, without renewing it on each visit.",
    ),
    "insecure-cookie": (
        "GDPR Art. 32(1); RFC 6265bis",
        "Set Secure, and HttpOnly on what no script has to read.",
    ),
    "policy-unreachable": (
        "ePrivacy Directive Art. 5(3); GDPR Art. 12(1)",
        "Make the cookie policy open from every page and from the dialog.",
    ),
    "dialog-not-accessible": (
        "GDPR Art. 7(2), Art. 12(1); Directive (EU) 2019/882; WCAG 2.2",
        "Make the dialog usable with a keyboard and a screen reader.",
    ),
    "consent-before-choice": (
        "GDPR Art. 4(11), Art. 7(1); CJEU C-673/17 Planet49",
        "Let every purpose stand at denied until the visitor chooses.",
    ),
    "refusal-recorded-as-consent": (
        "GDPR Art. 7(1), Art. 5(1)(a); IAB Europe TCF Policies",
        "Record and signal the refusal as what it is.",
    ),
    "misleading-buttons": (
        f"{_PATTERNS}; EDPB Cookie Banner Taskforce report of 2023-01-17",
        "Give both buttons the same size, contrast and weight.",
    ),
    "tracker-respawns": (
        "ePrivacy Directive Art. 5(3); GDPR Art. 5(1)(a), Art. 7(3)",
        "Do not bring back what the visitor has deleted.",
    ),
}
