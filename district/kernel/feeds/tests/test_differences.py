from __future__ import annotations

import json

import pytest
from django.db import connection

from district.kernel.feeds import keeping
from district.kernel.feeds.changes import RowChange, note
from district.kernel.feeds.differences import note_changes_of_table
from district.kernel.feeds.models import Change, Seen
from district.kernel.grants.tests import shared_rows


@pytest.mark.django_db
def test_changes_of_a_table_are_what_a_comparison_by_hand_finds():
    resource = shared_rows.resource()
    shared_rows.make_table(rows=12)
    assert note_changes_of_table(resource) == 0, "the first look only remembers"
    assert note_changes_of_table(resource) == 0
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {shared_rows.TABLE} SET phone = '13900000000' WHERE id IN (2, 5)")
        cursor.execute(f"DELETE FROM {shared_rows.TABLE} WHERE id = 7")
        cursor.execute(f"INSERT INTO {shared_rows.TABLE} (id, name) VALUES (90, '新来')")
    assert note_changes_of_table(resource) == 4
    found = {(each.subject, each.op, json.loads(keeping.plain(each.row))["phone"]) for each in Change.objects.all()}
    assert found == {
        (keeping.subject_hash(resource.pk, key), op, phone) for key, op, phone in (
            ("2", "put", "13900000000"), ("5", "put", "13900000000"), ("7", "removed", "13800000007"), ("90", "put", None),
        )
    }  # fmt: skip


@pytest.mark.django_db
def test_the_log_of_changes_tells_nobodys_number():
    resource = shared_rows.resource()
    resource.items.update(is_key=False)
    resource.items.filter(name="number").update(is_key=True)
    number = shared_rows.number_of(3)
    note(resource, [RowChange(number, {"number": number, "name": "测试人3"}, before={"number": number, "name": "旧名"})])
    shared_rows.make_table(3)
    note_changes_of_table(resource)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(c::text, '') FROM feeds_change AS c")
        [stored] = cursor.fetchone()
        cursor.execute("SELECT string_agg(subject, '') FROM feeds_seen")
        [seen] = cursor.fetchone()
    assert number not in stored + seen
    assert "测试人3" not in stored
    assert Seen.objects.filter(subject=keeping.subject_hash(resource.pk, number)).exists()
