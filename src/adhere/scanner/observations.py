"""What a scan of a website saw: plain data, as recorded, before anything is judged of it.

Times are seconds since the navigation of the page began, on the page's own clock. ``state`` is
`before`, `ignored`, `refused`, `accepted`, `purpose:<name>`, `withdrawn` or `gpc`. ``early`` is
that it happened in such a state before the choice was made, so that it says nothing of how the
choice is honoured.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

Storage = Literal[
    "cookie", "local-storage", "session-storage", "indexed-db", "cache", "service-worker"
]
Written = Literal["header", "script", "found"]
Role = Literal["accept", "refuse", "settings", "save", "close", "withdraw", "link", "other"]


class Script(Struct, frozen=True):
    """The place in a script that did something: line and column from 1, as browsers show them."""

    url: str
    line: int = 0
    column: int = 0
    function: str = ""


class Stored(Struct, frozen=True):
    """Something written to the visitor's browser, or found there at the end of a state.

    ``domain`` is a cookie's domain without its leading dot, else the host of the origin.
    ``lifetime`` is in seconds as it was written, not as the browser capped it; None where none
    was written (a session cookie, local storage). ``removed`` is a write that deletes. ``raw`` is
    the `Set-Cookie` line or the script's own text. ``blocked`` says why the browser did not keep
    it.
    """

    kind: Storage
    name: str
    domain: str
    state: str
    page: str
    at: float
    how: Written
    value: str = ""
    frame: str = ""
    lifetime: int | None = None
    removed: bool = False
    path: str = "/"
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    partitioned: bool = False
    third_party: bool = False
    raw: str = ""
    early: bool = False
    set_by: Script | None = None
    blocked: str = ""


class Request(Struct, frozen=True):
    """A request that left the browser. ``kind`` as Chromium names resource types, in lower case,
    with `beacon`, `websocket`, `worker` and `prefetch` beside them.

    ``canonical`` is the host that a CNAME record leads to, where it is another site's.
    """

    url: str
    host: str
    kind: str
    state: str
    page: str
    at: float
    method: str = "GET"
    frame: str = ""
    third_party: bool = False
    status: int = 0
    failed: str = ""
    redirected_from: str = ""
    referrer: str = ""
    body: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    early: bool = False
    set_by: Script | None = None


class Probing(Struct, frozen=True):
    """An interface read that tells browsers apart: `canvas`, `webgl`, `audio`, `fonts`, …"""

    interface: str
    call: str
    state: str
    page: str
    at: float
    count: int = 1
    third_party: bool = False
    early: bool = False
    set_by: Script | None = None


class Signal(Struct, frozen=True):
    """What a consent interface of the page says: `tcf`, `gpp`, `google-consent-mode`, `product`.

    ``says`` is what is granted (True) or denied (False) for each purpose, by its own names.
    ``answered`` is whether it says that the visitor has chosen.
    """

    source: str
    state: str
    page: str
    at: float
    says: dict[str, bool] = field(default_factory=dict)
    answered: bool | None = None
    raw: str = ""


class Button(Struct, frozen=True):
    """Something to press in a consent dialog. Sizes in CSS pixels, colours as `#rrggbb`."""

    label: str
    role: Role
    layer: int = 1
    selector: str = ""
    width: float = 0
    height: float = 0
    colour: str = ""
    background: str = ""
    font_size: float = 0
    font_weight: int = 400
    visible: bool = True


class Toggle(Struct, frozen=True):
    """A purpose that can be switched in a dialog."""

    name: str
    on: bool
    disabled: bool = False
    legitimate_interest: bool = False


class Fault(Struct, frozen=True):
    """What keeps people from using the dialog, by an axe rule id or `keyboard`, `focus`."""

    rule: str
    why: str
    target: str = ""


class Dialog(Struct, frozen=True):
    """The consent dialog as a first visit meets it.

    Clicks are None where it cannot be done. ``covers`` is the share of the window (0 to 1) that
    it takes with its backdrop; ``blocks`` is that the page behind it cannot be read or scrolled.
    ``price`` is the text that asks money for refusing.
    """

    found: bool = False
    product: str = ""
    text: str = ""
    language: str = ""
    frame: str = ""
    shadow: bool = False
    buttons: tuple[Button, ...] = ()
    toggles: tuple[Toggle, ...] = ()
    links: tuple[str, ...] = ()
    covers: float = 0
    blocks: bool = False
    price: str = ""
    faults: tuple[Fault, ...] = ()
    accept_clicks: int | None = None
    refuse_clicks: int | None = None
    withdraw_clicks: int | None = None


class Choice(Struct, frozen=True):
    """Whether a state was reached: ``signs`` are the independent signals that say so.

    A choice with fewer than two signs counts as not made. ``screenshot`` names a picture.
    """

    state: str
    page: str
    reached: bool
    why: str = ""
    signs: tuple[str, ...] = ()
    clicks: int = 0
    screenshot: str = ""


class Page(Struct, frozen=True):
    """A page visited in one state. ``ms`` is the time taken in reality, ``status`` HTTP's.

    ``failed`` says why it could not be seen, in a plain sentence.
    """

    url: str
    state: str
    ms: int = 0
    status: int = 0
    failed: str = ""
    final_url: str = ""
    title: str = ""
    links: tuple[str, ...] = ()
    policy_links: tuple[str, ...] = ()
    settled: bool = True


class Canary(Struct, frozen=True):
    """Whether the browser in use stores what a visitor's browser would, by kind of storage."""

    browser: str
    kept: dict[str, bool] = field(default_factory=dict)
    tried: datetime | None = None

    @property
    def sound(self) -> bool:
        """Whether everything that was tried was seen."""
        return bool(self.kept) and all(self.kept.values())


class Observations(Struct):
    """All that one scan saw. ``screenshots`` are PNG or WebP by name; ``har`` is HAR 1.2.

    ``links`` are the HTTP status of each policy link tried, 0 where nothing answered.
    ``blocked`` are writes that the browser refused; they are not in ``stored``. ``respawned`` are
    identifiers that came back with the same value after they had been deleted.
    """

    url: str
    started: datetime
    seconds: float = 0
    canary: Canary | None = None
    states: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    dialog: Dialog = field(default_factory=Dialog)
    stored: list[Stored] = field(default_factory=list)
    blocked: list[Stored] = field(default_factory=list)
    respawned: list[Stored] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    probings: list[Probing] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    links: dict[str, int] = field(default_factory=dict)
    screenshots: dict[str, bytes] = field(default_factory=dict)
    har: dict[str, object] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
