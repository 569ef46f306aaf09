"""Finds what changed in resources that are followed: between two versions in the lake, or in a table since last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson
from django.db import connection, transaction

from district.kernel.datasets.models import Item, Resource, Version
from district.kernel.feeds.changes import CHUNK, LOCK_SPACE, RowChange, note
from district.kernel.feeds.keeping import DIGEST_SQL, HASH_SQL, SEALED, hash_keys, is_personal, kept, opened
from district.kernel.feeds.models import Seen
from district.kernel.grants.row_rules import quoted
from district.kernel.grants.rules import table_sql

MOST_ROWS = 2_000_000
"""A table beyond this is not compared as a whole; its system has to tell changes itself."""
SEPARATOR = "\x1f"

PRESENT = """
    SELECT DISTINCT ON (subject) subject, row, {digest} AS digest
    FROM (SELECT {subject} AS subject, jsonb_build_object({row}) AS row FROM {table}) AS own
    ORDER BY subject
"""
COMPARE = """
    WITH present AS ({present}), known AS (
        SELECT subject, row FROM feeds_seen WHERE resource_id = %(resource)s
    ), upserted AS (
        INSERT INTO feeds_seen AS seen (resource_id, subject, digest, row)
        SELECT %(resource)s, subject, digest, row FROM present
        ON CONFLICT (resource_id, subject) DO UPDATE SET digest = excluded.digest, row = excluded.row
        WHERE seen.digest <> excluded.digest
        RETURNING subject, row
    ), gone AS (
        DELETE FROM feeds_seen AS seen WHERE seen.resource_id = %(resource)s
        AND NOT EXISTS (SELECT 1 FROM present WHERE present.subject = seen.subject)
        RETURNING subject, row
    )
    SELECT subject, upserted.row, known.row, 'put' FROM upserted LEFT JOIN known USING (subject)
    UNION ALL SELECT subject, row, row, 'removed' FROM gone ORDER BY 1
"""
CHANGED = """
    SELECT present.subject, present.digest, present.row::text, seen.row::text
    FROM feeds_present AS present
    LEFT JOIN feeds_seen AS seen ON seen.resource_id = %(resource)s AND seen.subject = present.subject
    WHERE seen.digest IS DISTINCT FROM present.digest ORDER BY 1
"""
GONE = """
    DELETE FROM feeds_seen AS seen WHERE seen.resource_id = %(resource)s
    AND NOT EXISTS (SELECT 1 FROM feeds_present AS present WHERE present.subject = seen.subject)
    RETURNING subject, row::text
"""
KEEP = """
    INSERT INTO feeds_seen (resource_id, subject, digest, row)
    SELECT %(resource)s, subject, digest, row::jsonb
    FROM unnest(%(subjects)s::text[], %(digests)s::text[], %(rows)s::text[]) AS new (subject, digest, row)
    ON CONFLICT (resource_id, subject) DO UPDATE SET digest = excluded.digest, row = excluded.row
