"""Deliveries by file and folder: started, killed, gone on with, decided on, corrected."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from district.kernel import clock, home
from district.kernel.connectors import deliveries, inboxes, runs
from district.kernel.connectors.file_deliveries import start_file
from district.kernel.connectors.models import RefusedState, Run, RunState, Source
from district.kernel.connectors.previews import preview
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.staging import Staging
from district.kernel.connectors.tests.delivered import resource, rows_of, source
from district.kernel.connectors.tests.written_files import put, workbook
from district.kernel.connectors.uploads import keep_delivery, keep_path
from district.kernel.files.refusal import Refusal
from district.kernel.jobs.in_line import run_waiting
from district.testing.people import account

TABLE = "统一社会信用代码,单位名称,职工人数\nA,甲公司,12\nB,乙公司,约七人\nC,丙公司,3\n"


def deliver(into: Source, content: str | bytes = TABLE, name: str = "企业.csv") -> Run:
    upload = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    made = start_file(into, keep_delivery(upload, None))
    assert [outcome for task, outcome in run_waiting() if task.endswith("connectors.jobs.deliver")] == [
        "succeeded"
    ]
    made.refresh_from_db()
    return made


@pytest.mark.django_db
def test_an_uploaded_file_is_delivered_by_the_worker():
    into = source()
    made = deliver(into)
    assert (made.state, made.rows_taken, made.rows_refused, made.progress.state) == (
        RunState.DONE,
        2,
        1,
        "done",
    )
    assert [row["code"] for row in rows_of(into.resource)] == ["A", "C"]
    assert made.input["shown"]["header"] == 1


@pytest.mark.django_db
def test_the_same_file_again_adds_nothing():
    into = source()
    deliver(into)
    again = deliver(into)
    assert (again.state, again.rows_taken, again.notes[0]["code"]) == (RunState.DONE, 0, "same_file")


@pytest.mark.django_db
def test_a_workbook_and_a_table_of_the_same_rows_come_to_the_same():
    one, other = source(), source()
    deliver(one)
    rows = [line.split(",") for line in TABLE.splitlines()]
    deliver(other, workbook([["某局名录"], *rows]), "企业.xlsx")
    assert rows_of(one.resource) == rows_of(other.resource)


@pytest.mark.django_db
def test_a_file_that_is_no_table_fails_with_its_reason():
    made = deliver(source(), b"<html></html>", "a.csv")
    assert (made.state, made.code) == (RunState.FAILED, "bad_content")
    with pytest.raises(Refusal):
        keep_delivery(SimpleUploadedFile("a.exe", b"MZ"), None)


@pytest.mark.django_db
def test_a_corrected_row_joins_the_version_of_its_delivery():
    into, who = source(), account()
    made = deliver(into)
    row = made.refused.get()
    deliveries.correct(row, {"职工人数": "7"})
    again = deliveries.send_corrected(made, who)
    run_waiting()
    again.refresh_from_db()
    row.refresh_from_db()
    assert (again.state, again.rows_taken, row.state) == (RunState.DONE, 1, RefusedState.TAKEN), again.problem
    assert sorted(each["code"] for each in rows_of(into.resource)) == ["A", "B", "C"]


@pytest.mark.django_db
def test_a_row_corrected_wrongly_waits_again_with_the_new_reason():
    made = deliver(source())
    row = made.refused.get()
    deliveries.correct(row, {"职工人数": "7", "单位名称": "名" * 40})
    deliveries.send_corrected(made, None)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.code) == (RefusedState.REFUSED, "too_long")


@pytest.mark.django_db
def test_corrections_do_not_join_a_later_delivery():
    into = source()
    made = deliver(into)
    deliver(into, TABLE.replace("A,", "Z,"))
    deliveries.correct(made.refused.get(), {"职工人数": "7"})
    with pytest.raises(Refused) as caught:
        deliveries.send_corrected(made, None)
    assert caught.value.code == "superseded"


@pytest.mark.django_db
def test_a_decision_on_drift_is_kept_and_the_delivery_goes_on():
    into, who = source(), account()
    deliver(into)
    changed = TABLE.replace("职工人数", "员工总人数").replace("A,", "Z,")
    made = deliver(into, changed)
    assert (made.state, [each["kind"] for each in made.drift]) == (RunState.BLOCKED, ["renamed"])
    with pytest.raises(Refused):
        deliveries.decide(made, {}, who)
    deliveries.decide(made, {"0": "rename"}, who)
    run_waiting()
    made.refresh_from_db()
    assert (made.state, made.rows_taken) == (RunState.DONE, 2), made.problem
    assert rows_of(into.resource)[0] == {
        "code": "Z",
        "name": "甲公司",
        "staff": 12,
        "amount": None,
        "founded": None,
    }
    assert deliver(into, changed.replace("Z,", "Y,")).state == RunState.DONE


@pytest.mark.django_db
def test_a_new_column_can_become_a_new_item():
    into = source(on_new_column="block")
    made = deliver(
        into,
        TABLE.replace("职工人数", "职工人数,备注")
        .replace("12\n", "12,好\n")
        .replace("3\n", "3,\n")
        .replace("约七人", "7,"),
    )
    assert made.state == RunState.BLOCKED
    deliveries.decide(made, {"0": "take"}, None)
    run_waiting()
    added = into.resource.items.get(title="备注")
    assert rows_of(into.resource)[0][added.name] == "好"


@pytest.mark.django_db
def test_a_stopped_delivery_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runs, "PART_ROWS", 2)
    into = source(resource({"name": "n", "title": "编号", "type": "integer"}))
    batches = [[{"编号": n}] for n in range(9)]

    class Stops:
        asked = 0

        def should_stop(self) -> bool:
            self.asked += 1
            return self.asked == 2

        def advance(self, *_: object) -> None: ...

        def save(self, *_: object) -> None: ...

    made = runs.run(into, batches, progress=Stops())
    assert (made.state, made.rows_read) == (RunState.STOPPED, 4)
    runs.perform(made, batches)
    assert (made.state, made.rows_read) == (RunState.DONE, 9)
    assert [row["n"] for row in rows_of(into.resource)] == list(range(9))


KILLED = """
import os, signal, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "district.edges.web.settings"
django.setup()
from django.conf import settings
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[2]
from district.kernel.connectors import deliveries, runs, staging
from district.kernel.connectors.models import Run
runs.PART_ROWS = 500
write = staging.Staging.write
def killing(self, number, table):
    write(self, number, table)
    if number == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
