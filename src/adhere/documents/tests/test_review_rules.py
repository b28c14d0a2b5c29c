"""Every rule of the review, in every language: a sound text is silent, a broken one is not."""

from __future__ import annotations

import pytest

from adhere.documents.tests.review_cast import (
    LANGUAGES,
    ROWS,
    Cells,
    cookies,
    privacy,
    rules,
)

every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
def test_a_sound_policy_is_silent(language: str) -> None:
    assert (rules(cookies(language)), rules(privacy(language))) == ([], [])


@every_language
@pytest.mark.parametrize(
    ("part", "rule"),
    [
        ("date", "no-date"),
        ("who", "no-controller"),
        ("contact", "no-contact"),
        ("withdraw", "no-way-to-withdraw"),
        ("inventory", "no-inventory"),
        ("transfers", "no-transfers"),
        ("automated", "no-automated-decisions"),
        ("rights", "missing-rights"),
        ("authority", "no-authority"),
    ],
)
def test_a_part_left_out_of_a_cookie_policy_is_missed(language: str, part: str, rule: str) -> None:
    assert rules(cookies(language, without=part)) == [rule]


@every_language
@pytest.mark.parametrize(
    ("part", "rule"),
    [
        ("basis", "no-legal-basis"),
        ("recipients", "no-recipients"),
        ("rights", "missing-rights"),
        ("authority", "no-authority"),
        ("contact", "no-contact"),
        ("who", "no-controller"),
    ],
)
def test_a_part_left_out_of_a_privacy_policy_is_missed(language: str, part: str, rule: str) -> None:
    assert rules(privacy(language, without=part)) == [rule]


def changed(language: str, row: int, cell: int, value: str) -> list[Cells]:
    rows = [list(cells) for cells in ROWS[language]]
    rows[row][cell] = value
    return [(a, b, c, d, e) for a, b, c, d, e in rows]


def words(language: str, *four: str) -> str:
    return dict(zip(LANGUAGES, four, strict=True))[language]


@every_language
@pytest.mark.parametrize(
    ("row", "cell", "value", "rule"),
    [
        (1, 0, "", "row-without-name"),
        (0, 1, "", "row-without-provider"),
        (1, 2, "", "row-without-purpose"),
        (1, 4, "", "row-without-retention"),
    ],
)
def test_an_empty_cell_is_missed(language: str, row: int, cell: int, value: str, rule: str) -> None:
    assert rules(cookies(language, rows=changed(language, row, cell, value))) == [rule]


@every_language
@pytest.mark.parametrize("row", [1, 2])
def test_analytics_and_advertising_are_not_necessary(language: str, row: int) -> None:
    rows = changed(language, row, 3, ROWS[language][0][3])
    assert rules(cookies(language, rows=rows)) == ["necessary-said-of-others"]


@every_language
def test_chat_and_embeds_are_not_necessary_by_their_words(language: str) -> None:
    purpose = words(
        language,
        "Shows embedded videos",
        "Toont ingesloten video's",
        "Montre des vidéos intégrées",
        "Zeigt eingebettete Videos",
    )
    yes, days = ROWS[language][0][3], ROWS[language][2][4]
    rows = [*ROWS[language], ("clip", "Filmhuis", purpose, yes, days)]
    assert rules(cookies(language, rows=rows)) == ["necessary-said-of-others"]


@every_language
def test_one_tracker_in_two_rows_that_disagree(language: str) -> None:
    again = (*ROWS[language][1][:4], ROWS[language][2][4])
    assert rules(cookies(language, rows=[*ROWS[language], again])) == ["rows-disagree"]
    assert rules(cookies(language, rows=[*ROWS[language], ROWS[language][1]])) == []


@every_language
def test_a_first_party_label_on_a_service_of_another_company(language: str) -> None:
    rows = [*ROWS[language], ("YSC", "YouTube", "Video", *ROWS[language][1][3:])]
    heading = words(
        language,
        "## First-party cookies",
        "## Eigen cookies",
        "## Cookies propres",
        "## Erstanbieter-Cookies",
    )
    text = cookies(language, rows=rows)
    before, _, after = text.partition(COOKIES_HEADING[language])
    assert rules(f"{before}{heading}{after}") == ["party-contradicts-provider"]


COOKIES_HEADING = {
    "en": "## Cookies in use",
    "nl": "## Cookies die wij gebruiken",
    "fr": "## Cookies utilisés",
    "de": "## Verwendete Cookies",
}


