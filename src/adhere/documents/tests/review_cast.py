"""A sound cookie policy and a sound privacy policy of our own, in four languages, in parts.

A test leaves a part out, adds a sentence or changes a row; all else stays right.
"""

from __future__ import annotations

import datetime

from adhere.documents.read import read_whole
from adhere.documents.review import Finding, review

DAY = datetime.date(2026, 11, 22)
LANGUAGES = ("en", "nl", "fr", "de")

Cells = tuple[str, str, str, str, str]

HEADER = {
    "en": ("Name", "Provider", "Purpose", "Strictly necessary", "Retention"),
    "nl": ("Naam", "Aanbieder", "Doel", "Strikt noodzakelijk", "Bewaartermijn"),
    "fr": ("Nom", "Fournisseur", "Finalité", "Strictement nécessaire", "Conservation"),
    "de": ("Name", "Anbieter", "Zweck", "Unbedingt erforderlich", "Speicherdauer"),
}
ROWS: dict[str, list[Cells]] = {
    "en": [
        ("house_consent", "Noordzee", "Keeps your answer to the banner", "Yes", "6 months"),
        ("_ga", "Google Analytics", "Counts visits", "No", "13 months"),
        ("_gcl_au", "Google Ads", "Shows which advertisement led here", "No", "90 days"),
    ],
    "nl": [
        ("house_consent", "Noordzee", "Bewaart uw antwoord op de banner", "Ja", "6 maanden"),
        ("_ga", "Google Analytics", "Telt bezoeken", "Nee", "13 maanden"),
        ("_gcl_au", "Google Ads", "Toont welke advertentie hierheen leidde", "Nee", "90 dagen"),
    ],
    "fr": [
        ("house_consent", "Noordzee", "Garde votre réponse au bandeau", "Oui", "6 mois"),
        ("_ga", "Google Analytics", "Compte les visites", "Non", "13 mois"),
        ("_gcl_au", "Google Ads", "Montre quelle annonce a mené ici", "Non", "90 jours"),
    ],
    "de": [
        ("house_consent", "Noordzee", "Speichert Ihre Antwort auf das Banner", "Ja", "6 Monate"),
        ("_ga", "Google Analytics", "Zählt Besuche", "Nein", "13 Monate"),
        ("_gcl_au", "Google Ads", "Zeigt, welche Anzeige hierher führte", "Nein", "90 Tage"),
    ],
}
COOKIES: dict[str, dict[str, str]] = {
    "en": {
        "title": "# Cookies",
        "version": "This is version 3.",
        "date": "It is effective from 1 March 2026.",
        "who": "The controller is Noordzee NV.",
        "contact": "Write to huis@noordzee.example or to Kaaistraat 7, 8400 Oostende.",
        "choice": "## Your choice\n\nA banner asks for your consent before a cookie that is not "
        "strictly necessary is placed, and each purpose has its own switch.",
        "withdraw": "You can withdraw your consent at any time through the same banner.",
        "inventory": "## Cookies in use",
        "transfers": "Google, a service provider, receives what its cookies hold; it is certified"
        " under the Data "
        "Privacy Framework.",
        "automated": "## Your rights\n\nWe take no automated decisions about you.",
        "rights": "You have the right of access, the right to rectification, the right to erasure, "
        "the right to restriction of processing, the right to data portability and the right to "
        "object.",
        "authority": "You may complain to the supervisory authority.",
    },
    "nl": {
        "title": "# Cookies",
        "version": "Dit is versie 3.",
        "date": "Dit beleid is geldig vanaf 1 maart 2026.",
        "who": "De verwerkingsverantwoordelijke is Noordzee NV.",
        "contact": "Schrijf naar huis@noordzee.example of naar Kaaistraat 7, 8400 Oostende.",
        "choice": "## Uw keuze\n\nEen banner vraagt uw toestemming voordat een cookie die niet "
        "strikt noodzakelijk is wordt geplaatst, en elk doel heeft een eigen schakelaar.",
        "withdraw": "U kunt uw toestemming op elk moment intrekken via dezelfde banner.",
        "inventory": "## Cookies die wij gebruiken",
        "transfers": "Google, een dienstverlener, ontvangt wat in zijn cookies staat; het is"
        " gecertificeerd onder het "
        "Data Privacy Framework.",
        "automated": "## Uw rechten\n\nWij nemen geen geautomatiseerde besluiten over u.",
        "rights": "U hebt recht op inzage, recht op verbetering, recht op wissing, recht op "
        "beperking van de verwerking, recht op overdraagbaarheid en recht van bezwaar.",
        "authority": "U kunt een klacht indienen bij de toezichthoudende autoriteit.",
    },
    "fr": {
        "title": "# Cookies",
        "version": "Voici la version 3.",
        "date": "Cette politique est en vigueur depuis le 1er mars 2026.",
        "who": "Le responsable du traitement est Noordzee SA.",
        "contact": "Écrivez à huis@noordzee.example ou à la rue du Quai 7, 8400 Ostende.",
        "choice": "## Votre choix\n\nUn bandeau demande votre consentement avant de placer un "
        "cookie qui n'est pas strictement nécessaire, et chaque finalité a son propre bouton.",
        "withdraw": "Vous pouvez retirer votre consentement à tout moment au moyen du même"
        " bandeau.",
        "inventory": "## Cookies utilisés",
        "transfers": "Google, un prestataire, reçoit ce que contiennent ses cookies ; il est"
        " certifié au titre du "
        "Data Privacy Framework.",
        "automated": "## Vos droits\n\nNous ne prenons aucune décision automatisée à votre sujet.",
        "rights": "Vous avez le droit d'accès, le droit de rectification, le droit à l'effacement, "
        "le droit à la limitation du traitement, le droit à la portabilité et le droit "
        "d'opposition.",
        "authority": "Vous pouvez introduire une réclamation auprès de l'autorité de contrôle.",
    },
    "de": {
        "title": "# Cookies",
        "version": "Dies ist Version 3.",
        "date": "Diese Richtlinie ist gültig ab 1. März 2026.",
        "who": "Verantwortlicher ist die Noordzee GmbH.",
        "contact": "Schreiben Sie an huis@noordzee.example oder an Kaistraße 7, 20457 Hamburg.",
        "choice": "## Ihre Wahl\n\nEin Banner bittet um Ihre Einwilligung, bevor ein Cookie"
        " gesetzt "
        "wird, das nicht unbedingt erforderlich ist, und jeder Zweck hat seinen eigenen Schalter.",
        "withdraw": "Sie können Ihre Einwilligung jederzeit über dasselbe Banner widerrufen.",
        "inventory": "## Verwendete Cookies",
        "transfers": "Google, ein Dienstleister, erhält, was seine Cookies enthalten; es ist nach"
        " dem Data Privacy "
        "Framework zertifiziert.",
        "automated": "## Ihre Rechte\n\nWir treffen keine automatisierten Entscheidungen über Sie.",
        "rights": "Sie haben das Recht auf Auskunft, das Recht auf Berichtigung, das Recht auf "
        "Löschung, das Recht auf Einschränkung der Verarbeitung, das Recht auf "
        "Datenübertragbarkeit und das Recht auf Widerspruch.",
        "authority": "Sie können sich bei der Aufsichtsbehörde beschweren; das Recht auf"
        " Beschwerde "
        "kostet nichts.",
    },
}
PRIVACY: dict[str, dict[str, str]] = {
    "en": {
        "title": "# Privacy notice",
        "basis": "We use your name and order to perform the contract with you, and keep invoices "
        "for seven years under a legal obligation.",
        "recipients": "Our bookkeeper receives invoices as a processor.",
    },
    "nl": {
        "title": "# Privacyverklaring",
        "basis": "Wij gebruiken uw naam en bestelling voor de overeenkomst met u, en bewaren "
        "facturen zeven jaar op grond van een wettelijke verplichting.",
        "recipients": "Onze boekhouder ontvangt facturen als verwerker.",
    },
    "fr": {
        "title": "# Politique de confidentialité",
        "basis": "Nous utilisons votre nom et votre commande pour exécuter le contrat, et gardons "
        "les factures sept ans au titre d'une obligation légale.",
        "recipients": "Notre comptable reçoit les factures en tant que sous-traitant.",
    },
    "de": {
        "title": "# Datenschutzerklärung",
        "basis": "Wir verwenden Ihren Namen und Ihre Bestellung für den Vertrag mit Ihnen und "
        "bewahren Rechnungen sieben Jahre auf, wozu eine rechtliche Verpflichtung besteht.",
        "recipients": "Unsere Buchhaltung erhält Rechnungen als Auftragsverarbeiter.",
    },
}
_SHARED = ("date", "who", "contact", "rights", "authority")


def table(language: str, rows: list[Cells]) -> str:
    lines = [HEADER[language], ("---",) * 5, *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def cookies(
    language: str, *, without: str = "", plus: str = "", rows: list[Cells] | None = None
) -> str:
    """The cookie policy without a part, with a paragraph more, or with other rows."""
    parts = dict(COOKIES[language])
    parts["inventory"] += "\n\n" + table(language, ROWS[language] if rows is None else rows)
    parts["choice"] += f"\n\n{plus}"
    return "\n\n".join(text for name, text in parts.items() if name != without) + "\n"


def privacy(language: str, *, without: str = "", plus: str = "") -> str:
    """The privacy policy without a part, or with a paragraph more."""
    shared = {name: COOKIES[language][name] for name in _SHARED}
    parts = {**PRIVACY[language], **shared, "plus": plus}
    return "\n\n".join(text for name, text in parts.items() if name != without) + "\n"


def findings(text: str, name: str = "policy.md") -> list[Finding]:
    return review(read_whole(text.encode(), name=name), DAY)


def rules(text: str, name: str = "policy.md") -> list[str]:
    return [each.rule for each in findings(text, name)]
