"""Which field of ISO/IEC TS 27560:2023 stands where, in DPV and Dublin Core terms.

After the DPV profile ``dpv-27560``. Beside the 25 mandatory fields stand those that the GDPR asks
for: lawful basis, methods, rights, authority, roles, and whether the data is optional.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adhere.areas.cookies.config import with_defaults

Json = Mapping[str, Any]
PLACES = ("id", "urn", "subject", "at", "expires_at", "method", "state", "processes")
CONTEXT: dict[str, Any] = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "loc": "https://w3id.org/dpv/loc#",
    # The proof around the statement is no part of the graph.
    **dict.fromkeys(
        ("receipt", "record", "secret", "commitment", "promise", "proof", "keys", "token")
    ),
}
NOT_STATED = "not stated in the notice"
RIGHTS = ("A7-3", "A13", "A15", "A16", "A17", "A18", "A20", "A21", "A77")


def statement(content: Json, sha256: str, places: Mapping[str, str]) -> Json:
    """Head, parties and events of a record; its processes have a place of their own."""
    controller = _controller(content["controller"])
    return {
        "@context": CONTEXT,
        "@id": places["urn"],
        "@type": ["dpv:ConsentRecord", "dpv:ConsentReceipt"],
        "dct:conformsTo": "https://w3id.org/dpv/schema/dpv-27560",
        "dct:identifier": places["id"],
        "dct:language": content["language"],
        "dct:date": places["at"],
        "dct:valid": places["expires_at"],
        "dpv:hasDataSubject": {"@id": places["subject"], "@type": "dpv:DataSubject"},
        "dpv:hasNotice": _notice(content, sha256),
        "dpv:hasDataController": controller,
        "dpv:hasLegalBasis": ["dpv:ExpressedConsent", "eu-gdpr:A6-1-a"],
        "dpv:hasConsentStatus": places["state"],
        "dpv:hasIndicationMethod": places["method"],
        "dpv:isIndicatedBy": {"@id": places["subject"]},
        "dpv:isImplementedByEntity": {"@id": controller["@id"]},
        "dpv:hasJurisdiction": "loc:EU",
        "dpv:hasConsentControl": _withdrawal(content),
        "dpv:hasRight": [f"eu-gdpr:{right}" for right in RIGHTS],
        "dpv:hasAuthority": _authority(),
        "dpv:hasStorageCondition": _record_storage(content),
        "dpv:hasProcess": [places["processes"]],
    }


def process(
    purpose: Json,
    trackers: Sequence[Json],
    vendors: Mapping[str, Json],
    places: Mapping[str, str],
    vendor: str = "",
) -> Json:
    """One purpose, or one vendor of it: data, recipients, storage, and the state of the choice."""
    names = sorted({each["vendor"] for each in trackers if each["party"] == "third"})
    necessity = "dpv:Required" if purpose["necessary"] else "dpv:Optional"
    found = {
        "@type": "dpv:Process",
        "dct:identifier": f"{purpose['slug']}/{vendor}" if vendor else purpose["slug"],
        "dpv:hasPurpose": {
            "@type": "dpv:Purpose",
            "dct:title": purpose["title"],
            "dct:description": purpose["text"],
            "dct:hasVersion": purpose["hash"],
        },
        "dpv:hasProcessing": ["dpv:Collect", "dpv:Store", "dpv:Use"],
        "dpv:hasPersonalData": [_data(each, necessity) for each in trackers],
        "dpv:hasRecipient": [_third_party(name, vendors.get(name, {})) for name in names],
        "dpv:hasStorageCondition": [_storage(each) for each in trackers],
    }
    if purpose["necessary"]:  # ePrivacy Directive, Art. 5(3): nobody is asked
        return found
    return {**found, "dpv:hasConsentStatus": places["state"]}


def _notice(content: Json, sha256: str) -> Json:
    policy = content.get("policy") or {}
    return {
        "@id": f"urn:sha256:{sha256}",
        "@type": "dpv:ConsentNotice",
        "dct:identifier": sha256,
        "dct:language": content["language"],
        "dct:hasVersion": str(content["number"]),
        "dct:isPartOf": content["site"],
        "dct:references": {
            "dct:title": policy.get("slug", NOT_STATED),
            "dct:hasVersion": str(policy.get("version", NOT_STATED)),
            "dct:identifier": policy.get("sha256", NOT_STATED),
            "dct:source": content["links"].get("policy") or NOT_STATED,
        },
    }


def _controller(company: Json) -> dict[str, Any]:
    website, email = company.get("website"), company.get("email")
    return {
        "@id": website or "urn:adhere:controller",
        "@type": ["dpv:DataController", "dpv:LegalEntity"],
        "dpv:hasIdentifier": company.get("registration") or website or NOT_STATED,
        "dpv:hasName": company.get("name") or NOT_STATED,
        "dpv:hasAddress": company.get("address") or NOT_STATED,
        "dpv:hasContact": [each for each in (email, website) if each] or [NOT_STATED],
    }


def _third_party(name: str, vendor: Json) -> Json:
    return {
        "@type": ["dpv:ThirdParty", "dpv:Recipient"],
        "dpv:hasIdentifier": vendor.get("url") or name,
        "dpv:hasName": name,
        "dpv:hasAddress": vendor.get("country") or NOT_STATED,
        "dpv:hasContact": vendor.get("policy_url") or vendor.get("url") or NOT_STATED,
    }


def _data(tracker: Json, necessity: str) -> Json:
    return {
        "@type": "dpv:PersonalData",
        "dct:identifier": tracker["name"],
        "dct:type": tracker["kind"],
        "dpv:hasNecessity": necessity,
    }


def _storage(tracker: Json) -> Json:
    return {
        "@type": "dpv:StorageCondition",
        "dct:identifier": tracker["name"],
        "dpv:hasDuration": tracker["retention"],
        "dpv:hasLocation": tracker["domain"] or "the visitor's browser",
    }


def _record_storage(content: Json) -> Json:
    settings = with_defaults(content["settings"])
    return {
        "@type": "dpv:StorageCondition",
        "dct:description": "this record",
        "dpv:hasDuration": f"P{settings['record_months']}M",
        "dpv:hasLocation": "the controller's server and the visitor's browser",
    }


def _withdrawal(content: Json) -> Json:
    links = content["links"]
    return {
        "@type": ["dpv:WithdrawConsent", "dpv:ConsentControl"],
        "dct:description": "the entry that stands on every page of the website, in one click",
        "dct:source": links.get("rights") or links.get("policy") or NOT_STATED,
    }


def _authority() -> Json:
    return {
        "@type": "dpv:DataProtectionAuthority",
        "dct:description": "that of the Member State where the data subject lives or works",
        "dct:source": "https://www.edpb.europa.eu/about-edpb/about-edpb/members_en",
    }
