"""Websites with violations that are known, and the clean twin of each.

`shop.example` asks and does not care for the answer, `settings.example` makes refusing hard,
`signal.example` tells others of a refusal as consent, `wall.example` cannot be refused,
`blog.example` does not ask at all. ``EXPECTED`` are all findings of each, as rule and subject.
"""

from __future__ import annotations

from adhere.scanner.declared import Declaration, Declared
from adhere.scanner.tests.served import Answer, Handler, html, script, set_cookie

_CORS = ("Access-Control-Allow-Origin", "*")
_PAGES = "<p>" + "A shop sells things that people like to buy. " * 20 + "</p>"
_LONG = "<div style='height:3000px'></div>"
_POLICY = "<h1>Cookie policy</h1>" + "<p>We use cookies and name each of them here.</p>" * 20

# A dialog in a few lines: choice in `cookie_consent`, a button at the foot that opens it again.
_DIALOG = """
<div id="consent" role="dialog" aria-modal="false" aria-label="Cookies" hidden
 style="position:fixed;bottom:0;left:0;right:0;background:#fff;padding:20px;border:2px solid #000">
<p>We use cookies to measure visits and to show advertisements. Do you agree?
<a href="%(policy)s">Cookie policy</a></p>%(buttons)s</div>
<style>button{padding:8px 16px}</style>
<footer><button id="again">Cookie settings</button></footer>
<script>
const box = document.getElementById("consent");
const has = () => (document.cookie.match(/cookie_consent=(\\w+)/) || [])[1];
const show = () => { box.hidden = false; };
const choose = (answer) => {
  document.cookie = "cookie_consent=" + answer + ";path=/;secure;max-age=15552000";
  box.hidden = true;
  window.chosen(answer);
};
document.getElementById("again").onclick = show;
window.chosen = window.chosen || (() => 0);
for (const each of document.querySelectorAll("[data-answer]"))
  each.onclick = () => choose(each.dataset.answer);
if (!has()) show(); else window.chosen(has());
</script>"""

_EQUAL = (
    '<button data-answer="yes">Accept all</button> <button data-answer="no">Reject all</button>'
)
_UNEQUAL = """<button data-answer="yes" style="width:300px;height:60px;font-size:24px;
background:#003366;color:#ffffff">Accept all</button>
<button data-answer="no" style="width:90px;height:24px;font-size:10px;background:#dddddd;
color:#bbbbbb;border:0;padding:0">Reject all</button>"""
_ID = "8f3a91c07b6e42d5a1"

