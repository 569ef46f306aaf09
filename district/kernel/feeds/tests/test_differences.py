from __future__ import annotations

import pytest
from django.db import connection

from district.kernel.feeds.differences import note_changes_of_table
from district.kernel.feeds.models import Change
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
    found = {(each.subject, each.op, each.row["phone"]) for each in Change.objects.all()}
    assert found == {
        ("2", "put", "13900000000"), ("5", "put", "13900000000"), ("7", "removed", "13800000007"), ("90", "put", None),
    }  # fmt: skip
