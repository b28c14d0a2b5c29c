"""What a stored consent says: the forms in which consent tools write it, and words anyone may use.

Each reader gives what is granted (True) or denied (False) by its own names, or None where the
text does not say so. An empty answer is one without any purpose.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

Says = dict[str, bool]
YES = frozenset({
    "true", "yes", "y", "1", "on", "allow", "allowed", "accept", "accepted", "acceptall",
    "accept-all", "accept_all", "granted", "grant", "given", "optin", "opt-in", "all", "agree",
    "agreed", "consented",
})  # fmt: skip
NO = frozenset({
    "false", "no", "n", "0", "off", "deny", "denied", "declined", "decline", "reject", "rejected",
    "rejectall", "reject-all", "reject_all", "refuse", "refused", "optout", "opt-out", "none",
    "necessary", "essential", "required", "disagree", "revoked", "withdrawn", "-1",
})  # fmt: skip
TCF_PURPOSES = 24
TCF_CONSENTS_AT = 152


def word(text: str) -> bool | None:
    """A single word that grants or denies."""
    lower = text.strip().strip("\"'").lower()
    return True if lower in YES else False if lower in NO else None


def decoded(text: str) -> Any:
    """The value behind URL escapes, JSON and base64, as far as there is one."""
    for _ in range(3):
        try:
            return json.loads(text)
        except ValueError:
            plain = unquote(text)
        if plain == text:
            break
        text = plain
    try:
        return json.loads(base64.b64decode(text + "==", validate=False))
    except (ValueError, binascii.Error):
        return text


def flat(value: Any) -> Says | None:
    """The yes and no of an object, to any depth; lists of names are granted."""
    found: Says = {}
    if not isinstance(value, dict):
        return None
    for key, each in value.items():
        if isinstance(each, bool):
            found[str(key)] = each
        elif isinstance(each, str | int) and (said := word(str(each))) is not None:
            found[str(key)] = said
        elif isinstance(each, dict):
            given = next((each[k] for k in ("value", "consent", "granted", "accepted")
                          if isinstance(each.get(k), bool)), None)  # fmt: skip
            inner = {key: given} if given is not None else flat(each)
            found |= {str(name): on for name, on in (inner or {}).items()}
    return found or None


def names(value: Any) -> Says | None:
    """Granted are those named: a list, an object of lists, or words between commas."""
    if isinstance(value, str):
        value = decoded(value) if value[:1] in "[{" else re.split(r"[,;|\s]+", value)
    if isinstance(value, dict):
        return {str(name): bool(each) for name, each in value.items()}
    if isinstance(value, Iterable):
        return {str(name): True for name in value if name}
    return None


def pairs(text: str, entry: dict[str, Any]) -> Says | None:
    found = {}
    for part in unquote(text).split(entry["between"]):
        name, _, value = part.partition(entry["is"])
        if re.fullmatch(entry.get("without", "$"), name) or (said := word(value)) is None:
            continue
        found[name.strip()] = said
    return found or None


def tcf(text: str) -> Says | None:
    """The purposes with consent in a TC string: IAB TCF 2, core segment."""
    try:
        core = text.split(".", maxsplit=1)[0]
        data = base64.urlsafe_b64decode(core + "=" * (-len(core) % 4))
    except (ValueError, binascii.Error):
        return None
    bits = "".join(f"{byte:08b}" for byte in data)
    if len(bits) < TCF_CONSENTS_AT + TCF_PURPOSES or int(bits[:6], 2) != 2:
        return None
    return {str(n + 1): bits[TCF_CONSENTS_AT + n] == "1" for n in range(11)}


def adhere(text: str) -> Says | None:
    parts = [part.split(".") for part in text.split("!")[3:]]
    return {part[0]: part[1] == "1" for part in parts if len(part) == 3} or None


def onetrust(text: str) -> Says | None:
    found = re.search(r"groups=([^&]*)", unquote(text))
    return dict(pairs(found[1], {"between": ",", "is": ":"}) or {}) if found else None


def c15t(text: str) -> Says | None:
    value = decoded(text)
    if isinstance(value, dict):
        return flat(value.get("consents") or value.get("c"))
    return {
        name.strip(): given == "1"
        for name, given in re.findall(r"(?:^|,)c\.([\w-]+):([01])", unquote(text))
    } or None


def didomi(text: str) -> Says | None:
    value = decoded(text)
    purposes = value.get("purposes", {}) if isinstance(value, dict) else {}
    given = dict.fromkeys(purposes.get("enabled", []), True)
    return given | dict.fromkeys(purposes.get("disabled", []), False) or None


def options(value: Any) -> Says | None:
    """A list of {"id" or "name", "isEnabled"}."""
    if not isinstance(value, list):
        return None
    return {
        str(each.get("id") or each.get("name")): bool(each.get("isEnabled"))
        for each in value
        if isinstance(each, dict)
    } or None


def loose(text: str) -> Says | None:
    """Whatever looks like it: JSON, an object without quotes, a single word, words with commas."""
    value = decoded(text)
    if isinstance(value, dict):
        given = next((value[key] for key in ("categories", "accepted", "level", "levels")
                      if isinstance(value.get(key), list)), None)  # fmt: skip
        return names(given) if given is not None else flat(value)
    if isinstance(value, list):
        return names(value) if all(isinstance(each, str) for each in value) else None
    if isinstance(value, bool | int | str) and (said := word(str(value))) is not None:
        return {"": said}
    found = re.findall(r"([\w-]+)['\"]?\s*[:=]\s*['\"]?(\w+)", str(value))
    given = {name: said for name, text in found if (said := word(text)) is not None}
    return given or None


READERS: dict[str, Callable[[str], Says | None]] = {
    "adhere": adhere, "c15t": c15t, "didomi": didomi, "onetrust": onetrust, "tcf": tcf,
    "loose": loose,
}  # fmt: skip
SHAPES: dict[str, Callable[[Any], Says | None]] = {
    "map": flat, "granted": names, "list": names, "options": options,
}  # fmt: skip


def read(text: str, entry: dict[str, Any]) -> Says | None:
    """What this text says, in the form that the table gives for its name."""
    form = entry["form"]
    if form == "pairs":
        return pairs(text, entry)
    if form in ("word", "own"):
        said = word(unquote(text))
        return None if said is None else {entry.get("key", ""): said}
    if form in READERS:
        return READERS[form](text)
    value = decoded(text)
    for key in entry.get("at", []):
        value = value.get(key) if isinstance(value, dict) else None
    return SHAPES[form](value)