_KEEP = "const keep = (line) => { document.cookie = line + ';path=/;secure'; };"
# Everything at once, whatever the visitor says.
_SHOP = f"""{_KEEP}
window.dataLayer = window.dataLayer || [];
window.gtag = function gtag() {{ dataLayer.push(arguments); }};
gtag("consent", "default", {{ad_storage: "granted", analytics_storage: "granted"}});
keep("_ga=GA1.1.1234567890.1700000001;max-age=63072000");
document.cookie = "_gid=GA1.1.987654321.1700000001;path=/;max-age=86400";
keep("_fbp=fb.1.1700000001.1234567891;max-age=7776000");
keep("zq=77aa3b91c07b6e4210;max-age=8640000");
localStorage.setItem("ajs_anonymous_id", "5d1c2b3a-0f4e-4c6d-9e8f-7a6b5c4d3e2f");
sessionStorage.setItem("tab_visitor", "4f5e6d7c8b9a0f1e");
indexedDB.open("visitor-store", 1);
new Image().src = "https://www.google-analytics.com/collect?v=1&cid=1234567890.1700000001";
new Image().src = "https://pixel.example/p.gif?email=anna%40shop.example";
new Image().src = "https://ad.doubleclick.net/sync";
addEventListener("scroll", () => {{
  if (!/_uetsid/.test(document.cookie)) keep("_uetsid=1a2b3c4d5e6f7a8b;max-age=86400");
}});
if (!localStorage.ever) localStorage.ever = crypto.randomUUID();
keep("evercookie=" + localStorage.ever + ";max-age=86400");
window.chosen = (answer) => {{
  const now = answer == "yes" ? "granted" : "denied";
  gtag("consent", "update", {{ad_storage: now, analytics_storage: now}});
  keep("_hjSessionUser_1=" + crypto.randomUUID() + ";max-age=31536000");
  new Image().src = "https://static.hotjar.com/h.gif?x=1";
}};"""
_FINGERPRINT = """
const canvas = document.createElement("canvas");
const pen = canvas.getContext("2d");
pen.fillText("Adhere 123", 2, 2);
window.print1 = canvas.toDataURL();
const gl = document.createElement("canvas").getContext("webgl");
if (gl) { gl.getParameter(gl.VENDOR); gl.getParameter(gl.RENDERER); gl.getSupportedExtensions(); }
try {
  const audio = new OfflineAudioContext(1, 44100, 44100);
  audio.createOscillator();
  audio.startRendering();
} catch (error) {}"""
_AFTER_CONSENT = f"""{_KEEP}
window.chosen = (answer) => {{
  if (answer != "yes") {{
    for (const name of ["_ga", "_fbp"]) document.cookie = name + "=;max-age=0;path=/;secure";
    return;
  }}
  keep("_ga=GA1.1.1234567890.1700000001;max-age=33696000");
  keep("_fbp=fb.1.1700000001.1234567891;max-age=7776000");
  new Image().src = "https://www.google-analytics.com/collect?v=1&cid=1234567890.1700000001";
}};"""
_SESSION = set_cookie("PHPSESSID=2f6b1c9d8e7a; Path=/; Secure; HttpOnly; SameSite=Lax")
_HEAD = '<script src="/app.js"></script>'


def _page(buttons: str, policy: str = "/cookies", head: str = _HEAD, *headers: object) -> Answer:
    body = _PAGES + _LONG + _DIALOG % {"policy": policy, "buttons": buttons}
    return html(body, *headers, head=head)  # type: ignore[arg-type]


_IDE = set_cookie(
    f"IDE={_ID}; Path=/; Domain=doubleclick.net; Secure; SameSite=None; Max-Age=33696000"
)
_TO_PARTNER = ("Location", f"https://ib.adnxs.com/match?google_id={_ID}")
_PIXEL = Answer(b"", "image/gif", headers=(_CORS,))

_SIGNAL = """
window.dataLayer = window.dataLayer || [];
window.gtag = function gtag() { dataLayer.push(arguments); };
gtag("consent", "default", {ad_storage: "denied"});
window.chosen = () => gtag("consent", "update", {ad_storage: "granted"});"""
_SETTINGS = """<div id="first"><button data-answer="yes">Accept all</button>
<button onclick="first.hidden=true;second.hidden=false">Settings</button></div>
<div id="second" hidden>
<label><input type="checkbox" checked disabled> Necessary</label>
<label><input type="checkbox" id="s" checked> Statistics</label>
<label><input type="checkbox" id="a" checked> Advertising</label>
<button onclick="choose(s.checked || a.checked ? 'yes' : 'no')">Save settings</button></div>"""
_WALL = """<div style="height:100vh"><button data-answer="yes">Accept all</button>
<a href="https://pay.example/">Subscribe without advertising for € 3.99 per month</a></div>"""
_EQUAL_SETTINGS = """<div id="first"><button data-answer="yes">Accept all</button>
<button data-answer="no">Reject all</button>
<button onclick="first.hidden=true;second.hidden=false">Settings</button></div>
<div id="second" hidden>
<label><input type="checkbox" checked disabled> Necessary</label>
<label><input type="checkbox" id="a"> Advertising</label>
<button onclick="choose(a.checked ? 'yes' : 'no')">Save settings</button></div>"""
_ADVERTISING = f"""{_KEEP}
window.chosen = (answer) => {{
  if (answer == "yes") keep("_fbp=fb.1.1700000001.1234567891;max-age=7776000");
  else document.cookie = "_fbp=;max-age=0;path=/;secure";
}};"""
_TRUE_SIGNAL = """
window.dataLayer = window.dataLayer || [];
window.gtag = function gtag() { dataLayer.push(arguments); };
gtag("consent", "default", {ad_storage: "denied"});
window.chosen = (answer) =>
  gtag("consent", "update", {ad_storage: answer == "yes" ? "granted" : "denied"});"""
