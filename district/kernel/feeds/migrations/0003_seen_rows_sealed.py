"""What was kept of personal rows to compare by is sealed, and digests of all rows are keyed."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Q

from district.kernel.feeds.differences import seal_plain
from district.kernel.feeds.keeping import DIGEST_SQL, PERSONAL_FROM, hash_keys

DIGESTS = f"UPDATE feeds_seen SET digest = {DIGEST_SQL.format(row='row::text')} WHERE resource_id = %(resource)s"


def seal_rows(apps: Any, editor: Any) -> None:
    items = apps.get_model("datasets", "Item").objects.filter(Q(holds="person_id") | Q(grade__gte=PERSONAL_FROM))
    personal = set(items.values_list("resource_id", flat=True))
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT resource_id FROM feeds_seen")
        for (resource,) in cursor.fetchall():
            cursor.execute(DIGESTS, {"resource": resource, **hash_keys()})
            if resource in personal:
                seal_plain(resource)


class Migration(migrations.Migration):
    dependencies = [("feeds", "0002_subjects_hashed"), ("datasets", "0006_visits")]
    operations = [migrations.RunPython(seal_rows, migrations.RunPython.noop)]
