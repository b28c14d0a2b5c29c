"""Each state is a visitor of its own; a choice is made, proved, and its effects are told apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adhere.scanner.observations import Observations
from adhere.scanner.scanning import Progress, scan
from adhere.scanner.tests.served import Answer, Asked, Site, html, script, served, set_cookie

BANNER = """<div id=bar role=dialog aria-label="Cookie consent"
 style="position:fixed;bottom:0;left:0;right:0;background:#fff;padding:20px">
<p>We use cookies for statistics and marketing. You can accept or reject them.</p>
<button id=yes>Accept all</button> <button id=no>Reject all</button></div>
<button id=again style="position:fixed;top:0;right:0">Cookie settings</button>
<script>
const said = document.cookie.match(/cookie_consent=(\\w+)/);
const load = () => document.head.append(
  Object.assign(document.createElement("script"), { src: "https://stats.example/tag.js" }));
const answer = (word) => {
  document.cookie = `cookie_consent=${word}; max-age=15552000; path=/`;
  bar.style.display = "none";
  if (word === "yes") load();
  else new Image().src = "https://told.example/refused";
};
yes.onclick = () => answer("yes");
no.onclick = () => answer("no");
again.onclick = () => { bar.style.display = "block"; };
if (said) { bar.style.display = "none"; if (said[1] === "yes") load(); }
addEventListener("scroll", () => { localStorage.setItem("scrolled", "1"); });
if (navigator.globalPrivacyControl) localStorage.setItem("gpc", "1");
// Comes back by itself, from a copy that is not a cookie.
let mark = localStorage.getItem("copy") || crypto.randomUUID();
localStorage.setItem("copy", mark);
document.cookie = `mark=${mark}; max-age=1000`;
sessionStorage.setItem("tab", sessionStorage.getItem("tab") || Math.random());
</script>"""


def front(asked: Asked) -> Answer:
    cookies = [set_cookie("gpc=seen")] if asked.headers.get("sec-gpc") == "1" else []
    tall = "<main style='height:3000px'><h1>Shop</h1><p>Much to read here.</p>"
    links = "<a href=/privacy>Privacy policy</a><a href=/about>About</a></main>"
    return html(tall + links + BANNER, *cookies)


WORLD = {
    "shop.example/": front,
    "shop.example/privacy": html("What we do with your data"),
    "shop.example/about": html("<img src=https://about.example/pixel>"),
    "stats.example/tag.js": script("document.cookie = 'stats=1; max-age=5000'"),
    "*.example/*": script(""),
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served(WORLD) as site:
        yield site


@pytest.fixture(scope="module")
def heard() -> list[Progress]:
    return []


@pytest.fixture(scope="module")
def saw(site: Site, heard: list[Progress]) -> Observations:
    return scan("https://shop.example/", site.options(max_pages=3), heard.append)


def hosts(saw: Observations, state: str, early: bool = False) -> set[str]:
    return {
        one.host
        for one in saw.requests
        if (one.state, one.early, one.third_party) == (state, early, True)
    }


def names(saw: Observations, state: str) -> set[str]:
    return {one.name for one in saw.stored if one.state == state and not one.early}


def test_every_state_is_visited_and_its_choice_made(saw: Observations) -> None:
    assert saw.states == ["before", "ignored", "refused", "accepted", "withdrawn", "gpc"]
    made = {one.state: (one.reached, len(one.signs) >= 2) for one in saw.choices}
    assert made == {
        "refused": (True, True),
        "accepted": (True, True),
        "withdrawn": (True, True),
    }


def test_what_a_choice_causes_is_told_apart_from_what_came_before_it(saw: Observations) -> None:
    assert hosts(saw, "accepted") == {"stats.example", "about.example"}
    assert hosts(saw, "accepted", early=True) == set()
    assert hosts(saw, "refused") == {"told.example", "about.example"}
    assert hosts(saw, "withdrawn", early=True) == {"stats.example"}
    assert hosts(saw, "before") == {"about.example"}


def test_ignoring_scrolls_without_answering(saw: Observations) -> None:
    assert "scrolled" in names(saw, "ignored")
    assert "cookie_consent" not in names(saw, "ignored")
    assert "scrolled" not in names(saw, "before")


def test_the_privacy_signal_is_sent_and_shown_to_scripts(saw: Observations) -> None:
    assert "gpc" in names(saw, "gpc")
    kinds = {one.kind for one in saw.stored if one.name == "gpc"}
    states = {one.state for one in saw.stored if one.name == "gpc"}
    assert (kinds, states) == ({"cookie", "local-storage"}, {"gpc"})


def test_visitors_share_nothing(saw: Observations) -> None:
    marks = {(one.state, one.value) for one in saw.stored if one.name == "copy"}
    visitors = {"accepted": "withdrawn"}  # who withdraws is who accepted
    owners = {(visitors.get(state, state), value) for state, value in marks}
    assert len(owners) == len({value for _, value in marks}) == len(saw.states) - 1


def test_a_page_loaded_afresh_still_has_its_session_storage(saw: Observations) -> None:
    values = {one.value for one in saw.stored if (one.name, one.state) == ("tab", "accepted")}
    assert len(values) == 1


def test_an_identifier_that_comes_back_after_deletion_is_seen(saw: Observations) -> None:
    (back,) = saw.respawned
    (copy,) = {one.value for one in saw.stored if (one.name, one.state) == ("copy", "refused")}
    assert (back.name, back.value, back.state) == ("mark", copy, "refused")
    assert back.set_by is not None


def test_every_state_sees_the_same_pages(saw: Observations) -> None:
    assert {(one.state, one.url.rpartition("/")[2]) for one in saw.pages} == {
        (state, page) for state in saw.states for page in ("", "privacy", "about")
    }
    assert not [one.failed for one in saw.pages if one.failed]


def test_the_policy_is_found_and_answers(saw: Observations) -> None:
    assert saw.links == {"https://shop.example/privacy": 200}


def test_each_choice_is_pictured(saw: Observations) -> None:
    assert {"before.png", "refused.png", "accepted.png"} <= set(saw.screenshots)
    assert all(one[:4] == b"\x89PNG" for one in saw.screenshots.values())


def test_progress_is_told_page_by_page(saw: Observations, heard: list[Progress]) -> None:
    assert [one.done for one in heard] == list(range(1, len(saw.pages) + 1))
    assert heard[-1].planned >= heard[-1].done
