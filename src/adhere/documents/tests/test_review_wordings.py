"""Other wordings of the faults that sentences hold, as policies write them."""

from __future__ import annotations

import pytest

from adhere.documents.tests.review_cast import cookies, rules

WORDINGS = {
    "consent-by-continuing": {
        "en": (
            "By using our website, you agree to the use of cookies.",
            "If you continue to use this site, we will assume that you accept cookies.",
            "Continued use of this site means you accept cookies.",
            "Scrolling counts as consent to cookies.",
            "By continuing to use the site you are giving consent to cookies.",
        ),
        "nl": (
            "Door onze website te gebruiken gaat u akkoord met het gebruik van cookies.",
            "Als u verder surft, aanvaardt u onze cookies.",
            "Door gebruik te maken van deze website stemt u in met cookies.",
            "Verder surfen geldt als toestemming voor cookies.",
            "Als u onze website blijft gebruiken, gaan wij ervan uit dat u cookies accepteert.",
        ),
        "fr": (
            "En utilisant notre site, vous acceptez l'utilisation de cookies.",
            "Si vous continuez à naviguer, vous acceptez les cookies.",
            "La poursuite de la navigation vaut acceptation des cookies.",
            "En continuant à naviguer sur ce site, vous consentez aux cookies.",
            "Si vous poursuivez votre navigation, nous considérons que vous acceptez les cookies.",
        ),
        "de": (
            "Durch die Nutzung unserer Website stimmen Sie der Verwendung von Cookies zu.",
            "Wenn Sie weitersurfen, akzeptieren Sie Cookies.",
            "Mit der Nutzung dieser Website erklären Sie sich mit Cookies einverstanden.",
            "Die weitere Nutzung gilt als Einwilligung in Cookies.",
            "Wenn Sie auf der Seite weitersurfen, gehen wir davon aus, dass Sie "
            "mit Cookies einverstanden sind.",
        ),
    },
    "anonymous-advertising": {
        "en": (
            "Advertising cookies collect anonymous information to show you personalised ads.",
            "We use anonymous data to target advertising.",
        ),
        "nl": (
            "Advertentiecookies verzamelen anonieme informatie om u "
            "gepersonaliseerde advertenties te tonen.",
            "Wij gebruiken anonieme gegevens om advertenties op uw interesses af te stemmen.",
        ),
        "fr": (
            "Les cookies publicitaires recueillent des informations anonymes pour "
            "vous montrer des annonces personnalisées.",
            "Nous utilisons des données anonymes pour cibler la publicité.",
        ),
        "de": (
            "Werbecookies sammeln anonyme Informationen, um Ihnen personalisierte "
            "Werbung zu zeigen.",
            "Wir nutzen anonyme Daten, um Werbung auf Ihre Interessen zuzuschneiden.",
        ),
    },
    "analytics-without-consent": {
        "en": (
            "Analytics cookies do not require your consent.",
            "We place analytics cookies without your consent.",
            "We do not need your permission for Google Analytics statistics cookies.",
            "Your consent is not required for analytical cookies.",
        ),
        "nl": (
            "Voor analytische cookies hebben wij uw toestemming niet nodig.",
            "Analytische cookies plaatsen wij zonder uw toestemming.",
            "Analytische cookies vereisen geen toestemming.",
            "Voor analytische cookies is uw toestemming niet vereist.",
        ),
        "fr": (
            "Les cookies analytiques ne nécessitent pas votre consentement.",
            "Nous plaçons des cookies analytiques sans votre consentement.",
            "Votre consentement n'est pas requis pour les cookies analytiques.",
        ),
        "de": (
            "Analytische Cookies benötigen keine Einwilligung.",
            "Wir setzen analytische Cookies ohne Ihre Einwilligung.",
            "Für Analyse-Cookies ist Ihre Einwilligung nicht erforderlich.",
        ),
    },
    "cookie-wall": {
        "en": (
            "You cannot use our website unless you accept all cookies.",
            "Access to our website is only possible if you accept cookies.",
            "If you refuse cookies, you will not be able to access the website.",
            "You must accept cookies to use this website.",
        ),
        "nl": (
            "U kunt onze website niet gebruiken tenzij u alle cookies aanvaardt.",
            "Toegang tot onze website is alleen mogelijk als u cookies aanvaardt.",
            "Als u cookies weigert, krijgt u geen toegang tot de website.",
            "U moet cookies aanvaarden om deze website te gebruiken.",
        ),
        "fr": (
            "Vous ne pouvez pas utiliser notre site sans accepter les cookies.",
            "L'accès à notre site n'est possible que si vous acceptez les cookies.",
            "Si vous refusez les cookies, vous n'aurez pas accès au site.",
            "Vous devez accepter les cookies pour utiliser ce site.",
        ),
        "de": (
            "Sie können unsere Website nur nutzen, wenn Sie alle Cookies akzeptieren.",
            "Der Zugang zu unserer Website ist nur möglich, wenn Sie Cookies akzeptieren.",
            "Wenn Sie Cookies ablehnen, haben Sie keinen Zugang zur Website.",
            "Sie müssen Cookies akzeptieren, um diese Website zu nutzen.",
        ),
    },
    "consent-bundled": {
        "en": (
            "By creating an account you consent to our use of cookies.",
            "By accepting our terms and conditions, you agree to all cookies.",
            "Your consent to cookies is part of our general terms.",
        ),
        "nl": (
            "Door een account aan te maken geeft u toestemming voor cookies.",
            "Wie de algemene voorwaarden aanvaardt, stemt ook in met cookies.",
            "De toestemming voor cookies maakt deel uit van onze algemene voorwaarden.",
        ),
        "fr": (
            "En créant un compte, vous consentez aux cookies.",
            "En acceptant nos conditions générales, vous acceptez tous les cookies.",
            "Le consentement aux cookies fait partie de nos conditions générales.",
        ),
        "de": (
            "Mit der Registrierung willigen Sie in Cookies ein.",
            "Mit der Annahme unserer AGB stimmen Sie allen Cookies zu.",
            "Die Einwilligung in Cookies ist Bestandteil unserer AGB.",
        ),
    },
    "interest-for-cookies": {
        "en": (
            "We place analytics cookies on the basis of our legitimate interest.",
            "Advertising cookies are based on legitimate interests.",
        ),
        "nl": (
            "Wij plaatsen analytische cookies op basis van ons gerechtvaardigd belang.",
            "Advertentiecookies zijn gebaseerd op een gerechtvaardigd belang.",
        ),
        "fr": (
            "Nous plaçons des cookies analytiques sur la base de notre intérêt légitime.",
            "Les cookies publicitaires se fondent sur l'intérêt légitime.",
        ),
        "de": (
            "Wir setzen Analyse-Cookies auf Grundlage unseres berechtigten Interesses.",
            "Werbe-Cookies stützen sich auf berechtigte Interessen.",
        ),
    },
    "necessary-in-words": {
        "en": (
            "Marketing cookies are essential for our website.",
            "Advertising cookies are strictly necessary and cannot be refused.",
        ),
        "nl": (
            "Marketingcookies zijn essentieel voor onze website.",
            "Reclamecookies zijn strikt noodzakelijk.",
        ),
        "fr": (
            "Les cookies publicitaires sont essentiels pour notre site.",
            "Les cookies de mesure d'audience sont strictement nécessaires.",
        ),
        "de": (
            "Werbe-Cookies sind unbedingt notwendig.",
            "Marketing-Cookies sind für unsere Website zwingend erforderlich.",
        ),
    },
    "period-vague": {
        "en": (
            "Personal data are retained for as long as needed.",
            "Data will be stored for as long as is necessary for our purposes.",
        ),
        "nl": ("Persoonsgegevens worden bewaard zolang dat nodig is.",),
        "fr": (
            "Les données sont conservées tant que cela est nécessaire.",
            "Nous gardons vos données aussi longtemps que nécessaire.",
        ),
        "de": (
            "Daten werden gespeichert, solange dies erforderlich ist.",
            "Wir bewahren Ihre Daten so lange auf, wie es notwendig ist.",
        ),
    },
}
CASES = [
    (rule, language, sentence)
    for rule, languages in WORDINGS.items()
    for language, sentences in languages.items()
    for sentence in sentences
]


@pytest.mark.parametrize(("rule", "language", "sentence"), CASES)
def test_a_fault_is_found_in_other_words(rule: str, language: str, sentence: str) -> None:
    assert rules(cookies(language, plus=sentence)) == [rule]
