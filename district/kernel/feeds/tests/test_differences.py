from __future__ import annotations

import json
from importlib import import_module

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
        cursor.execute("SELECT string_agg(s::text, '') FROM feeds_seen AS s")
        [seen] = cursor.fetchone()
    assert number not in stored + seen
    assert "测试人3" not in stored + seen
    assert Seen.objects.filter(subject=keeping.subject_hash(resource.pk, number)).exists()


@pytest.mark.django_db
def test_what_was_kept_in_the_clear_is_sealed_and_is_no_change():
    resource = shared_rows.resource()
    resource.items.update(grade=1, holds="")
    shared_rows.make_table(5)
    note_changes_of_table(resource)
    assert Seen.objects.filter(row__name="测试人3").exists()
    resource.items.filter(name="number").update(grade=4, holds="person_id")
    assert note_changes_of_table(resource) == 0
    assert [set(row) for row in Seen.objects.values_list("row", flat=True)] == [{keeping.SEALED}] * 5
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {shared_rows.TABLE} SET name = '改名' WHERE id = 3")
    assert note_changes_of_table(resource) == 1
    change = Change.objects.get()
    assert json.loads(keeping.plain(change.before))["name"] == "测试人3"
    assert json.loads(keeping.plain(change.row))["name"] == "改名"


@pytest.mark.django_db
def test_rows_kept_by_an_earlier_release_are_sealed_with_keyed_digests():
    from django.apps import apps

    resource = shared_rows.resource()
    shared_rows.make_table(5)
    note_changes_of_table(resource)
    with connection.cursor() as cursor:
        for each in Seen.objects.all():
            cursor.execute(
                "UPDATE feeds_seen SET row = %s::jsonb, digest = md5(%s::jsonb::text) WHERE id = %s",
                [keeping.plain(each.row), keeping.plain(each.row), each.pk],
            )
    migration = import_module("district.kernel.feeds.migrations.0003_seen_rows_sealed")
    migration.seal_rows(apps, type("Editor", (), {"connection": connection}))
    assert all(set(row) == {keeping.SEALED} for row in Seen.objects.values_list("row", flat=True))
    assert note_changes_of_table(resource) == 0