_PAPER = f'{_EQUAL} <a href="https://pay.example/">Subscribe to our printed paper</a>'

DIRTY: dict[str, Handler] = {
    "shop.example/": _page(
        _UNEQUAL,
        "/gone",
        _HEAD + '<script src="https://fp.example/fp.js"></script>',
        set_cookie("PHPSESSID=2f6b1c9d8e7a; Path=/"),
    ),
    "shop.example/app.js": script(_SHOP),
    "fp.example/fp.js": script(_FINGERPRINT),
    "ad.doubleclick.net/sync": Answer(status=302, headers=(_TO_PARTNER, _IDE)),
    "ib.adnxs.com/match": _PIXEL,
    "www.google-analytics.com/collect": _PIXEL,
    "pixel.example/p.gif": _PIXEL,
    "static.hotjar.com/h.gif": _PIXEL,
    "settings.example/": _page(_SETTINGS, "/cookies", _HEAD, _SESSION),
    "settings.example/app.js": script(_AFTER_CONSENT),
    "settings.example/cookies": html(_POLICY),
    "signal.example/": _page(_EQUAL, "/cookies", _HEAD, _SESSION),
    "signal.example/app.js": script(_SIGNAL),
    "signal.example/cookies": html(_POLICY),
    "wall.example/": html(
        _PAGES
        + (_DIALOG % {"policy": "/cookies", "buttons": _WALL}).replace(
            '<footer><button id="again">Cookie settings</button></footer>', '<i id="again"></i>'
        )
        + "<style>body{overflow:hidden}#consent{top:0}</style>",
        head=_HEAD,
    ),
    "wall.example/app.js": script(_AFTER_CONSENT),
    "wall.example/cookies": html(_POLICY),
    "blog.example/": html(
        _PAGES + '<a href="/cookies">Cookie policy</a>',
        head="<script>document.cookie='_ga=GA1.1.1234567890.1700000001;secure'</script>",
    ),
    "blog.example/cookies": html(_POLICY),
}
CLEAN: dict[str, Handler] = {
    "shop.example/": _page(_EQUAL, "/cookies", _HEAD, _SESSION),
    "shop.example/app.js": script(_AFTER_CONSENT),
    "shop.example/cookies": html(_POLICY),
    "www.google-analytics.com/collect": _PIXEL,
    "settings.example/": _page(_EQUAL_SETTINGS, "/cookies", _HEAD, _SESSION),
    "settings.example/app.js": script(_ADVERTISING),
    "settings.example/cookies": html(_POLICY),
    "signal.example/": _page(_EQUAL, "/cookies", _HEAD, _SESSION),
    "signal.example/app.js": script(_TRUE_SIGNAL),
    "signal.example/cookies": html(_POLICY),
    "wall.example/": _page(_PAPER, "/cookies", _HEAD),
    "wall.example/app.js": script(_AFTER_CONSENT),
    "wall.example/cookies": html(_POLICY),
    "blog.example/": html(_PAGES + '<a href="/cookies">Cookie policy</a>'),
    "blog.example/cookies": html(_POLICY),
}

