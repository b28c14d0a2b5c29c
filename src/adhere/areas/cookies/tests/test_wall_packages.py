"""The files that a company downloads."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from adhere.areas.cookies.packages import KINDS, Website, package
from adhere.areas.cookies.tests.test_wall_choices import DATA
from adhere.errors import Problem

SHOP = Website("shop", "The shop", "https://consent.example.com", DATA)
BANNER = "https://consent.example.com/e/shop/banner.js"


def files(kind: str) -> dict[str, str]:
    name, content = package(kind, SHOP)
    if not name.endswith(".zip"):
        return {name: content.decode()}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {each: archive.read(each).decode() for each in archive.namelist()}


def checked(command: list[str], text: str, folder: Path, name: str) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    (folder / name).write_text(text)
    done = subprocess.run([*command, str(folder / name)], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_package_is_whole_and_the_same_each_time(kind: str) -> None:
    assert package(kind, SHOP) == package(kind, SHOP)
    text = "".join(files(kind).values())
    assert kind == "placeholders" or BANNER in text
    assert "ADHERE_WALL" not in text.replace('getattr(settings, "ADHERE_WALL"', "").replace(
        "The setting ``ADHERE_WALL``", ""
    )


def test_an_unknown_package_is_refused() -> None:
    with pytest.raises(Problem, match="expected nearest is “nginx”"):
        package("nginz", SHOP)


def test_data_with_a_host_that_is_none_is_refused() -> None:
    wrong = {**DATA, "purposes": [{"slug": "a", "hash": "aaaaaa", "hosts": ["x; img-src *"]}]}
    with pytest.raises(Problem, match="hosts of a"):
        package("nginx", Website("shop", "", "https://consent.example.com", wrong))


@pytest.mark.parametrize("name", ["adhere-wall.js", "adhere-wall-sw.js"])
def test_scripts_can_be_parsed(name: str, tmp_path: Path) -> None:
    checked(["node", "--check"], files("static")[name], tmp_path, name)


@pytest.mark.parametrize(("kind", "name"), [("react", "adhere.jsx"), ("vue", "adhere.js")])
def test_wrappers_are_modules(kind: str, name: str, tmp_path: Path) -> None:
    checked(["node", "--check"], files(kind)[name], tmp_path, "wrapper.mjs")


def test_the_plugin_is_php(tmp_path: Path) -> None:
    checked(["php", "-l"], files("wordpress")["adhere-consent.php"], tmp_path, "adhere.php")


def test_the_tag_manager_template_has_its_parts() -> None:
    text = files("gtm")["adhere.tpl"]
    parts = {
        part: body.strip()
        for part, body in zip(text.split("___")[1::2], text.split("___")[2::2], strict=True)
    }
    assert json.loads(parts["INFO"])["type"] == "TAG"
    permitted = {
        each["instance"]["key"]["publicId"]: each for each in json.loads(parts["WEB_PERMISSIONS"])
    }
    urls = permitted["inject_script"]["instance"]["param"][0]["value"]["listItem"]
    assert urls == [{"type": 1, "string": BANNER}]
    types = permitted["access_consent"]["instance"]["param"][0]["value"]["listItem"]
    assert len(types) == 7
    assert parts["SANDBOXED_JS_FOR_WEB_TEMPLATE"].count("'denied'") == 7


def test_the_middleware_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "adhere_wall.py").write_text(files("python")["adhere_wall.py"])
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import adhere_wall as a\n"
        "said = []\n"
        "def app(environ, start): start('200 OK', [('Content-Type', 'text/html')]); return [b'']\n"
        "a.WSGIWall(app)({}, lambda status, headers: said.extend(headers))\n"
        "print(dict(said)['Content-Security-Policy'])\n"
        "assert not any(name.startswith(('adhere.', 'django')) for name in sys.modules)\n"
    )
    command = [sys.executable, "-I", "-S", "-W", "error", "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.startswith("default-src 'self' https://www.example.com ")
