"""Through settings to save: what the second layer of a dialog lets a visitor switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from adhere.scanner.dialogs import inside

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page

    from adhere.scanner.clock import Clock

LAYERS = 4
WORDS_APART = 3


class Presses(Struct):
    """The presses made so far, as a visitor's."""

    page: Page
    clock: Clock
    count: int = 0

    async def do(self, frame: Frame, what: str, **given: Any) -> bool:
        """Press what is asked for and let the page answer; False where it is not there."""
        if await inside.press(self.page, self.clock, frame, what, **given) is None:
            return False
        self.count += 1
        await inside.rested(self.page, self.clock)
        return True


async def walked(page: Page, presses: Presses, choice: str) -> bool:
    """Open layer after layer until the choice can be pressed, or switched and saved."""
    role = {"accept": ["accept"], "refuse": ["refuse"], "withdraw": ["refuse"]}.get(choice, [])
    opened: set[str] = set()
    for _ in range(LAYERS):
        found = await inside.seen(page)
        if found is None or found[1]["text"] in opened:
            return False
        frame, layer = found
        if opened and role and await presses.do(frame, "button", roles=role):
            return True
        ends = next((each for each in ("save", "close") if each in layer["roles"]), None)
        if ends and layer["switches"]:
            return (
                await switched(presses, frame, layer["switches"], choice)
                and await presses.do(frame, "button", roles=[ends])
                and (ends == "save" or await _confirmed(page, presses))
            )
        opened.add(layer["text"])
        if not await presses.do(frame, "button", roles=["settings"]):
            return False
    return False


async def _confirmed(page: Page, presses: Presses) -> bool:
    """Where settings only close, what was set is saved on the layer that they were opened from."""
    found = await inside.seen(page)
    return found is not None and await presses.do(found[0], "button", roles=["save"])


async def switched(
    presses: Presses, frame: Frame, switches: list[dict[str, Any]], choice: str
) -> bool:
    """Bring every switch where the choice wants it; False where one does not follow."""
    if choice.startswith("purpose:"):
        wanted = choice.partition(":")[2]
        if wanted not in {each["name"] for each in switches if not each["disabled"]}:
            return False
    for index, each in enumerate(switches):
        goal = choice == "accept" or choice == f"purpose:{each['name']}"
        if each["disabled"] or await inside.ask(frame, "toggled", index=index) == goal:
            continue
        at = {"index": index, "goal": goal}
        if await inside.press(presses.page, presses.clock, frame, "toggle", **at) is None:
            return False
        presses.count += 1
        if await inside.ask(frame, "toggled", index=index) not in (goal, None):
            await presses.clock.settle()
            if await inside.ask(frame, "toggled", index=index) != goal:
                return False
    return True


async def layers(page: Page, presses: Presses) -> list[tuple[Frame, dict[str, Any]]]:
    """Layer after layer, each opened from the one before; the last has the switches."""
    found = []
    for _ in range(LAYERS):
        now = await inside.seen(page, "whole")
        if now is None:
            break
        found.append(now)
        if now[1]["toggles"] and len(found) > 1:
            break
        if not await presses.do(now[0], "button", roles=["settings"]):
            break
    return found


async def purposes(page: Page, clock: Clock) -> list[str]:
    """The purposes that can be chosen each alone, by the names they have in the dialog."""
    reached = await layers(page, Presses(page, clock))
    toggles = reached[-1][1]["toggles"] if reached else []
    names = [each["name"] for each in toggles if not each["disabled"] and each["name"]]
    return list(dict.fromkeys(names))
