"""Each rule finds its own violation in an otherwise clean scan, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from adhere.scanner.declared import Declaration, Declared
from adhere.scanner.observations import Choice, Fault, Observations, Toggle
from adhere.scanner.rules.finding import Severity
from adhere.scanner.rules.judging import RULES, name_of, unjudged
from adhere.scanner.rules.references import REFERENCES
from adhere.scanner.tests.scan_cast import (
    DAY,
    GA_SCRIPT,
    IDENTIFIER,
    button,
    declared,
    dialog,
    found,
    probing,
    request,
    row,
    seen,
    shop,
    signal,
    stored,
)

Change = Callable[[Observations], Declaration | None]
VIOLATIONS: dict[str, tuple[Severity, str, Change]] = {}


def violation(severity: Severity, subject: str) -> Callable[[Change], Change]:
    """What breaks the rule of that name and no other."""

    def keep(change: Change) -> Change:
        VIOLATIONS[change.__name__.replace("_", "-")] = (severity, subject, change)
        return change

    return keep


@violation("error", "_ga")
def tracker_before_consent(saw: Observations) -> None:
    saw.stored.append(stored("_ga", "before"))


@violation("error", "www.google-analytics.com")
def request_before_consent(saw: Observations) -> None:
    saw.requests.append(request("www.google-analytics.com", "before"))


@violation("error", "_ga")
def tracker_despite_refusal(saw: Observations) -> None:
    saw.stored.append(stored("_ga", "refused"))


@violation("warning", "pixel.example")
def request_despite_refusal(saw: Observations) -> None:
    saw.requests.append(request("pixel.example", "refused", "/p?x=1", kind="image"))


@violation("error", "_fbp")
def tracker_despite_gpc(saw: Observations) -> None:
    saw.stored.append(stored("_fbp", "gpc"))


@violation("error", "_ga")
def tracker_survives_withdrawal(saw: Observations) -> None:
    saw.stored.append(stored("_ga", "withdrawn", how="found"))


@violation("warning", "visitor")
def undeclared_tracker(saw: Observations) -> Declaration:
    saw.stored.append(stored("visitor", "accepted", kind="local-storage"))
    return declared()


@violation("error", "Hotjar")
def undeclared_vendor(saw: Observations) -> Declaration:
    saw.requests.append(request("static.hotjar.com", "accepted"))
    return declared()


@violation("note", "_gone_*")
def declared_not_seen(saw: Observations) -> Declaration:
    told = declared()
    return msgspec.structs.replace(told, rows=(*told.rows, Declared("_gone_*")))


@violation("error", "_ga")
def outlives_declaration(saw: Observations) -> Declaration:
    return row("_ga", retention_days=(30, 30), retention="30 days")


@violation("error", "_ga")
def wrong_purpose(saw: Observations) -> Declaration:
    return row("_ga", purpose="preferences")


@violation("error", "IDE")
def wrong_party(saw: Observations) -> Declaration:
    saw.stored.append(stored("IDE", "accepted", domain="doubleclick.net", third_party=True))
    told = declared()
    ours = Declared("IDE", party="first", purpose="marketing", vendor="Google")
    return msgspec.structs.replace(told, rows=(*told.rows, ours))


@violation("error", "_ga")
def not_strictly_necessary(saw: Observations) -> Declaration:
    return row("_ga", strictly_necessary=True)


@violation("warning", "shop.example")
def no_dialog(saw: Observations) -> None:
    # What no rule of storage sees: it is gone at once, and yet nobody was asked.
    dialog(saw, found=False, accept_clicks=None, refuse_clicks=None, withdraw_clicks=None)
    key = {"kind": "local-storage"}
    saw.stored += [stored("probe", "before", **key), stored("probe", "before", removed=True, **key)]


@violation("error", "Klaro")
def no_refusal(saw: Observations) -> None:
    dialog(saw, buttons=(button("Accept", "accept"),), refuse_clicks=None)


@violation("error", "Klaro")
def refusal_harder_than_acceptance(saw: Observations) -> None:
    dialog(saw, refuse_clicks=2)


@violation("error", "advertising")
def preselected_purpose(saw: Observations) -> None:
    dialog(saw, toggles=(*saw.dialog.toggles, Toggle("advertising", True)))


@violation("error", "_fbp")
def consent_by_continuing(saw: Observations) -> None:
    saw.stored.append(stored("_fbp", "ignored"))


@violation("error", "Klaro")
def dialog_blocks_reading(saw: Observations) -> None:
    dialog(saw, price="Refuse and subscribe for € 2.99")


@violation("error", "Klaro")
def no_way_to_withdraw(saw: Observations) -> None:
    saw.choices[-1] = Choice("withdrawn", saw.url, False, "nothing opens the choices again")


@violation("error", "Klaro")
def withdrawal_harder_than_acceptance(saw: Observations) -> None:
    dialog(saw, withdraw_clicks=4)


@violation("error", "fp.example")
def fingerprinting(saw: Observations) -> None:
    saw.probings += [probing(each, "before") for each in ("canvas", "webgl", "audio")]


@violation("error", "cdn.jsdelivr.net")
def cookie_syncing(saw: Observations) -> None:
    of_ads = {"domain": "ads.example", "third_party": True, "value": "8f3a91c07b6e42d5"}
    saw.stored.append(stored("uid", "accepted", **of_ads))
    saw.requests.append(request("cdn.jsdelivr.net", "refused", "/sync?id=8f3a91c07b6e42d5"))


@violation("error", "cdn.jsdelivr.net")
def identifier_in_url(saw: Observations) -> None:
    saw.requests.append(request("cdn.jsdelivr.net", "before", f"/x.js?c={IDENTIFIER}"))


@violation("warning", "_ga")
def long_lived_tracker(saw: Observations) -> None:
    saw.stored.append(stored("_ga", "accepted", lifetime=730 * DAY))


@violation("warning", "PHPSESSID")
def insecure_cookie(saw: Observations) -> None:
    saw.stored.append(stored("PHPSESSID", "before", how="header", secure=False, http_only=True))


@violation("error", "https://shop.example/privacy")
def policy_unreachable(saw: Observations) -> None:
    saw.links["https://shop.example/privacy"] = 404


@violation("error", "keyboard")
def dialog_not_accessible(saw: Observations) -> None:
    dialog(saw, faults=(Fault("keyboard", "the buttons cannot be reached with Tab"),))


@violation("error", "google-consent-mode")
def consent_before_choice(saw: Observations) -> None:
    saw.signals.append(signal("before", analytics_storage=True))


@violation("error", "google-consent-mode")
def refusal_recorded_as_consent(saw: Observations) -> None:
    saw.signals.append(signal("refused", ad_storage=True))


@violation("warning", "Refuse")
def misleading_buttons(saw: Observations) -> None:
    small = button("Refuse", "refuse", width=60, height=20, colour="#999999", background="#aaaaaa")
    dialog(saw, buttons=(saw.dialog.buttons[0], small))


@violation("warning", "_ga")
def tracker_respawns(saw: Observations) -> None:
    saw.stored += [stored("_ga", "accepted", removed=True, value=""), stored("_ga", "accepted")]


def test_every_rule_has_a_violation_a_reference_and_advice() -> None:
    names = [name_of(rule) for rule in RULES]
    assert len(set(names)) == 32
    assert sorted(VIOLATIONS) == sorted(names) == sorted(REFERENCES)


def test_a_clean_scan_has_no_finding() -> None:
    assert found(shop()) == []
    assert found(shop(), declared()) == []
    assert unjudged(seen(shop(), declared())) == {}


@pytest.mark.parametrize("rule", VIOLATIONS)
def test_a_violation_is_found_by_its_own_rule_and_no_other(rule: str) -> None:
    severity, subject, change = VIOLATIONS[rule]
    saw = shop()
    findings = found(saw, change(saw))
    assert [(one.rule, one.severity, one.subject) for one in findings] == [
        (rule, severity, subject)
    ]
    assert findings[0].reference
    assert findings[0].advice


@pytest.mark.parametrize("state", ["refused", "accepted", "withdrawn"])
def test_a_state_without_two_signs_says_nothing(state: str) -> None:
    saw = shop()
    saw.choices = [
        msgspec.structs.replace(one, signs=one.signs[:1]) if one.state == state else one
        for one in saw.choices
    ]
    saw.stored.append(stored("_fbp", state))
    saw.signals.append(signal(state, ad_storage=True))
    assert found(saw) == []
    assert {why for why in unjudged(seen(saw)).values() if state in why} == {
        f"not reached: {state}"
    }


def test_what_stood_before_the_choice_does_not_count_against_it() -> None:
    saw = shop()
    saw.stored.append(stored("_fbp", "refused", early=True))
    saw.requests.append(request("connect.facebook.net", "refused", early=True))
    assert found(saw) == []


def test_what_is_kept_after_a_refusal_counts_though_written_before() -> None:
    saw = shop()
    saw.stored += [stored("_fbp", "refused", early=True), stored("_fbp", "refused", how="found")]
    assert [(one.rule, one.subject) for one in found(saw)] == [("tracker-despite-refusal", "_fbp")]


def test_one_purpose_does_not_stand_for_another() -> None:
    saw = shop()
    state = "purpose:analytics"
    saw.pages.append(msgspec.structs.replace(saw.pages[0], state=state))
    saw.choices.append(Choice(state, saw.url, True, signs=("one", "two")))
    saw.stored += [stored("_ga", state, set_by=GA_SCRIPT), stored("_fbp", state)]
    saw.requests.append(request("connect.facebook.net", state))
    assert [(one.rule, one.subject, one.state) for one in found(saw)] == [
        ("tracker-despite-refusal", "_fbp", state),
        ("request-despite-refusal", "connect.facebook.net", state),
    ]


def test_an_unknown_tracker_before_consent_is_for_a_person_to_look_at() -> None:
    saw = shop()
    saw.stored.append(stored("zq", "before", lifetime=30 * DAY))
    assert [(one.rule, one.severity) for one in found(saw)] == [
        ("tracker-before-consent", "warning")
    ]


@pytest.mark.parametrize("name", ["session_token", "lang", "csrf", "SESSIONID"])
def test_a_session_cookie_of_the_site_itself_is_no_finding(name: str) -> None:
    saw = shop()
    saw.stored.append(stored(name, "before", http_only=True))
    assert found(saw) == []


def test_a_cloaked_host_is_who_it_leads_to() -> None:
    saw = shop()
    first = {"third_party": False, "canonical": "shop.omtrdc.net"}
    saw.requests.append(request("metrics.shop.example", "before", **first))
    findings = found(saw)
    assert [(one.rule, one.subject) for one in findings] == [
        ("request-before-consent", "metrics.shop.example")
    ]
    assert "shop.omtrdc.net" in findings[0].why


def test_a_refusal_on_the_second_layer_alone_breaks_two_rules() -> None:
    saw = shop()
    deep = (button("Accept", "accept"), button("Refuse", "refuse", layer=2))
    dialog(saw, buttons=deep, refuse_clicks=2)
    assert [one.rule for one in found(saw)] == ["no-refusal", "refusal-harder-than-acceptance"]


def test_a_modal_dialog_that_can_be_refused_at_once_is_no_wall() -> None:
    saw = shop()
    dialog(saw, blocks=True, covers=1)
    assert found(saw) == []


def test_a_session_that_is_none_and_the_reverse() -> None:
    told = row("_ga", retention_days=(0, 0))
    assert [(one.rule, one.severity) for one in found(shop(), told)] == [
        ("outlives-declaration", "error")
    ]
    told = row("PHPSESSID", retention_days=(365, 365))
    assert [(one.rule, one.severity) for one in found(shop(), told)] == [
        ("outlives-declaration", "note")
    ]


@pytest.mark.parametrize(("days", "kept", "findings"), [(2, 3, 0), (2, 4, 1), (1, 1.9, 0)])
def test_a_lifetime_outlives_by_half_and_a_day(days: int, kept: float, findings: int) -> None:
    saw = shop()
    lifetime = int(kept * DAY)
    saw.stored = [
        msgspec.structs.replace(one, lifetime=lifetime) if one.name == "_ga" else one
        for one in saw.stored
    ]
    assert len(found(saw, row("_ga", retention_days=(days, days)))) == findings


def test_two_rows_that_disagree() -> None:
    told = declared()
    other = Declared("_ga", purpose="marketing", retention_days=(395, 395))
    told = msgspec.structs.replace(told, rows=(*told.rows, other))
    assert [(one.rule, one.severity) for one in found(shop(), told)] == [
        ("wrong-purpose", "warning")
    ]


def test_values_and_credentials_are_not_in_evidence() -> None:
    saw = shop()
    saw.stored.append(stored("_ga", "before", raw=f"_ga={IDENTIFIER}; Path=/"))
    sent = request("www.google-analytics.com", "before", f"/?cid={IDENTIFIER}")
    secret = sent.url.replace("://", "://user:secret@")
    saw.requests.append(msgspec.structs.replace(sent, url=secret))
    text = str(found(saw))
    assert IDENTIFIER not in text
    assert "secret" not in text
    assert "_ga=GA1.… (27 characters); Path=/" in text
