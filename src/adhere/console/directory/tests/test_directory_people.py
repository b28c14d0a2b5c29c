"""What a directory says becomes facts about people, and leaving ends access at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
EMPLOYMENT = "urn:adhere:params:scim:schemas:extension:employment:1.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
HUGO = {
    "schemas": [CORE, ENTERPRISE, EMPLOYMENT],
    "userName": "hugo@example.com",
    "externalId": "0c1f",
    "name": {"givenName": "Hugo", "familyName": "Smet"},
    "emails": [{"value": "hugo@example.com", "type": "work", "primary": True}],
    "userType": "External",
    "preferredLanguage": "nl-BE",
    "active": True,
    "title": "not kept here",
    ENTERPRISE: {"employeeNumber": "e77", "manager": {"value": "chloe"}},
    EMPLOYMENT: {"joined": "2025-03-01"},
}
Ask = Callable[..., Any]


def facts(person: str) -> dict[str, Any]:
    from adhere.core.models import PersonRecord

    row = PersonRecord.objects.get(key=person, superseded_by=None)
    names = ("name", "email", "role", "supervisor", "teams", "language", "source")
    return {
        **{name: getattr(row, name) for name in names},
        "joined": row.joined.isoformat(),
        "left": row.left and row.left.isoformat(),
    }


def change(*operations: dict[str, Any]) -> dict[str, Any]:
    return {"schemas": [PATCH], "Operations": list(operations)}


def test_a_user_becomes_a_person_with_every_fact(staff: None, scim: Ask) -> None:
    made = scim("POST", "Users", HUGO)
    assert (made.status_code, made.json()["id"]) == (201, "e77")
    assert facts("e77") == {
        "name": "Hugo Smet",
        "email": "hugo@example.com",
        "role": "contractor",
        "supervisor": "chloe",
        "teams": [],
        "language": "nl",
        "source": "scim",
        "joined": "2025-03-01",
        "left": None,
    }
    assert "title" not in made.json()


def test_a_change_is_a_correction_and_the_same_again_is_none(staff: None, scim: Ask) -> None:
    from adhere.core.models import PersonRecord

    scim("POST", "Users", HUGO)
    renamed = change({"op": "Replace", "path": "name.familyName", "value": "Smets"})
    for _ in range(2):
        assert scim("PATCH", "Users/e77", renamed).status_code == 200
    assert facts("e77")["name"] == "Hugo Smets"
    assert PersonRecord.objects.filter(key="e77").count() == 2


def test_somebody_imported_is_found_by_address_and_taken_over(staff: None, scim: Ask) -> None:
    found = scim("GET", 'Users?filter=userName eq "bram@example.com"').json()
    assert [each["id"] for each in found["Resources"]] == ["bram"]
    said = {"schemas": [CORE], "userName": "bram@example.com", "displayName": "Bram Claes"}
    made = scim("POST", "Users", said)
    assert (made.status_code, made.json()["id"]) == (201, "bram")
    assert facts("bram")["supervisor"] == "chloe"
    assert scim("POST", "Users", said).status_code == 409


def test_a_correction_made_here_shows_in_the_directory(staff: None, scim: Ask) -> None:
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    scim("POST", "Users", HUGO)
    text = (
        "id,name,email,kind,joined,left,language,supervisor\n"
        "e77,Hugo Smet,hugo@example.com,contractor,2025-03-01,,fr,anna\n"
    )
    import_facts(kind_named("people"), text.encode(), "people.csv", Origin("import"))
    shown = scim("GET", "Users/e77").json()
    assert (shown["preferredLanguage"], shown[ENTERPRISE]["manager"]["value"]) == ("fr", "anna")


def test_groups_are_teams(staff: None, scim: Ask) -> None:
    made = scim(
        "POST",
        "Groups",
        {"schemas": [GROUP], "displayName": "finance", "members": [{"value": "bram"}]},
    )
    group = made.json()["id"]
    assert (made.status_code, facts("bram")["teams"]) == (201, ["finance"])
    scim(
        "PATCH",
        f"Groups/{group}",
        change({"op": "add", "path": "members", "value": [{"value": "eva"}]}),
    )
    assert facts("eva")["teams"] == ["finance", "front-desk"]
    scim("PATCH", f"Groups/{group}", change({"op": "remove", "path": 'members[value eq "bram"]'}))
    assert facts("bram")["teams"] == []
    assert scim("DELETE", f"Groups/{group}").status_code == 204
    assert facts("eva")["teams"] == ["front-desk"]


def test_no_group_makes_administrators_by_its_name(staff: None, scim: Ask, settings: Any) -> None:
    wanted = {"schemas": [GROUP], "displayName": "Administrator", "members": [{"value": "bram"}]}
    assert scim("POST", "Groups", wanted).status_code == 400
    assert facts("bram")["teams"] == []
    settings.ROLE_GROUPS = {"administrator": "Adhere owners"}
    owners = {**wanted, "displayName": "Adhere owners"}
    assert scim("POST", "Groups", owners).status_code == 201
    assert facts("bram")["teams"] == ["administrator"]


@pytest.mark.parametrize("way", ["patch", "put", "delete"])
def test_deactivating_ends_access_at_once(
    way: str, staff: None, scim: Ask, client_of: Callable[[str], Client]
) -> None:
    from django.contrib.sessions.models import Session

    client = client_of("personnel")
    assert client.get("/account/").status_code == 200
    if way == "patch":
        scim("PATCH", "Users/bram", change({"op": "Replace", "path": "active", "value": "False"}))
    elif way == "put":
        scim("PUT", "Users/bram", {**scim("GET", "Users/bram").json(), "active": False})
    else:
        assert scim("DELETE", "Users/bram").status_code == 204
        assert scim("GET", "Users/bram").status_code == 404
    assert client.get("/account/")["Location"].startswith("/sign-in/")
    assert Session.objects.count() == 0
    assert facts("bram")["left"] == timezone.localdate().isoformat()


def test_an_open_sign_in_link_of_somebody_who_left_is_void(
    staff: None, scim: Ask, account: Callable[[str], Any]
) -> None:
    from adhere.console.links import make_sign_in_link

    link = make_sign_in_link(account("personnel"))
    scim("PATCH", "Users/bram", change({"op": "replace", "value": {"active": False}}))
    assert Client().get(link.partition("8000")[2]).status_code == 410


def test_active_again_opens_the_door_again(
    staff: None, scim: Ask, account: Callable[[str], Any]
) -> None:
    from adhere.console.models import Account

    made = account("personnel")
    for active in (False, True):
        scim("PATCH", "Users/bram", change({"op": "replace", "path": "active", "value": active}))
        assert Account.objects.get(pk=made.pk).ended(timezone.now()) == (not active)
    assert facts("bram")["left"] is None


@pytest.mark.django_db(transaction=True)
def test_a_last_day_in_an_import_ends_sessions(
    staff: None, client_of: Callable[[str], Client]
) -> None:
    from django.contrib.sessions.models import Session

    from adhere.console.tests.conftest import STAFF
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    client = client_of("personnel")
    gone = STAFF.replace("chloe,,2024-03-01,,nl", "chloe,,2024-03-01,2025-01-31,nl")
    import_facts(kind_named("people"), gone.encode(), "people.csv", Origin("import"))
    assert Session.objects.count() == 0
    assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_closing_an_account_on_its_page_ends_access(
    staff: None, account: Callable[[str], Any], client_of: Callable[[str], Client]
) -> None:
    client = client_of("personnel")
    page = f"/people/roles/{account('personnel').pk}/"
    client_of("administrator").post(page, {"roles": [], "ends_at": ""})
    assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_a_version_guards_against_overwriting(staff: None, scim: Ask) -> None:
    made = scim("POST", "Users", HUGO)
    tag = made.headers["ETag"]
    assert scim("GET", "Users/e77", **{"If-None-Match": tag}).status_code == 304
    other = change({"op": "replace", "path": "preferredLanguage", "value": "fr"})
    assert scim("PATCH", "Users/e77", other, **{"If-Match": tag}).status_code == 200
    assert scim("PATCH", "Users/e77", other, **{"If-Match": tag}).status_code == 412


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"userName": "eva2", "emails": [{"value": "bram@example.com"}, {"value": "x@y.be"}]}, 409),
        ({"userName": "eva2", ENTERPRISE: {"manager": {"value": "nobody"}}}, 400),
        ({"userName": "eva2", EMPLOYMENT: {"joined": "yesterday"}}, 400),
        ({"userName": "eva2", EMPLOYMENT: {"joined": "2025-03-02", "left": "2025-03-01"}}, 400),
        ({"userName": "company"}, 400),
        ({"displayName": "Nameless"}, 400),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(
    said: dict[str, Any], status: int, staff: None, scim: Ask
) -> None:
    from adhere.core.models import Person, PersonRecord

    scim("POST", "Users", {"schemas": [CORE], "userName": "bram@example.com"})
    before = PersonRecord.objects.count(), Person.objects.count()
    answer = scim("POST", "Users", {"schemas": [CORE, ENTERPRISE, EMPLOYMENT], **said})
    assert (answer.status_code, answer.json()["status"]) == (status, str(status))
    assert (PersonRecord.objects.count(), Person.objects.count()) == before


def test_only_a_known_token_opens_the_directory(
    secret: str, staff: None, scim: Ask, client_of: Callable[[str], Client]
) -> None:
    from adhere.console.directory.models import Token

    answer = Client().get("/scim/v2/Users")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (
        401,
        'Bearer realm="Adhere"',
    )
    assert scim("GET", "Users").status_code == 200
    token = Token.objects.get()
    assert token.used_at is not None
    assert secret not in json.dumps({k: str(v) for k, v in vars(token).items()})
    client_of("administrator").post(f"/directory/tokens/{token.pk}/revoke/")
    assert scim("GET", "Users").status_code == 401


def test_a_token_is_shown_once(staff: None, client_of: Callable[[str], Client]) -> None:
    client = client_of("administrator")
    made = client.post("/directory/", {"name": "Okta"})
    assert b"adhere_" in made.content
    assert b"adhere_" not in client.get("/directory/").content
    assert client_of("security").get("/directory/").status_code == 403


def test_two_people_who_are_here_share_no_address(staff: None) -> None:
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin
    from adhere.errors import Problem

    rows = "id,name,email,kind,joined,language\nx,X,Bram@Example.com,employee,2025-01-01,nl\n"
    with pytest.raises(Problem, match="is the address of bram"):
        import_facts(kind_named("people"), rows.encode(), "people.csv", Origin("import"))
    free = rows.replace("Bram@Example.com", "gust@example.com")  # he left
    import_facts(kind_named("people"), free.encode(), "people.csv", Origin("import"))
