"""What the documentation says must be there."""

from __future__ import annotations

import re

import pytest

from district.edges.cli import VERBS
from district.edges.commands.docs import generated
from district.kernel import home, registry

ROOT = home.CHECKOUT
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("district/systems/*/README.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_generated_tables_are_fresh(path):
    assert path.read_text("utf-8") == generated()[path], "run make docs"


def test_every_make_target_is_explained_by_make_alone():
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text, re.M)) - {"help", "setup", "setup-dev"}
    explained = set(re.findall(r"make ([a-z]+)", text))
    assert targets <= explained


def test_every_verb_has_its_file():
    for verb in VERBS:
        assert (ROOT / "district" / "edges" / "commands" / f"{verb}.py").exists()


def test_ci_calls_the_commands_that_the_readme_names():
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make test" in ci
    assert "make test" in readme


@pytest.mark.parametrize("system", registry.systems(), ids=lambda system: system.name)
def test_every_capability_of_a_system_belongs_to_its_clause(system):
    for page in system.pages:
        assert page.does, f"{page.key} names no capability"
        assert all(capability.startswith(f"{system.name}.") for capability in page.does)


def test_decisions_are_listed():
    listed = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")
    for page in (ROOT / "docs" / "adr").glob("0*.md"):
        assert page.name in listed
