"""ADR 0015: trends are of places, times and kinds. No field of a person enters them, by any way."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from district.kernel.cases.models import Case
from district.systems.governance import insight
from district.systems.governance.insight.actions.briefings import make_briefing
from district.systems.governance.insight.actions.reckoning import reckon_trends
from district.systems.governance.insight.happenings import Happenings
from district.systems.governance.insight.queries.events import CASE_FIELDS, happened
from district.systems.governance.models import Trend
from district.systems.governance.reading.emerging import READ

from .conftest import TODAY

FOLDER = Path(insight.__file__).parent
SOURCES = [path for path in FOLDER.rglob("*.py") if "tests" not in path.parts]
PURE = [path for path in FOLDER.glob("*.py") if path.name not in ("__init__.py", "jobs.py", "seed.py")]
OF_PERSONS = {
    "reporter_name", "reporter_phone", "reporter_mark", "reporter_account", "opened_by", "claimed_by", "done_by", "account",
    "seen_by", "text", "title", "address", "form", "workflow", "number", "idempotency_key", "entries", "tasks",
}  # fmt: skip
MAY_NAME_A_CASE = {"early_warnings.py", "seed.py"}
"""The list of the cases behind a warning, as its reader may see them anyway, and the simulated past."""


def test_what_is_counted_has_no_place_for_a_person():
    assert set(Happenings.__dataclass_fields__) == {"day", "lon", "lat", "kind", "town"}
    assert not CASE_FIELDS & OF_PERSONS


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_module_reads_a_field_of_a_person(path: Path):
    if path.name in MAY_NAME_A_CASE:
        return
    tree = ast.parse(path.read_text("utf-8"))
    strings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    reads = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    said = {part for text in strings for part in text.split("__")[:1] if " " not in text}
    named = (said | {one for one in reads if one.startswith(("reporter", "opened_by"))}) & OF_PERSONS
    assert named - {"number"} == set()


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.name)
def test_what_reckons_knows_neither_database_nor_clock_nor_people(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            assert not name.startswith(("django", "district.kernel", "...", "..models")), (
                f"{path.name} imports {name}"
            )


def test_the_tables_of_care_and_persons_are_never_asked(history: list[Case]):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        reckon_trends(TODAY - timedelta(days=1))
        make_briefing(TODAY - timedelta(days=10))

    for query in asked.captured_queries:
        sql = query["sql"]
        assert "governance_care" not in sql
        assert "people_account" not in sql
        if 'FROM "cases_case"' in sql:
            read = sql.split('FROM "cases_case"')[0]
            if set(re.findall(r'"cases_case"\."(\w+)"', read)) == set(READ):
                continue  # the texts of reports, for their terms: with nothing that says whose they are
            for field in OF_PERSONS - {"number", "text", "form"}:
                assert f'"cases_case"."{field}"' not in read, sql
            for field in ("text", "form", "number"):
                assert f'"cases_case"."{field}"' not in sql, sql


def test_confidential_cases_and_matters_of_persons_are_not_counted(history: list[Case]):
    yesterday = TODAY - timedelta(days=1)
    before = len(happened(yesterday, yesterday))
    assert before >= 5
    rows = list(Case.objects.filter(opened_at__date=yesterday).values_list("pk", flat=True)[:5])
    Case.objects.filter(pk=rows[0]).update(is_confidential=True)
    Case.objects.filter(pk=rows[1]).update(classification="G07")
    Case.objects.filter(pk=rows[2]).update(classification="G08")
    Case.objects.filter(pk=rows[3]).update(state="cancelled")
    Case.objects.filter(pk=rows[4]).update(state="merged", merged_into=history[0])

    assert len(happened(yesterday, yesterday)) == before - 5


def test_what_is_kept_names_nobody(history: list[Case]):
    reckon_trends(TODAY - timedelta(days=1))
    make_briefing(TODAY - timedelta(days=10))

    for kept in Trend.objects.all():
        said = str(kept.result)
        assert "张三" not in said
        assert "13800000000" not in said
