"""`district manage …`: Django's own commands, with a database."""

from __future__ import annotations

from district.edges import first_tables
from district.edges.database import running_database, set_up_django


def main(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    with running_database():
        set_up_django()
        if arguments[:1] == ["migrate"] and not any(argument[0] != "-" for argument in arguments[1:]):
            first_tables.lay()
        execute_from_command_line(["district manage", *arguments])
    return 0
