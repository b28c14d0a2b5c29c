"""A new policy area is a folder and nothing else: dropped in, all of it appears."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import adhere

SOURCE = Path(adhere.__file__).parent
AREA = {
    "__init__.py": "",
    "area.py": '''
        """What this area hands to the house."""

        from adhere.areas.passwords.checks import Change
        from adhere.areas.passwords.models import ChangeRecord
        from adhere.core import columns
        from adhere.core.areas import Area, FactKind, MenuEntry
        from django.utils import timezone

        CHANGES = FactKind(
            name="password-changes",
            model=ChangeRecord,
            row=Change,
            columns=(
                columns.text("person"),
                columns.moment("at", timezone.get_default_timezone(), field="happened_at"),
            ),
            key=("person", "happened_at"),
            happened="happened_at",
            person="person",
        )
        area = Area(
            name="passwords",
            title="Passwords",
            facts=(CHANGES,),
            menu=(MenuEntry("Passwords", "passwords:changes"),),
        )
    ''',
    "checks.py": '''
        """A password is changed once a year."""

        from typing import ClassVar

        from adhere.core.checking import Fact, Verdict, check
        from adhere.core.durations import Duration
        from adhere.core.parameters import Parameters


        class Change(Fact, frozen=True, gc=False):
            kind: ClassVar[str] = "password-changes"
            person: str


        class Age(Parameters, frozen=True):
            within: Duration = Duration(12, "mo")


        @check(
            "passwords.changed",
            strength="measured",
            subject="person",
            needs=("password-changes",),
            parameters=Age,
        )
        def changed(parameters, world):
            """Everybody has changed their password within the window."""
            for person in world.people():
                changes = world.by(Change, "person").get(person.key, ())
                days = [world.local_day(each.happened_at) for each in changes]
                kept = any(day > parameters.within.before(world.day) for day in days)
                state = "satisfied" if kept else "not-satisfied"
                yield Verdict(person.subject, state, f"{len(days)} changes are known")
    ''',
    "models.py": '''
        """Changes of passwords."""

        from django.db import models

        from adhere.core.models.facts import Fact


        class ChangeRecord(Fact):
            person = models.CharField(max_length=200)
    ''',
    "migrations/__init__.py": "",
    "views.py": '''
        """The page of this area."""

        from django.http import HttpRequest, HttpResponse

        from adhere.areas.passwords.models import ChangeRecord


        def changes(request: HttpRequest) -> HttpResponse:
            return HttpResponse(f"{ChangeRecord.objects.count()} changes")
    ''',
    "urls.py": '''
        """The addresses of this area."""

        from django.urls import path

        from adhere.areas.passwords import views

        app_name = "passwords"
        urlpatterns = [path("", views.changes, name="changes")]
    ''',
    "edge.py": '''
        """What machines may ask this area."""

        from adhere.edge.http import Request, Response, Route


        async def alive(request: Request) -> Response:
            return Response.json({"area": "passwords"})


        routes = (Route("GET", "/e/passwords", alive),)
    ''',
}
POLICY = """
---
policy: passwords
title: Passwords
owner: security
audience: personnel
---
# Passwords

[Everybody must change their password once a year.]{#yearly check="passwords.changed" within=12mo}
"""
PEOPLE = b"""id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna,anna@example.com,employee,,security,2020-01-01,,nl
bram,Bram,bram@example.com,employee,anna,engineering,2021-01-01,,nl
"""
CHANGES = b"person,at\nanna,2026-03-14T09:00\n"
LOOK = """
import json
from adhere.main.cli import prepare
prepare(migrate=True)
from django.test import Client
from adhere.console.models import Account
from adhere.core.models import Person
account = Account.objects.create_user("anna@example.com", person=Person.objects.get(id="anna"))
client = Client()
client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
page = client.get("/passwords/")
home = client.get("/", follow=True)
from adhere.edge.app import make_edge
route, _ = make_edge()._router.find("GET", "/e/passwords")
print(json.dumps({
    "page": page.content.decode(),
    "menu": '/passwords/"' in home.content.decode(),
    "route": route.path,
}))
"""


class House:
    """A copy of the package with its own data, to build onto."""

    def __init__(self, folder: Path) -> None:
        self.package = folder / "src" / "adhere"
        ignored = shutil.ignore_patterns("__pycache__", "tests")
        shutil.copytree(SOURCE, self.package, ignore=ignored)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ADHERE")}
        self.env = kept | {
            "ADHERE_DATA": str(folder / "data"),
            "PYTHONPATH": str(self.package.parent),
            "DJANGO_SETTINGS_MODULE": "adhere.main.settings",
        }
        self.folder = folder

    def python(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *arguments],
            input=given,
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            check=False,
        )

    def adhere(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self.python("-m", "adhere.main.cli", *arguments, given=given)
        assert (done.returncode in {0, 1}, b"Traceback" in done.stderr) == (True, False), (
            done.stderr.decode()
        )
        return done.stdout

    def digest(self) -> str:
        """Everything but the new area."""
        new = self.package / "areas" / "passwords"
        files = sorted(
            path
            for path in self.package.rglob("*")
            if path.is_file() and new not in path.parents and path.suffix != ".pyc"
        )
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("house"))


def test_a_folder_dropped_in_brings_check_page_menu_import_route_and_migration(
    house: House,
) -> None:
    before = house.digest()
    area = house.package / "areas" / "passwords"
    for name, text in AREA.items():
        path = area / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    made = house.python("-m", "django", "makemigrations", "passwords")
    assert made.returncode == 0, made.stderr.decode()
    assert [path.name for path in (area / "migrations").glob("0*")] == ["0001_initial.py"]

    (house.folder / "passwords.md").write_text(POLICY.lstrip(), encoding="utf-8")
    covered = json.loads(house.adhere("coverage", "passwords.md", "--json"))
    assert (covered["normative"], covered["bound"], covered["unbound"]) == (1, 1, [])
    house.adhere("import", "people", "-", given=PEOPLE)
    house.adhere("publish", "passwords.md")
    imported = json.loads(house.adhere("import", "password-changes", "-", "--json", given=CHANGES))
    assert imported["added"] == 1
    judged = json.loads(
        house.adhere("check", "--policy", "passwords", "--on", "2027-01-01", "--json")
    )
    states = {each["subject"]["id"]: each["state"] for each in judged["findings"]}
    assert states == {"anna": "satisfied", "bram": "not-satisfied"}

    looked = house.python("-c", LOOK)
    assert looked.returncode == 0, looked.stderr.decode()
    seen = json.loads(looked.stdout)
    assert seen == {"page": "1 changes", "menu": True, "route": "/e/passwords"}
    assert house.digest() == before


def test_without_the_folder_nothing_of_it_is_left(house: House) -> None:
    shutil.rmtree(house.package / "areas" / "passwords", ignore_errors=True)
    listed = house.python(
        "-c",
        "from adhere.core.areas import area_names, checks; print(*area_names()); print(*checks())",
    )
    assert (listed.returncode, b"passwords" in listed.stdout) == (0, False)