@every_language
def test_the_cookie_of_the_banner_has_to_be_there(language: str) -> None:
    assert rules(cookies(language, rows=ROWS[language][1:])) == ["consent-cookie-missing"]


@every_language
@pytest.mark.parametrize("row", [0, 1])
def test_an_answer_or_analytics_kept_for_years(language: str, row: int) -> None:
    years = words(language, "2 years", "2 jaar", "2 ans", "2 Jahre")
    assert rules(cookies(language, rows=changed(language, row, 4, years))) == ["retention-too-long"]


@every_language
def test_advertising_kept_for_more_than_two_years(language: str) -> None:
    two = words(language, "2 years", "2 jaar", "2 ans", "2 Jahre")
    five = words(language, "5 years", "5 jaar", "5 ans", "5 Jahre")
    assert rules(cookies(language, rows=changed(language, 2, 4, two))) == []
    assert rules(cookies(language, rows=changed(language, 2, 4, five))) == ["retention-too-long"]


@every_language
def test_a_retention_that_tells_nothing(language: str) -> None:
    vague = words(language, "persistent", "onbeperkt", "illimitée", "unbegrenzt")
    assert rules(cookies(language, rows=changed(language, 2, 4, vague))) == ["retention-vague"]


SENTENCES = {
    "necessary-in-words": (
        "Analytics cookies are strictly necessary.",
        "Analytische cookies zijn strikt noodzakelijk.",
        "Les cookies analytiques sont strictement nécessaires.",
        "Analytische Cookies sind unbedingt erforderlich.",
    ),
    "analytics-without-consent": (
        "No consent is needed for analytics.",
        "Voor statistieken is geen toestemming nodig.",
        "Les statistiques sont exemptées de consentement.",
        "Für Statistiken ist keine Einwilligung nötig.",
    ),
    "anonymous-advertising": (
        "These anonymous data let us show targeted advertising.",
        "Met deze anonieme gegevens tonen wij gerichte reclame.",
        "Ces données anonymes servent à la publicité ciblée.",
        "Mit diesen anonymen Daten zeigen wir gezielte Werbung.",
    ),
    "consent-by-continuing": (
        "By continuing to browse this website you accept our cookies.",
        "Door verder te surfen op deze website gaat u akkoord met onze cookies.",
        "En poursuivant votre navigation vous acceptez nos cookies.",
        "Indem Sie weiter surfen, stimmen Sie unseren Cookies zu.",
    ),
    "cookie-wall": (
        "If you do not accept cookies, you cannot visit this website.",
        "Als u de cookies niet aanvaardt, kunt u deze website niet bezoeken.",
        "Si vous n'acceptez pas les cookies, vous ne pouvez pas visiter ce site.",
        "Wenn Sie den Cookies nicht zustimmen, können Sie diese Website nicht besuchen.",
    ),
    "consent-bundled": (
        "By accepting our terms you also consent to cookies.",
        "Door onze voorwaarden te aanvaarden stemt u in met cookies.",
        "En acceptant nos conditions vous consentez aux cookies.",
        "Mit unseren Nutzungsbedingungen stimmen Sie Cookies zu.",
    ),
    "interest-for-cookies": (
        "Our marketing cookies rest on our legitimate interest.",
        "Onze marketingcookies berusten op ons gerechtvaardigd belang.",
        "Nos cookies de marketing reposent sur notre intérêt légitime.",
        "Unsere Marketing-Cookies beruhen auf unserem berechtigten Interesse.",
    ),
    "period-vague": (
        "We keep these data as long as necessary.",
        "Wij bewaren deze gegevens zo lang als nodig.",
        "Nous conservons ces données aussi longtemps que nécessaire.",
        "Wir speichern diese Daten so lange wie nötig.",
    ),
    "section-missing": (
        "See the section “Complaints of children”.",
        "Zie de rubriek “Klachten van kinderen”.",
        "Voir la section « Plaintes des enfants ».",
        "Siehe Abschnitt „Beschwerden von Kindern“.",
    ),
    "link-without-target": (
        "Click here to read more.",
        "Klik hier om meer te lezen.",
        "Cliquez ici pour en lire plus.",
        "Klicken Sie hier, um mehr zu lesen.",
    ),
    "dead-link": ("[more](#gone)", "[meer](#gone)", "[plus](#gone)", "[mehr](#gone)"),
    "company-number-invalid": (
        "We bear the VAT number BE 0680.957.817.",
        "Wij dragen het btw-nummer BE 0680.957.817.",
        "Nous portons le numéro de TVA BE 0680.957.817.",
        "Wir tragen die Umsatzsteuernummer BE 0680.957.817.",
    ),
    "company-numbers-differ": (
        "We bear number BE 0680.957.816. Our number is BE 0403.019.261.",
        "Wij dragen nummer BE 0680.957.816. Ons nummer is BE 0403.019.261.",
        "Nous portons le numéro BE 0680.957.816. Notre numéro est BE 0403.019.261.",
        "Wir tragen Nummer BE 0680.957.816. Unsere Nummer ist BE 0403.019.261.",
    ),
    "addresses-differ": (
        "Our registered office is at Kerkstraat 1, 9000 Gent. Later we say that our registered "
        "office is at Dorpsstraat 22, 9000 Gent.",
        "Onze maatschappelijke zetel is Kerkstraat 1, 9000 Gent. Verderop is onze maatschappelijke "
        "zetel Dorpsstraat 22, 9000 Gent.",
        "Notre siège social est rue Haute 1, 1000 Bruxelles. Plus loin, notre siège social est rue "
        "Basse 22, 1000 Bruxelles.",
        "Unser Sitz ist Kirchstraße 1, 20457 Hamburg. Weiter unten ist unser Sitz Dorfstraße 22, "
        "20457 Hamburg.",
    ),
    "emails-differ": ("Or huis@noordzee.invalid.",) * 4,
    "dates-differ": (
        "Last updated 2 March 2026. Last updated 3 April 2026.",
        "Laatst bijgewerkt 2 maart 2026. Laatst bijgewerkt 3 april 2026.",
        "Dernière mise à jour 2 mars 2026. Dernière mise à jour 3 avril 2026.",
        "Zuletzt aktualisiert 2. März 2026. Zuletzt aktualisiert 3. April 2026.",
    ),
    "date-in-future": (
        "Last updated 2 March 2031.",
        "Laatst bijgewerkt 2 maart 2031.",
        "Dernière mise à jour 2 mars 2031.",
        "Zuletzt aktualisiert 2. März 2031.",
    ),
}


