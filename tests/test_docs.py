"""The documents say what is so: links, commands, variables, kinds, examples and numbers."""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from adhere.core.areas import checks
from adhere.core.checking import Person, Subject, World
from adhere.core.coverage_report import policies_json, policy_json
from adhere.core.judging import Binding, Finding, judge
from adhere.core.kinds import kinds
from adhere.core.models import PolicyVersion
from adhere.core.policies import InForce
from adhere.core.reporting import as_json
from adhere.core.running import Judged
from adhere.core.texts import LIBRARY, load_folder
from adhere.core.translations import by_slug, cover_all
from adhere.documents import review
from adhere.documents.policy import parse_policy
from adhere.documents.read import document_to_dict, read
from adhere.main import commands

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDE = DOCS / "guide"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
# What the documents say is not there; the day it is, they have to say so.
NOT_YET = {"backup", "restore", "detect"}
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
VARIABLE = re.compile(r"ADHERE_[A-Z]+(?:_[A-Z]+)*")
# A setting of a website's own Django, and the place of the data in a template: no variable.
SETTINGS_OF_WEBSITES = {"ADHERE_WALL"}
DAY = date(2026, 3, 14)
COMPANY = Subject("company", "company", "Polderpolis")


def tokens(page: Path) -> Iterator[Token]:
    """Every token of a page, those within a line too."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def section(page: Path, heading: str) -> str:
    """What stands below a heading, up to the next of its level or a higher one."""
    level = heading.partition(" ")[0]
    text = page.read_text(encoding="utf-8").partition(f"\n{heading}\n")[2]
    assert text, f"{page.name} has no “{heading}”"
    return re.split(rf"^#{{1,{len(level)}}} ", text, maxsplit=1, flags=re.MULTILINE)[0]


def headings(text: str, level: str) -> list[str]:
    return re.findall(rf"^{level} (.+)$", text, re.MULTILINE)


@cache
def anchors(page: Path) -> set[str]:
    """The anchors that a code host makes of a page's headings."""
    found = list(tokens(page))
    titles = [after.content for token, after in pairwise(found) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def fences(page: Path, language: str) -> list[str]:
    found = [token for token in tokens(page) if token.type == "fence"]
    return [token.content for token in found if token.info == language]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [
        str(token.attrs.get("href") or token.attrs.get("src"))
        for token in tokens(page)
        if token.type in {"link_open", "image"}
    ]
    for link in links:
        if re.match(r"(https?|mailto):", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("folder", ["nouns", "decisions", "guide"])
def test_every_page_of_a_folder_stands_in_its_list(folder: str) -> None:
    listed = re.findall(r"\]\(([\w.-]+\.md)\)", (DOCS / folder / "README.md").read_text())
    there = {page.name for page in (DOCS / folder).glob("*.md")} - {"README.md"}
    assert sorted(listed) == sorted(there)


def command_names() -> set[str]:
    return {found.name for found in pkgutil.iter_modules(commands.__path__)}


@cache
def options_of(name: str) -> frozenset[str]:
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module(f"adhere.main.commands.{name}").arguments(parser)
    found = {option for action in parser._actions for option in action.option_strings}
    return frozenset(option for option in found if option.startswith("--"))


def test_the_guide_has_every_command_and_no_other() -> None:
    told = headings(section(GUIDE / "engineers.md", "## Commands"), "###")
    assert sorted(told) == sorted(command_names())


@pytest.mark.parametrize("name", sorted(command_names()))
def test_the_guide_has_every_option_of_a_command_and_no_other(name: str) -> None:
    text = section(GUIDE / "engineers.md", f"### {name}")
    usage = re.search(r"^`adhere .*`$", text, re.MULTILINE)
    assert usage, f"{name} shows no usage"
    assert set(OPTION.findall(usage[0])) == options_of(name)
    assert set(OPTION.findall(text)) == options_of(name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_documents_exist_with_their_options(page: Path) -> None:
    written = [
        line.strip().partition(" #")[0]
        for token in tokens(page)
        if token.type in {"code_inline", "code_block", "fence"}
        for line in re.sub(r"\s*\n(?=--)", " ", token.content).splitlines()
    ]
    for line in written:
        found = re.match(r"(?:\.venv/bin/)?adhere ([a-z]+)\b(.*)", line)
        if found and found[1] not in NOT_YET:
            assert found[1] in command_names(), line
            assert set(OPTION.findall(found[2])) <= options_of(found[1]), line


def test_what_is_said_not_to_be_there_is_not_there() -> None:
    assert command_names() & NOT_YET == set()


def variables_read() -> set[str]:
    """The variables that the product's code or its test script names."""
    files = [path for path in (ROOT / "src").rglob("*.py") if "tests" not in path.parts]
    found = {
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VARIABLE.fullmatch(node.value)
    }
    found -= SETTINGS_OF_WEBSITES
    return found | set(VARIABLE.findall((ROOT / "scripts" / "test").read_text()))


def test_every_environment_variable_is_told_and_no_other() -> None:
    told = VARIABLE.findall(section(GUIDE / "engineers.md", "## Environment"))
    assert set(told) == variables_read()


def test_settings_of_websites_are_told_where_the_wall_is() -> None:
    told = (GUIDE / "website.md").read_text(encoding="utf-8")
    assert {name for name in SETTINGS_OF_WEBSITES if f"`{name}`" not in told} == set()


def other_variables() -> set[str]:
    """Names looked up in the environment that do not begin with ours."""
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src").rglob("*.py")
        if "tests" not in path.parts
    )
    # Of the process: ``environ`` alone is what a WSGI server hands over with each request.
    pattern = r"""os\.environ(?:\.get\(|\.setdefault\(|\[)\s*["'](\w+)|getenv\(\s*["'](\w+)"""
    found = {name for pair in re.findall(pattern, text) for name in pair if name}
    return {name for name in found if not name.startswith("ADHERE_")}


def test_every_foreign_environment_variable_is_told() -> None:
    told = section(GUIDE / "engineers.md", "## Environment")
    assert {name for name in other_variables() if f"`{name}`" not in told} == set()


def test_every_import_kind_is_told_and_no_other() -> None:
    told = headings(section(GUIDE / "formats.md", "## Import kinds"), "###")
    assert sorted(told) == sorted(kinds())


@pytest.mark.parametrize("name", sorted(kinds()))
def test_the_columns_of_a_kind_are_told_with_those_that_have_to_be_there(name: str) -> None:
    text = section(GUIDE / "formats.md", f"### {name}").partition(". ")[2]
    columns = kinds()[name].columns
    required = {column.name for column in columns if column.required}
    assert set(re.findall(r"\*\*(\w+)\*\*", text)) == required
    bare = re.sub(r"\([^)]*\)|\*\*", "", text)
    assert set(re.findall(r"\w+", bare)) == {column.name for column in columns}


def keys_of(value: Any, *, closed: frozenset[str] = frozenset({"parameters"})) -> set[str]:
    """Every key anywhere in a JSON value; what is below ``closed`` ones is not looked at."""
    if isinstance(value, list | tuple):
        return set().union(*(keys_of(each) for each in value))
    if not isinstance(value, dict):
        return set()
    below = (keys_of(each) for name, each in value.items() if name not in closed)
    return set(value).union(*below)


def told_keys(heading: str) -> set[str]:
    shape = re.search(r"`(\{.*?\})`", section(GUIDE / "formats.md", heading), re.DOTALL)
    assert shape
    return set(re.findall(r"\w+", shape[1]))


def shipped() -> list[Any]:
    groups = by_slug(text.source for text in load_folder(LIBRARY))
    return [cover_all(sources, checks()) for sources in groups.values()]


def test_the_shape_of_coverage_is_told() -> None:
    page = parse_policy(fences(GUIDE / "write-a-policy.md", "markdown")[0], "work-rules.md")
    broken = parse_policy(
        "---\npolicy: p\ntitle: P\nowner: o\naudience: a\n---\nYou must go. [You must stay.]{#s}\n",
        "p.md",
    )
    reports = [policy_json(each) for each in shipped()]
    reports += [policy_json(cover_all([each], checks())) for each in (page, broken)]
    assert keys_of(reports) == told_keys("### coverage --json")
    assert keys_of(policies_json(shipped())) - {"policies"} <= keys_of(reports)


def test_the_shape_of_read_is_told() -> None:
    document = document_to_dict(read(str(LIBRARY / "cookies.en.md")))
    assert keys_of(json.loads(json.dumps(document))) == told_keys("### read --json")


def test_the_shape_of_review_is_told() -> None:
    assert told_keys("### review --json") == {
        "document",
        "findings",
        *review.Finding.__struct_fields__,
    }


def test_the_rules_of_the_review_are_told_and_no_other() -> None:
    told = re.findall(
        r"^\| `([\w-]+)` \| (\w+) \| [\w, ]+ \| (.+) \|$",
        (GUIDE / "review-rules.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert told == [(rule.id, rule.severity, rule.reference) for rule in review.RULES]


def test_the_shape_of_check_is_told() -> None:
    source = parse_policy(fences(GUIDE / "write-a-policy.md", "markdown")[0], "work-rules.md")
    binding = Binding("work-rules", "locked", checks()["clean_desk.inspected"], None)
    finding = Finding("work-rules", "locked", "c", "s", COMPANY, "unknown", None, "", ())
    stood = InForce(PolicyVersion(number=1), source, (binding,))
    judged = Judged(DAY, None, [stood], [finding], World(DAY, COMPANY, {}))
    assert keys_of(as_json(judged)) == told_keys("### check --json")


def test_the_policy_examples_parse_and_are_covered() -> None:
    texts = fences(GUIDE / "write-a-policy.md", "markdown")
    sources = [parse_policy(text, f"example-{n}.md") for n, text in enumerate(texts)]
    assert [source.language for source in sources] == ["en", "nl"]
    covered = cover_all(sources, checks())
    report = policy_json(covered)
    assert [str(fault) for fault in covered.all_faults] == []
    assert (report["normative"], report["bound"]) == (3, 3)
    assert [each["bound"] for each in report["translations"]] == [3]


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The check of the guide, as the module that its reader makes."""
    text = next(each for each in fences(GUIDE / "add-an-area.md", "python") if "@check(" in each)
    module = ModuleType("passwords_of_the_guide")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(text, "add-an-area.md", "exec"), vars(module))
    return module


def states(module: ModuleType, shortest: dict[str, int]) -> dict[str, str]:
    """The states of Anna and Bram by the length of their shortest password."""
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    people = [
        Person(key, at, at, key.title(), "", "employee", "", (), DAY.replace(year=2020), None, "nl")
        for key in ("anna", "bram")
    ]
    audits = [module.Audit(f"{key}:1", at, at, key, size) for key, size in shortest.items()]
    world = World(DAY, COMPANY, {"people": people, "password-audits": audits})
    check = module.length
    found = judge([Binding("passwords", "length", check, check.parameters())], world)
    return {finding.subject.id: finding.state for finding in found}


def test_the_example_check_judges_a_clean_and_a_dirty_world(example: ModuleType) -> None:
    assert states(example, {"anna": 14, "bram": 20}) == {"anna": "satisfied", "bram": "satisfied"}
    assert states(example, {"anna": 13}) == {"anna": "not-satisfied", "bram": "unknown"}
    assert states(example, {}) == {"company": "unknown"}


def test_the_examples_of_an_area_compile() -> None:
    texts = fences(GUIDE / "add-an-area.md", "python")
    assert len(texts) == 3
    for text in texts:
        compile(text, "add-an-area.md", "exec")


def test_the_readme_tells_how_much_stands_unknown() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    reports = {each.source.slug: policy_json(each) for each in shipped()}
    clauses = {slug: len(report["clauses"]) for slug, report in reports.items()}
    unknown = {slug: report["unknown"] for slug, report in reports.items()}
    judging = sum(check.judge is not None for check in checks().values())
    cookies, work = "cookies", "work-behaviours"
    sentences = (
        f"Of the {sum(clauses.values())} clauses in the two shipped policies,",
        f"**{sum(unknown.values())} stand unknown**",
        f"({unknown[cookies]} of {clauses[cookies]} on cookies,",
        f"{unknown[work]} of {clauses[work]} on work behaviours)",
        f"Of {len(checks())} checks, {judging} judge:",
    )
    assert [each for each in sentences if each not in text] == []


def test_the_pictures_are_small_and_as_wide_as_said() -> None:
    for path in (DOCS / "pictures").iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\x89PNG"), path.name
        assert int.from_bytes(data[16:20], "big") == 1280, path.name
        assert len(data) <= 200_000, path.name
