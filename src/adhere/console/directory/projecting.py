"""From what a directory says of somebody to the fields of a person, without any database."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from scim2_models import InvalidValueException

from adhere.console.directory.shapes import Email, Employment, EnterpriseUser, Manager

LANGUAGES = ("en", "nl", "fr", "de")
_OUTSIDERS = re.compile(r"contract|extern|consult|freelance|temp|vendor", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def projected(user: Any, today: date, known: dict[str, Any]) -> dict[str, Any]:
    """The fields of the person; where the directory says nothing, ``known`` or a default.

    Somebody inactive left today, or on the day that was known before. A word for outsiders in
    ``userType`` makes a contractor, anything else an employee.
    """
    given = user.EnterpriseUser or EnterpriseUser()
    manager = given.manager.value if given.manager else None
    kind = user.user_type or ""
    said = user.preferred_language or ""
    language = next((each for each in LANGUAGES if said.lower().startswith(each)), "en")
    return {
        "name": name_of(user),
        "email": address_of(user),
        "role": "contractor" if _OUTSIDERS.search(kind) else "employee",
        "supervisor": manager or "",
        "joined": _day(user, "joined") or known.get("joined") or today,
        "left": _left(user, today, known.get("left")),
        "language": language if said else known.get("language", "en"),
    }


def _left(user: Any, today: date, known: date | None) -> date | None:
    said = _day(user, "left")
    if user.active is not False:
        return said
    days = [each for each in (said, known, today) if each and each <= today]
    return min(days)


def _day(user: Any, name: str) -> date | None:
    said = getattr(user.Employment, name) if user.Employment else None
    if not said:
        return None
    try:
        if not _DAY.match(said):
            raise ValueError(said)
        return date.fromisoformat(said[:10])
    except ValueError:
        raise InvalidValueException(
            detail=f"{name}: “{said[:40]}” is no day (expected one such as 2026-03-14)"
        ) from None


def name_of(user: Any) -> str:
    """How a person is called."""
    name = user.name
    parts = [name.given_name, name.family_name] if name else []
    whole = " ".join(part for part in parts if part)
    formatted = name.formatted if name else None
    return str(user.display_name or formatted or whole or user.user_name)


def address_of(user: Any) -> str:
    """The primary address, else the first at work, else the first; else the user name's."""
    emails = [each for each in user.emails or [] if each.value]
    ranked = sorted(emails, key=lambda each: (not each.primary, each.type != "work"))
    if ranked:
        return str(ranked[0].value)
    name = user.user_name or ""
    return name if re.fullmatch(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+", name) else ""


def overlaid(user: Any, now: dict[str, Any], recorded: dict[str, Any]) -> Any:
    """The resource, with what was corrected here since it was ``recorded`` from it."""
    changed = {name for name, value in now.items() if recorded.get(name) != value}
    if "name" in changed:
        user.display_name = now["name"]
    if "email" in changed:
        address = Email(value=now["email"], type="work", primary=True)
        user.emails = [address] if now["email"] else None
    if "role" in changed:
        user.user_type = now["role"]
    if "language" in changed:
        user.preferred_language = now["language"]
    if "supervisor" in changed:
        above = Manager.model_validate({"value": now["supervisor"]}) if now["supervisor"] else None
        _extension(user, EnterpriseUser).manager = above
    for name in changed & {"joined", "left"}:
        setattr(_extension(user, Employment), name, now[name])
    return user


def _extension(user: Any, model: Any) -> Any:
    if user[model] is None:
        user[model] = model()
    return user[model]
