"""Who is behind a tracker: named by data with its source, and by nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adhere.errors import Problem
from adhere.scanner.declared import Declaration, Declared
from adhere.scanner.knowledge.brought import operators_hosts
from adhere.scanner.knowledge.corrections import corrections_in
from adhere.scanner.knowledge.knowing import Knowledge
from adhere.scanner.knowledge.known import COOKIES, HOSTS, NOBODY, OWN
from adhere.scanner.knowledge.names import matches, specific, stem
from adhere.scanner.knowledge.tables import hosts, open_cookies, own_cookies
from adhere.scanner.observations import Script
from adhere.scanner.tests.scan_cast import stored

NAMES = st.text(ascii_letters + digits + "_-.", min_size=1, max_size=20)


def who(
    name: str, domain: str = "shop.example", by: str = "", third: bool = False
) -> tuple[str, str]:
    script = Script(by) if by else None
    one = stored(name, "before", domain=domain, third_party=third, set_by=script)
    known = Knowledge().of_stored(one)
    return known.vendor, known.purpose


@pytest.mark.parametrize(
    ("name", "vendor", "purpose"),
    [
        ("_ga", "Google Analytics", "analytics"),
        ("_ga_1ABC", "Google Analytics", "analytics"),
        ("_gat_UA-1-2", "Google Analytics", "analytics"),
        ("_hjSessionUser_7", "Hotjar", "analytics"),
        ("ai_user", "Microsoft Application Insights", "analytics"),
        ("ajs_user_id", "Segment", "analytics"),
        ("_dd_s_v2", "Datadog", "analytics"),
        ("ph_phc_a1b2_posthog", "PostHog", "analytics"),
        ("_fbp", "Meta", "marketing"),
        ("klaro", "Klaro", "necessary"),
        ("tarteaucitron", "tarteaucitron.js", "necessary"),
        ("c15t", "c15t", "necessary"),
        ("adhere_consent", "Adhere", "necessary"),
        ("PHPSESSID", "", "necessary"),
    ],
)
def test_a_name_of_one_vendor_names_it(name: str, vendor: str, purpose: str) -> None:
    assert who(name) == (vendor, purpose)


@pytest.mark.parametrize(
    "name",
    ["sid", "SID", "srv_uid", "SR1", "fr", "_GA", "Klaro", "ph_x", "mp_1", "sp", "i", "user_id",
     "last_visit", "uid", "mboxes", "token", "NID"],
)  # fmt: skip
def test_a_name_that_anyone_may_use_names_nobody(name: str) -> None:
    assert who(name) == ("", "unknown")


def test_a_name_counts_within_its_vendors_domain() -> None:
    assert who("SID", ".google.com".lstrip("."), third=True) == ("Google", "marketing")
    assert who("fr", "facebook.com", third=True) == ("Facebook", "marketing")


def test_what_nobody_names_is_its_writers() -> None:
    assert who("abc", by="https://static.hotjar.com/c.js") == ("Hotjar", "analytics")
    assert who("abc", "adform.net", third=True) == ("Adform", "marketing")
    assert who("abc_consent", by="https://static.hotjar.com/c.js") == ("Hotjar", "unknown")


def test_functional_proves_nothing() -> None:
    functional = [one for one in open_cookies() if one.known.why in {"Functional", "Security"}]
    assert len(functional) == 1001
    assert {one.known.purpose for one in functional} == {"unknown"}


def test_the_data_is_whole_and_names_its_source() -> None:
    assert len(open_cookies()) == 2264
    assert len(hosts()) == 3065
    sources = {(one.known.source, one.known.version) for one in (*open_cookies(), *own_cookies())}
    assert sources == {COOKIES, OWN}
    assert {(known.source, known.version) for known, _ in hosts().values()} == {HOSTS, OWN}


@given(NAMES)
def test_a_name_matches_itself_alone(name: str) -> None:
    assert matches(name, name)
    assert not matches(name, name + "~")
    assert name.swapcase() == name or not matches(name, name.swapcase()) or "X" in name


@given(NAMES.filter(lambda name: "X" not in name and "..." not in name), NAMES)
def test_a_pattern_matches_what_begins_with_it(start: str, rest: str) -> None:
    for wild in ("*", "<id>", "{id}", "[id]", "…"):
        assert matches(start + wild, start + rest)
        assert not matches(start + wild, "~" + start + rest)
        assert stem(start + wild) == start
    assert matches(start + "*", start)
    assert not matches(start + "<id>", start)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("_gat_UA-XXXXXXX-X", "_gat_UA-1234567-1"),
        ("_gat_UA-…", "_gat_UA-12"),
        ("_ga_<container-id>", "_ga_ABC123"),
        ("wp-settings-[UID]", "wp-settings-12"),
        ("_pk_id.*", "_pk_id.1.ab"),
    ],
)
def test_patterns_as_policies_write_them(pattern: str, name: str) -> None:
    assert matches(pattern, name)
    row = Declared(pattern)
    assert Declaration((row,)).row_of("cookie", name, "shop.example") == row


@given(NAMES)
def test_three_characters_never_name_anyone(name: str) -> None:
    assert not specific(name[:3] + "*")


def test_the_very_name_goes_before_a_pattern() -> None:
    rows = (Declared("_ga*"), Declared("_ga"), Declared("_ga_*"))
    told = Declaration(rows)
    assert told.row_of("cookie", "_ga", "shop.example") == rows[1]
    assert told.row_of("cookie", "_ga_1", "shop.example") == rows[2]
    assert told.rows_of("cookie", "_ga_1", "shop.example") == [rows[0], rows[2]]


def test_a_vendor_is_declared_by_its_first_word_or_its_whole_name() -> None:
    told = Declaration((Declared("x", vendor="Google Ireland"),), text="We use Hotjar.")
    assert [told.names(each) for each in ("Google/Doubleclick Ads", "Hotjar", "Meta", "")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_a_correction_goes_first_and_keeps_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "corrections.json"
    told = {"name": "_ga*", "domain": "shop.example", "purpose": "necessary", "reason": "DPIA 7"}
    file.write_text(json.dumps([told, {"domain": "t.example", "purpose": "analytics",
                                       "vendor": "Tee", "reason": "our own"}]))  # fmt: skip
    knowledge = Knowledge(corrections_in(file))
    known = knowledge.of_stored(stored("_ga_1", "before", domain="www.shop.example"))
    assert (known.purpose, known.why, known.source) == ("necessary", "DPIA 7", "operator")
    assert knowledge.of_stored(stored("_ga", "before", domain="b.example")).purpose == "analytics"
    assert knowledge.of_host("x.t.example").vendor == "Tee"
    assert knowledge.of_host("u.example") == NOBODY


@pytest.mark.parametrize(
    "text", ["[", '[{"purpose": "analytics"}]', '[{"purpose": "a", "reason": " "}]',
             '[{"purpose": "a", "reason": "b", "nam": "x"}]'],
)  # fmt: skip
def test_a_correction_without_reason_or_sense_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "corrections.json"
    file.write_text(text)
    with pytest.raises(Problem):
        corrections_in(file)


def test_the_operators_lists_add_what_ours_do_not_know(tmp_path: Path) -> None:
    (tmp_path / "trackerdb.json").write_text(json.dumps({
        "domains": {"seen.example": "1"},
        "patterns": {"1": {"name": "Seer", "category": "site_analytics", "organization": "o"}},
        "organizations": {"o": {"name": "Seer Inc"}},
    }))  # fmt: skip
    (tmp_path / "services.json").write_text(json.dumps({
        "categories": {"Advertising": [{"Addy": {"https://addy.example": ["addy.example"]}}]},
    }))  # fmt: skip
    (tmp_path / "domains" / "BE").mkdir(parents=True)
    (tmp_path / "domains" / "BE" / "radar.example.json").write_text(json.dumps({
        "domain": "radar.example", "owner": {"displayName": "Radar"}, "categories": ["Analytics"],
    }))  # fmt: skip
    knowledge = Knowledge.with_data(tmp_path)
    told = {
        host: (known.vendor, known.purpose, known.source)
        for host in ("a.seen.example", "addy.example", "radar.example", "www.google-analytics.com")
        if (known := knowledge.of_host(host))
    }
    assert told == {
        "a.seen.example": ("Seer", "analytics", "Ghostery TrackerDB"),
        "addy.example": ("Addy", "marketing", "Disconnect"),
        "radar.example": ("Radar", "analytics", "DuckDuckGo Tracker Radar"),
        "www.google-analytics.com": ("Google Analytics", "analytics", "third-party-web"),
    }
    assert knowledge.of_host("addy.example").version.startswith("sha256:")


def test_a_folder_without_a_list_or_with_a_broken_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        operators_hosts(tmp_path)
    (tmp_path / "services.json").write_text('{"categories": [1]}')
    with pytest.raises(Problem):
        operators_hosts(tmp_path)
