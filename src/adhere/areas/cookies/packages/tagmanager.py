"""A custom template for Google Tag Manager, in the form in which it exports and imports them."""

from __future__ import annotations

import json
from typing import Any

from adhere.areas.cookies.packages.snippets import banner_address

_SIGNALS = (
    "ad_storage", "ad_user_data", "ad_personalization", "analytics_storage",
    "functionality_storage", "personalization_storage", "security_storage",
)  # fmt: skip
_CODE = """\
const injectScript = require('injectScript');
const setDefaultConsentState = require('setDefaultConsentState');

// Everything is denied until the banner says otherwise. It says so through the data layer itself,
// when Google Consent Mode is switched on in the site's settings.
setDefaultConsentState({
%s
  wait_for_update: 500
});
injectScript('%s', data.gtmOnSuccess, data.gtmOnFailure, 'adhere');
"""
_NOTES = """\
Fire this tag on the trigger "Consent Initialization - All Pages".

What it cannot do: it starts only after Google's own container was requested, so that request has
already left the browser; scripts, pictures and frames that the page loads beside the container
are not held back; tags without consent checks fire as they did. Where nothing may leave before
consent, put the script tag and one of the walls on the website itself.
"""


def template(edge: str, slug: str) -> str:
    """``adhere.tpl``, without the gallery's terms: those are the company's to accept."""
    address = banner_address(edge, slug)
    denied = "\n".join(f"  {name}: 'denied'," for name in _SIGNALS)
    info = {
        "type": "TAG", "id": "adhere_consent", "version": 1, "securityGroups": [],
        "displayName": "Adhere consent banner", "containerContexts": ["WEB"],
        "description": "Loads the consent banner; denies all consent types until the answer.",
        "categories": ["TAG_MANAGEMENT"], "brand": {"id": "adhere", "displayName": "Adhere"},
    }  # fmt: skip
    sections = {
        "INFO": json.dumps(info, indent=2),
        "TEMPLATE_PARAMETERS": "[]",
        "SANDBOXED_JS_FOR_WEB_TEMPLATE": _CODE % (denied, address),
        "WEB_PERMISSIONS": json.dumps([_inject(address), _consent()], indent=2),
        "TESTS": "scenarios: []",
        "NOTES": _NOTES,
    }
    return "\n\n".join(f"___{name}___\n\n{text.strip()}" for name, text in sections.items()) + "\n"


def _text(value: str) -> dict[str, Any]:
    return {"type": 1, "string": value}


def _permission(name: str, key: str, values: list[Any]) -> dict[str, Any]:
    held = {"key": key, "value": {"type": 2, "listItem": values}}
    return {
        "instance": {"key": {"publicId": name, "versionId": "1"}, "param": [held]},
        "clientAnnotations": {"isEditedByUser": True},
        "isRequired": True,
    }


def _inject(address: str) -> dict[str, Any]:
    return _permission("inject_script", "urls", [_text(address)])


def _consent() -> dict[str, Any]:
    keys = [_text("consentType"), _text("read"), _text("write")]
    values = [
        {"type": 3, "mapKey": keys,
         "mapValue": [_text(name), {"type": 8, "boolean": True}, {"type": 8, "boolean": True}]}
        for name in _SIGNALS
    ]  # fmt: skip
    return _permission("access_consent", "consentTypes", values)
