"""What a page's consent interfaces say: IAB's two, Google Consent Mode, the product's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adhere.scanner.dialogs import inside, stored
from adhere.scanner.observations import Signal

if TYPE_CHECKING:
    from playwright.async_api import Page


async def spoken(page: Page) -> list[Signal]:
    """What interfaces say by themselves, without what is stored."""
    script = inside.text_of("signals")
    answers = await inside.each(page, script[script.index("()") :], None)
    found = []
    for frame, rows in answers:
        for row in rows:
            if not isinstance(row.get("says"), dict):
                continue
            says = {str(name): on for name, on in row["says"].items() if isinstance(on, bool)}
            answered = row["answered"] if isinstance(row["answered"], bool) else None
            raw = str(row["raw"])
            found.append(Signal(source=row["source"], state="", page=frame.url, at=0, says=says,
                                answered=answered, raw=raw))  # fmt: skip
    return found


async def signals(page: Page) -> list[Signal]:
    """All that says whether the visitor has consented: interfaces first, then what is stored.

    ``state`` is empty and ``at`` 0: whoever asks knows them.
    """
    said = await spoken(page)
    return said + stored.signals_of(await stored.kept(page), page)