@every_language
@pytest.mark.parametrize("rule", SENTENCES)
def test_a_sentence_that_breaks_a_rule(language: str, rule: str) -> None:
    assert rules(cookies(language, plus=words(language, *SENTENCES[rule]))) == [rule]


@every_language
def test_a_recording_called_anonymous(language: str) -> None:
    said = words(
        language,
        "Hotjar collects anonymous statistics.",
        "Hotjar verzamelt anonieme statistieken.",
        "Hotjar recueille des statistiques anonymes.",
        "Hotjar sammelt anonyme Statistiken.",
    )
    assert rules(cookies(language, plus=said)) == ["anonymous-recording"]


@every_language
def test_a_list_that_is_announced_and_not_there(language: str) -> None:
    said = words(
        language,
        "The table below names them.",
        "De tabel hieronder noemt ze.",
        "Le tableau ci-dessous les nomme.",
        "Die folgende Tabelle nennt sie.",
    )
    assert rules(privacy(language, plus=said)) == ["list-missing"]


@every_language
def test_a_browser_as_the_only_way_to_refuse(language: str) -> None:
    said = words(
        language,
        "You can block cookies in your browser.",
        "U kunt cookies in uw browser blokkeren.",
        "Vous pouvez bloquer les cookies dans votre navigateur.",
        "Sie können Cookies in Ihrem Browser blockieren.",
    )
    title = privacy(language).splitlines()[0]
    text = privacy(language, plus=f"_ga. {said}").replace(title, "# Cookies")
    assert rules(text) == ["browser-settings-only"]


@every_language
def test_links_that_are_announced_and_not_there(language: str) -> None:
    said = words(
        language,
        "The following links explain how.",
        "De volgende links leggen uit hoe.",
        "Les liens suivants expliquent comment.",
        "Die folgenden Links erklären, wie.",
    )
    assert rules(f"{cookies(language)}\n{said}\n") == ["links-missing"]
    assert rules(f"{cookies(language)}\n{said}\n\n- <https://example.org/help>\n") == []
