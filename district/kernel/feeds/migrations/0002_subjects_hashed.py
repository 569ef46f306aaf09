"""Keys of records that were kept as they are become keyed hashes."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from district.kernel.feeds.keeping import HASH_SQL, hash_keys

PLAIN = "{table}.subject !~ '^[0-9a-f]{{64}}$'"
CHANGES = f"UPDATE feeds_change SET subject = {HASH_SQL.format(resource='resource_id', subject='subject')} WHERE "
SEEN = f"UPDATE feeds_seen SET subject = {HASH_SQL.format(resource='resource_id', subject='subject')} WHERE "
PUSHES = """
    UPDATE feeds_push SET subject = noted.subject FROM feeds_change AS noted
    WHERE noted.id = feeds_push.change_id AND feeds_push.subject <> noted.subject
"""


def hash_subjects(_apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        for sql, table in ((CHANGES, "feeds_change"), (SEEN, "feeds_seen")):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")  # noqa: S608 - names of ours
            if cursor.fetchone() == (True,):  # without rows no secret need be made
                cursor.execute(sql + PLAIN.format(table=table), hash_keys())
        cursor.execute(PUSHES)


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_changes_subscriptions")]
    operations = [migrations.RunPython(hash_subjects, migrations.RunPython.noop)]
