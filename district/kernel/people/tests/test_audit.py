from concurrent.futures import ThreadPoolExecutor

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from district.kernel import clock
from district.kernel.people import audit_anchors, commands
from district.kernel.people.audit import record_act, record_look, verify_chain
from district.kernel.people.models import AuditCheck, AuditEntry
from district.testing import people

pytestmark = pytest.mark.django_db

GUARDS = ("people.AuditEntry:append_only",)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Anchors of one test must not meet the chain of another."""
    monkeypatch.setattr(audit_anchors, "anchors_file", lambda: tmp_path / "audit_anchors")


def some_acts(count: int = 5) -> None:
    account = people.account("people.admin")
    for number in range(count):
        record_look(account, "account", f"Z{number}", "核对联系方式", ["phone"])


def altered(sql: str) -> None:
    """What somebody with full rights on the database can do: switch the guard off and write."""
    with pgtrigger.ignore(*GUARDS), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_look_says_who_from_where_at_what_and_why():
    account = people.account("people.admin", unit=people.organisation("bigdata", name="区大数据局"))
    entry = record_look(account, "account", "Z10086", "核对联系方式", ["phone"], address="10.1.2.3")
    stored = AuditEntry.objects.get(seq=entry.seq)
    assert (stored.username, stored.organisation, stored.address) == (account.username, "区大数据局", "10.1.2.3")
    assert (stored.action, stored.subject, stored.purpose, stored.fields) == (
        "look", "Z10086", "核对联系方式", ["phone"],
    )


def test_an_untouched_chain_is_whole():
    some_acts()
    check = verify_chain()
    assert check.is_whole
    assert check.rows == 5
    assert check.head == AuditEntry.objects.get(seq=5).digest


def test_an_empty_trail_is_whole():
    assert verify_chain().is_whole


@pytest.mark.parametrize("statement", ["UPDATE people_auditentry SET purpose = 'x'", "DELETE FROM people_auditentry"])
def test_the_database_refuses_to_change_or_delete_a_row(statement: str):
    some_acts(1)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_emptying_the_table_is_guarded_too():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'people_auditentry'::regclass AND tgtype & 32 = 32"
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    "assignment",
    ["purpose = 'x'", "fields = '[]'", "username = 'other'", "at = at + interval '1 second'", "result = 'refused'",
     "account_id = NULL", "address = '10.0.0.1'", "subject = 'Z9'", "action = 'export'"],
)
def test_a_changed_row_is_the_first_broken_one(assignment: str):
    some_acts()
    altered(f"UPDATE people_auditentry SET {assignment} WHERE seq = 3")
    check = verify_chain()
    assert (check.broken_at, check.problem) == (3, "altered")


def test_a_row_taken_out_leaves_a_gap():
    some_acts()
    altered("DELETE FROM people_auditentry WHERE seq = 3")
    assert (verify_chain().broken_at, verify_chain().problem) == (3, "gap")


def test_rows_taken_off_the_end_are_missed_by_the_anchor():
    some_acts()
    assert audit_anchors.check_and_anchor().is_whole
    altered("DELETE FROM people_auditentry WHERE seq > 3")
    assert verify_chain().is_whole
    check = audit_anchors.check_and_anchor()
    assert (check.broken_at, check.problem) == (4, "anchor_missing")


def test_a_chain_made_anew_differs_from_the_anchor():
    some_acts()
    audit_anchors.check_and_anchor()
    altered("DELETE FROM people_auditentry")
    some_acts()
    assert verify_chain().is_whole
    assert audit_anchors.check_and_anchor().problem == "anchor_differs"


def test_the_command_ends_with_1_when_the_trail_is_broken(capsys):
    some_acts()
    assert commands.audit([]) == 0
    assert "审计记录链完整：5 条" in capsys.readouterr().out
    altered("UPDATE people_auditentry SET purpose = 'x' WHERE seq = 2")
    assert commands.audit([]) == 1
    assert "第 2 条" in capsys.readouterr().err


def test_after_a_restore_the_anchors_are_set_aside_and_that_is_noted(capsys):
    some_acts()
    assert commands.audit([]) == 0
    altered("DELETE FROM people_auditentry WHERE seq > 3")
    assert commands.audit(["--after-restore", "演练"]) == 0
    assert AuditEntry.objects.first().action == "anchors_set_aside"


def test_an_act_stands_or_falls_with_its_transaction():
    with transaction.atomic():
        record_act(None, "export")
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_still_make_one_chain():
    account = people.account("people.admin")

    def write(number: int) -> None:
        try:
            for turn in range(10):
                with transaction.atomic():
                    record_look(account, "account", f"{number}-{turn}", "并发")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    check = verify_chain()
    assert (check.rows, check.is_whole) == (80, True)
    assert clock.now() >= AuditEntry.objects.first().at


def test_each_walk_leaves_a_record_and_a_short_walk_begins_at_the_last_anchor():
    some_acts()
    assert audit_anchors.check_and_anchor().is_whole
    some_acts(2)
    check = audit_anchors.check_and_anchor(is_whole_chain=False)
    assert (check.is_whole, check.rows) == (True, 7)
    assert list(AuditCheck.objects.order_by("pk").values_list("since", "rows", "problem")) == [(0, 5, ""), (5, 7, "")]
    altered("UPDATE people_auditentry SET purpose = 'x' WHERE seq = 2")
    assert audit_anchors.check_and_anchor(is_whole_chain=False).is_whole, "a short walk tells nothing of what lies before"
    assert (audit_anchors.check_and_anchor().broken_at, AuditCheck.objects.first().problem) == (2, "altered")


@pytest.mark.parametrize(
    ("statement", "found"),
    [("UPDATE people_auditentry SET purpose = 'x' WHERE seq = 6", (6, "altered")),
     ("DELETE FROM people_auditentry WHERE seq = 6", (6, "gap")),
     ("DELETE FROM people_auditentry WHERE seq >= 5", (5, "anchor_missing"))],
)
def test_a_short_walk_finds_what_was_done_since_the_anchor(statement: str, found: tuple[int, str]):
    some_acts()
    audit_anchors.check_and_anchor()
    some_acts(2)
    altered(statement)
    check = audit_anchors.check_and_anchor(is_whole_chain=False)
    assert (check.broken_at, check.problem) == found
