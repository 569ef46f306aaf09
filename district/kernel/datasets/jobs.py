from __future__ import annotations

from django.db import DatabaseError, connection, transaction

from district.kernel.clock import now
from district.kernel.datasets.catalogue import Entry, entries
from district.kernel.datasets.models import DatasetSize, Version
from district.kernel.datasets.quality.outcome import note_lateness
from district.kernel.datasets.retention import purge_due, sweep
from district.kernel.datasets.visits import forget_old_visits
from district.kernel.jobs.work import every

PATIENCE = "60s"


@every("25 * * * *")
def count_datasets() -> None:
    """Counts the rows of every lent dataset. One that cannot be read says why and does not stop the others."""
    for entry in entries():
        rows, problem = _count(entry)
        DatasetSize.objects.update_or_create(
            system=entry.system.name,
            key=entry.dataset.key,
            defaults={"rows": rows, "problem": problem[:300], "counted_at": now()},
        )


def _count(entry: Entry) -> tuple[int | None, str]:
    table = connection.ops.quote_name(entry.dataset.table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a quoted name from a contract
            return cursor.fetchone()[0], ""
    except DatabaseError as error:
        return None, str(error).splitlines()[0]


@every("7,22,37,52 * * * *")
def sweep_the_lake() -> int:
    """What killed writers left."""
    return sweep()


@every("9,39 * * * *")
def forget_visits() -> int:
    """Counts of visits whose minute is over."""
    return forget_old_visits()


@every("40 2 * * *")
def purge_old_versions() -> int:
    """Versions whose time is over."""
    return len(purge_due())


@every("12 * * * *")
def note_late_resources() -> int:
    """Resources whose published rows have become older than their cycle allows."""
    at = now()
    current = Version.objects.filter(state=Version.State.PUBLISHED, resource__shelf="published")
    with transaction.atomic():
        told = [note_lateness(version.resource, version, at) for version in current.select_related("resource")]
    return sum(each is not None for each in told)