SOUND = Declaration(
    (
        Declared("PHPSESSID", purpose="necessary", strictly_necessary=True, retention_days=(0, 0)),
        Declared(
            "cookie_consent",
            purpose="necessary",
            strictly_necessary=True,
            retention_days=(180, 180),
        ),
        Declared("_ga", vendor="Google", purpose="analytics", retention_days=(390, 390)),
        Declared("_fbp", vendor="Meta", purpose="marketing", retention_days=(90, 90)),
    ),
    "policy.md",
    "Google Analytics measures visits; Meta shows advertisements.",
)
UNSOUND = Declaration(
    (
        Declared("PHPSESSID", purpose="necessary", strictly_necessary=True, retention_days=(0, 0)),
        Declared("cookie_consent", purpose="necessary", strictly_necessary=True),
        Declared("_ga", purpose="analytics", retention_days=(30, 30), retention="30 days"),
        Declared("_gid", strictly_necessary=True, purpose="necessary"),
        Declared("_fbp", vendor="Meta", purpose="preferences", retention_days=(90, 90)),
        Declared("IDE", party="first", purpose="marketing", retention_days=(390, 390)),
        Declared("never_there", purpose="analytics"),
    ),
    "policy.md",
    "Google measures visits.",
)

_MEASURING = ("_ga", "_gid", "_fbp", "ajs_anonymous_id", "IDE")
_UNKNOWN = ("zq", "tab_visitor", "visitor-store", "ever", "evercookie")
_ASKED = ("www.google-analytics.com", "pixel.example", "ad.doubleclick.net", "ib.adnxs.com")
EXPECTED: dict[str, set[tuple[str, str]]] = {
    "shop.example": {
        *(("tracker-before-consent", name) for name in (*_MEASURING, *_UNKNOWN)),
        *(("request-before-consent", host) for host in _ASKED),
        *(
            ("tracker-despite-refusal", name)
            for name in (*_MEASURING, *_UNKNOWN, "_hjSessionUser_1")
        ),
        *(("request-despite-refusal", host) for host in (*_ASKED, "static.hotjar.com")),
        *(("tracker-despite-gpc", name) for name in _MEASURING),
        *(
            ("tracker-survives-withdrawal", name)
            for name in (*_MEASURING, *_UNKNOWN, "_hjSessionUser_1", "_uetsid")
        ),
        *(
            ("undeclared-tracker", name)
            for name in (*_UNKNOWN, "ajs_anonymous_id", "_hjSessionUser_1", "_uetsid")
        ),
        *(("undeclared-vendor", name) for name in ("Hotjar", "AppNexus", "pixel.example")),
        ("declared-not-seen", "never_there"),
        ("outlives-declaration", "_ga"),
        ("wrong-purpose", "_fbp"),
        ("wrong-party", "IDE"),
        ("not-strictly-necessary", "_gid"),
        ("consent-by-continuing", "_uetsid"),
        ("fingerprinting", "fp.example"),
        ("cookie-syncing", "ib.adnxs.com"),
        ("identifier-in-url", "www.google-analytics.com"),
        ("identifier-in-url", "pixel.example"),
        ("long-lived-tracker", "_ga"),
        ("insecure-cookie", "PHPSESSID"),
        ("insecure-cookie", "_gid"),
        ("policy-unreachable", "https://shop.example/gone"),
        ("dialog-not-accessible", "color-contrast"),
        ("consent-before-choice", "google-consent-mode"),
        ("misleading-buttons", "Reject all"),
        ("tracker-respawns", "evercookie"),
    },
    "settings.example": {
        ("no-refusal", "dialog"),
        ("refusal-harder-than-acceptance", "dialog"),
        ("preselected-purpose", "Statistics"),
        ("preselected-purpose", "Advertising"),
        ("withdrawal-harder-than-acceptance", "dialog"),
        ("tracker-despite-refusal", "_ga"),
        ("tracker-despite-refusal", "_fbp"),
        ("request-despite-refusal", "www.google-analytics.com"),
    },
    "signal.example": {("refusal-recorded-as-consent", "google-consent-mode")},
    "wall.example": {
        ("no-refusal", "dialog"),
        ("dialog-blocks-reading", "dialog"),
        ("no-way-to-withdraw", "dialog"),
    },
    "blog.example": {
        ("no-dialog", "blog.example"),
        ("tracker-before-consent", "_ga"),
        ("tracker-despite-gpc", "_ga"),
    },
}