"""


@transaction.atomic
def note_changes_of_table(resource: Resource) -> int:
    """Compares the table of a resource with how it was; the first look only remembers. Returns the changes noted."""
    keys = _keys(resource)
    if not keys:
        return 0
    is_first = not Seen.objects.filter(resource=resource).exists()
    present = _present(resource, keys)
    values = {"resource": resource.pk, **hash_keys()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, resource.pk])
        if is_personal(resource):
            cursor.execute("DROP TABLE IF EXISTS feeds_present")
            cursor.execute(f"CREATE TEMPORARY TABLE feeds_present ON COMMIT DROP AS {present}", values)
            changes = _sealed_changes(resource)
        else:
            cursor.execute(COMPARE.format(present=present), values)
            changes = (
                RowChange(subject, opened(row) or {}, op, opened(before), is_hashed=True)
                for subject, row, before, op in cursor.fetchall()
            )
    return sum(0 for _change in changes) if is_first else note(resource, changes)


def _present(resource: Resource, keys: Sequence[Item]) -> str:
    """The rows of the table as they are now; its values are `resource` and those of `hash_keys`."""
    parts = ", ".join(f"coalesce({quoted(each.name)}::text, '')" for each in keys)
    key = f"left(concat_ws(chr({ord(SEPARATOR)}), {parts}), 200)"
    return PRESENT.format(
        table=table_sql(resource.table), subject=HASH_SQL.format(resource="%(resource)s", subject=key),
        digest=DIGEST_SQL.format(row="row::text"),
        row=", ".join(f"'{item.name}', {quoted(item.name)}" for item in resource.items.all()),
    )  # fmt: skip


def _sealed_changes(resource: Resource) -> Iterator[RowChange]:
    """Of personal rows, those that changed, a part at a time; what is kept of them is sealed here."""
    values = {"resource": resource.pk}
    seal_plain(resource.pk)
    with connection.chunked_cursor() as reading, connection.cursor() as cursor:
        reading.execute(CHANGED, values)
        while found := reading.fetchmany(CHUNK):
            rows = [orjson.loads(row) for _subject, _digest, row, _before in found]
            cursor.execute(KEEP, {
                **values, "subjects": [each[0] for each in found], "digests": [each[1] for each in found],
                "rows": [kept(row, is_sealed=True) for row in rows],
            })  # fmt: skip
            for (subject, _digest, _row, before), row in zip(found, rows, strict=True):
                yield RowChange(subject, row, "put", opened(before), is_hashed=True)
        cursor.execute(GONE, values)
        for subject, text in cursor.fetchall():
            row = opened(text)
            yield RowChange(subject, row or {}, "removed", row, is_hashed=True)


def seal_plain(resource_id: int) -> int:
    """Seals what was kept in the clear, as of a resource that was not personal when it was written."""
    done = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT subject, digest, row::text FROM feeds_seen WHERE resource_id = %s AND NOT row ? %s LIMIT %s",
                [resource_id, SEALED, CHUNK],
            )
            found = cursor.fetchall()
            if not found:
                return done
            cursor.execute(KEEP, {
                "resource": resource_id, "subjects": [each[0] for each in found], "digests": [each[1] for each in found],
                "rows": [kept(orjson.loads(each[2]), is_sealed=True) for each in found],
            })  # fmt: skip
            done += len(found)


def note_changes_between(resource: Resource, before: Version | None, after: Version) -> int:
    """Compares two versions by the key items; without a key there is nothing to compare by. Memory is bounded."""
    keys = _keys(resource)
    if before is None or not keys:
        return 0
    return note(resource, _differences(list(resource.items.all()), keys, before, after))


def _differences(items: Sequence[Item], keys: Sequence[Item], before: Version, after: Version) -> Iterator[RowChange]:
    from district.kernel.datasets.lake import lake
    from district.kernel.datasets.versions import lake_sql

    here = {each["name"] for each in after.schema} if after.schema else {item.name for item in items}
    there = {each["name"] for each in before.schema} if before.schema else here
    names = [item.name for item in items if item.name in here]
    old, new = (
        f"(SELECT {_subject(keys)} AS subject, to_json(struct_pack({_struct(names, known)})) AS row FROM ({sql}))"  # noqa: S608
        for known, sql in ((there, lake_sql(before)), (here, lake_sql(after)))
    )
    engine = lake(memory="400MB")
    try:
        found = engine.raw_sql(
            f"SELECT coalesce(new.subject, old.subject), new.row, old.row"  # noqa: S608
            f" FROM {old} AS old FULL JOIN {new} AS new ON old.subject = new.subject"
            " WHERE old.row IS DISTINCT FROM new.row ORDER BY 1"
        )
        while rows := found.fetchmany(CHUNK):
            for subject, row, before in rows:
                old = None if before is None else orjson.loads(before)
                new = old if row is None else orjson.loads(row)
                yield RowChange(subject[:200], new, "removed" if row is None else "put", old)
    finally:
        engine.disconnect()


def _keys(resource: Resource) -> list[Item]:
    return [item for item in resource.items.all() if item.is_key]


def _subject(keys: Sequence[Item]) -> str:
    parts = ", ".join(f"coalesce(CAST({quoted(each.name)} AS VARCHAR), '')" for each in keys)
    return f"concat_ws(chr({ord(SEPARATOR)}), {parts})"


def _struct(names: Sequence[str], known: set[str]) -> str:
    return ", ".join(f"{quoted(name)} := {quoted(name) if name in known else 'NULL'}" for name in names)
