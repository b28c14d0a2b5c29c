"""Consent dialogs of many shapes, each on a page of its own, and a browser that answers them."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from playwright.async_api import Page, async_playwright

from adhere.scanner.clock import Clock
from adhere.scanner.dialogs import SCRIPTS
from adhere.scanner.tests.served import Handler, html, served

T = TypeVar("T")
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
BOX = "position:fixed;bottom:0;left:0;right:0;background:#fff;padding:20px"


def keep(says: str) -> str:
    """A script that stores an answer and takes the box away."""
    stored = f"encodeURIComponent(JSON.stringify({says}))"
    return f"document.cookie='site_consent='+{stored};box.remove()"


YES = keep("{analytics:true,ads:true}")
NO = keep("{analytics:false,ads:false}")
SWITCHES = """<div id=more hidden><label><input type=checkbox disabled checked> Necessary</label>
<label><input type=checkbox id=analytics {on}> Analytics</label>
<label><input type=checkbox id=ads> Advertising, legitimate interest</label>
<button onclick="{save}">{words}</button></div>"""
SAVE = keep("{analytics:analytics.checked,ads:ads.checked}")
OPEN = "more.hidden=false;first.hidden=true"


def box(text: str, *buttons: tuple[str, str], more: str = "", style: str = BOX) -> str:
    inner = "".join(f'<button onclick="{act}">{label}</button> ' for label, act in buttons)
    return (
        f'<div id=box role=dialog aria-label=Cookies style="{style}">'
        f"<div id=first><p>{text}</p>{inner}</div>{more}</div>"
    )


def layers(settings: str, save: str, on: str = "", accept: str = "Accept all") -> str:
    more = SWITCHES.format(save=SAVE, words=save, on=on)
    return box("We use cookies.", (accept, YES), (settings, OPEN), more=more)


SIMPLE = box("We use cookies.", ("Accept", YES), ("Reject", NO))
FRAMED = box("We use cookies.", ("Accept", YES), ("Reject", NO), style="padding:10px")
SHADOW = """<div id=host></div><script>
const root = host.attachShadow({{mode: '{mode}'}});
root.innerHTML = `{inside}`;
window.box = host;
</script>"""
PAGES: dict[str, str] = {
    "plain": box("We use cookies.", ("Accept all", YES), ("Reject all", NO))
    + "<footer><button onclick=\"location.reload()\">News</button></footer>",
    "framed": '<iframe src="/inside" title=Cookies style="position:fixed;bottom:0;left:0;'
    'width:600px;height:200px"></iframe>',
    "open": SHADOW.format(mode="open", inside=SIMPLE),
    "closed": SHADOW.format(mode="closed", inside=SIMPLE),
    "two": layers("Settings", "Save my choices"),
    "ticked": layers("Settings", "Save my choices", on="checked"),
    "notice": box("This site uses cookies.", ("Got it", keep("{seen:true}"))),
    "wall": box("Read on with advertising cookies, or without for € 3.99 a month.",
                ("Accept and read on", YES), ("Subscribe", "location='/pay'"),
                style="position:fixed;inset:0;background:#fff"),
    "lying": box("We use cookies.", ("Accept", YES), ("Reject", YES)),
    "hiding": box("We use cookies.", ("Accept", "box.hidden=true"), ("Reject", "box.hidden=true")),
    "sticky": box("We use cookies.", ("Accept", YES.replace("box.remove()", "")),
                  ("Reject", NO.replace("box.remove()", ""))),
    "bulgarian": box("Този сайт използва бисквитки.", ("Приемам всички", YES), ("Отказвам", NO)),
    "greek": box("Χρησιμοποιούμε cookies με τη συγκατάθεσή σας.",
                 ("Αποδοχή όλων", YES), ("Μόνο τα απαραίτητα", NO)),
    "estonian": box("Kasutame küpsiseid teie nõusolekul.", ("Nõustun kõigiga", YES),
                    ("Ainult vajalikud", NO)),
    "maltese": box("Nużaw il-cookies bil-kunsens tiegħek.", ("Aċċetta kollha", YES),
                   ("Irrifjuta kollha", NO)),
    "none": "<h1>Bread</h1><p>About cookies and how we bake them.</p>"
    "<a href='/cookies'>Cookie policy</a>",
    "covered": box("We use cookies.", ("Accept", YES), ("Reject", NO))
    + "<div style='position:fixed;inset:0;z-index:9;background:#000'></div>",
    "back": box("We use cookies.", ("Accept all", YES.replace("box.remove()", "box.hidden=true")),
                ("Reject all", NO.replace("box.remove()", "box.hidden=true")))
    + "<footer><a href='#' onclick='box.hidden=false;return false'>Cookie settings</a></footer>",
}  # fmt: skip


def visit(name: str, work: Callable[[Page, Clock], Coroutine[Any, Any, T]], **more: Handler) -> T:
    """What the work on a fresh visitor's page gives; in a thread that has no loop yet."""
    answers: dict[str, Handler] = {f"shop.localhost/{k}": html(v) for k, v in PAGES.items()}
    answers["shop.localhost/inside"] = html(FRAMED)
    answers |= {f"shop.localhost/{key}": answer for key, answer in more.items()}

    async def whole(address: str) -> T:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=next(filter(None, map(shutil.which, CHROMIUM))),
                args=["--no-sandbox", "--disable-blink-features=AutomationControlled"],
            )
            page = await browser.new_page(viewport={"width": 1000, "height": 700})
            for script in SCRIPTS:
                await page.add_init_script(script)
            clock = await Clock.of(page)
            await page.goto(address)
            await clock.rest(1)
            try:
                return await work(page, clock)
            finally:
                await clock.close()
                await browser.close()

    with served(answers) as site:
        return threaded(lambda: whole(f"http://shop.localhost:{site.port}/{name}"))


def threaded(start: Callable[[], Coroutine[Any, Any, T]]) -> T:
    found: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(asyncio.run(start()))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]