staging.Staging.write = killing
deliveries.carry_out(Run.objects.select_related("source__resource").get(pk=int(sys.argv[1])))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_delivery_goes_on_and_comes_to_the_same_rows(tmp_path: Path):
    from django.db import connection

    into = source(resource({"name": "n", "title": "编号", "type": "integer"}), mode="append")
    lines = "编号\n" + "".join(f"{n}\n" if n % 97 else "x\n" for n in range(900_000))
    made = start_file(into, keep_path(put(tmp_path, "a.csv", lines)))
    database = connection.settings_dict["NAME"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(made.pk), database, "1"],
        capture_output=True,
        text=True,
        env=os.environ,
    )
    assert killed.returncode == -9, killed.stderr
    made.refresh_from_db()
    assert made.state == RunState.RUNNING
    assert 0 < made.rows_read < 900_000
    deliveries.carry_out(Run.objects.select_related("source__resource").get(pk=made.pk))
    made.refresh_from_db()
    assert (made.state, made.rows_read, made.rows_refused) == (RunState.DONE, 900_000, 9_279), made.problem
    assert [row["n"] for row in rows_of(into.resource)] == [n for n in range(900_000) if n % 97]
    assert runs.counts_agree(made)
    assert not Staging(made.mark).folder.exists()


@pytest.mark.django_db(transaction=True)
def test_two_processes_do_not_take_one_delivery_and_two_deliveries_of_a_source_take_turns(tmp_path: Path):
    import psycopg
    from django.db import connection

    into = source()
    made = start_file(into, keep_path(put(tmp_path, "a.csv", TABLE)))
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_advisory_lock(hashtext('connectors.run'), %s)", [made.pk])
        assert deliveries.carry_out(made).state == RunState.WAITING
    second = start_file(into, keep_path(put(tmp_path, "b.csv", TABLE.replace("A,", "Z,"))))
    Run.objects.filter(pk=made.pk).update(state=RunState.RUNNING)
    assert (deliveries.carry_out(second).state, second.code) == (RunState.STOPPED, "busy")
    assert (
        deliveries.carry_out(Run.objects.select_related("source__resource").get(pk=made.pk)).state
        == RunState.DONE
    )


@pytest.mark.django_db
def test_a_watched_folder_takes_what_is_complete_and_puts_it_away(monkeypatch: pytest.MonkeyPatch):
    into = source(kind="folder", settings={"folder": "../credit"})
    folder = inboxes.folder_of(into)
    assert folder == home.home() / "inbox" / "credit"
    put(folder, "a.csv", TABLE)
    put(folder, "b.csv.part", TABLE)
    (folder / "link.csv").symlink_to(put(folder.parent, "outside.csv", TABLE))
    assert inboxes.look_into_all() == 0
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(seconds=60))
    assert inboxes.look_into_all() == 1
    run_waiting()
    put(folder, "c.csv", "<html>")
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(seconds=120))
    inboxes.look_into_all()
    run_waiting()
    inboxes.look_into_all()
    assert [path.name for path in (folder / "done").iterdir()] == ["a.csv"]
    assert sorted(path.name for path in (folder / "refused").iterdir()) == ["c.csv", "c.csv.原因.txt"]
    assert len(rows_of(into.resource)) == 2


def test_items_are_proposed_from_header_and_values(tmp_path: Path):
    content = (
        "姓名,身份证号,单位信用代码,人数（万人）,登记日期,是否有效,邮编\n张三,370306199001011234,91370306MA3C0XXX1A,1.5,2021年3月5日,是,012345\n"
        "李四,370306199001011242,91370306MA3C0XXX2B,2,2021.3.6,否,255300\n"
    )
    found = {item.column: item for item in preview(put(tmp_path, "a.csv", content), "a.csv").items}
    assert (found["身份证号"].grade, found["身份证号"].mask, found["身份证号"].holds) == (
        3,
        "id_number",
        "person_id",
    )
    assert found["身份证号"].is_key
    assert found["单位信用代码"].holds == "entity_code"
    people = found["人数（万人）"]
    assert (people.type, people.title, people.unit) == ("number", "人数", "万人")
    assert [found[name].type for name in ("登记日期", "是否有效", "邮编")] == ["date", "boolean", "text"]
    assert len({item.name for item in found.values()}) == 7
