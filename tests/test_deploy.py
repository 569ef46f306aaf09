"""What deploy/ starts exists, and it starts everything there is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from district.edges.cli import VERBS
from district.edges.supervisor import children
from district.kernel import home, registry

DEPLOY = home.CHECKOUT / "deploy"
COMPOSE = DEPLOY / "compose.yaml"
PROCESSES = {child.name for child in children(simulate=False)}


def commands_of_units(pattern: str) -> list[list[str]]:
    """The arguments after `bin/district` in the units that match."""
    lines = [line for unit in DEPLOY.glob(pattern) for line in unit.read_text().splitlines()]
    return [shlex.split(line.partition("=")[2])[1:] for line in lines if line.startswith("ExecStart=")]


def commands_of_compose() -> list[list[str]]:
    found = re.findall(r"^    command: \[(.*)\]$", COMPOSE.read_text(), re.MULTILINE)
    return [command.split(", ") for command in found]


@pytest.mark.parametrize("commands", [commands_of_units("systemd/*.service"), commands_of_compose()])
def test_every_command_is_a_verb_with_known_arguments(commands: list[list[str]]):
    for verb, *rest in commands:
        assert verb in VERBS
        if verb == "serve":
            assert rest[0] in PROCESSES


@pytest.mark.parametrize("commands", [commands_of_units("systemd/district-*.service"), commands_of_compose()])
def test_every_process_is_started(commands: list[list[str]]):
    assert {command[1] for command in commands if command[0] == "serve"} == PROCESSES
    assert ["prepare"] in commands


def test_the_target_wants_every_unit_of_a_process():
    wanted = re.search(r"^Wants=(.*)$", (DEPLOY / "systemd" / "district.target").read_text(), re.MULTILINE)
    assert wanted is not None
    assert set(wanted[1].split()) == {f"district-{name}.service" for name in PROCESSES}


def test_every_variable_of_the_example_is_read_somewhere():
    names = re.findall(r"^([A-Z_]+)=", (DEPLOY / "district.env").read_text(), re.MULTILINE)
    code = "".join(path.read_text("utf-8") for path in Path(home.CHECKOUT, "district").rglob("*.py"))
    assert names
    assert [name for name in names if f'"{name}"' not in code] == []


def test_compose_opens_every_field_port():
    opened = set(re.findall(r'"(\d+):\d+"', COMPOSE.read_text()))
    assert {str(listen.port) for _, listen in registry.listens()} <= opened


def test_serve_names_the_processes_there_are():
    done = subprocess.run(
        [sys.executable, "-m", "district", "serve", "kitchen"], cwd=home.CHECKOUT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert all(name in done.stderr for name in PROCESSES)
