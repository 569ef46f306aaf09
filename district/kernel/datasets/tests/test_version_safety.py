"""A writer may be killed anywhere; several may publish at once: readers have a whole version at any time."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.db import connection

from district.kernel import home
from district.kernel.datasets import retention
from district.kernel.datasets.models import LakeFile, Version
from district.kernel.datasets.tests.test_versions import batch, deliver, resource, rows_of
from district.kernel.datasets.versions import open_version, published

WRITER = """
import os, signal, sys
import django
django.setup()
import numpy as np, pyarrow as pa
from pathlib import Path
from district.kernel import home
from district.kernel.datasets import versions
from district.kernel.datasets.models import Resource
lake = Path(sys.argv[1])
home.lake = lambda: lake

def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)

point = sys.argv[2]
if point == "publishing":
    versions.Draft._make_published = die
if point == "merging":
    versions.Draft._note = die
draft = versions.open_version(Resource.objects.get(), "run-9", "upsert")
draft.write(pa.table({"no": np.arange(300_000), "name": ["x"] * 300_000}).to_batches())
if point == "writing":
    die()
draft.publish()
"""


@pytest.fixture(autouse=True)
def own_lake(monkeypatch, tmp_path):
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["writing", "merging", "publishing"])
def test_a_killed_writer_leaves_the_last_version_whole_and_nothing_else(point):
    firms = resource()
    before = deliver(firms, [(1, "甲"), (2, "乙")], "upsert")
    place = connection.settings_dict
    address = f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}"
    done = subprocess.run(
        [sys.executable, "-c", WRITER, str(home.lake()), point],
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert published(firms) == before
    assert rows_of(before) == [(1, "甲"), (2, "乙")]
    assert retention.sweep() == 1
    assert Version.objects.get(number=2).state == Version.State.REFUSED
    on_disk = {path.relative_to(home.lake()).as_posix() for path in home.lake().rglob("*") if path.is_file()}
    assert on_disk == set(LakeFile.objects.values_list("path", flat=True)) == set(before.files)
    assert rows_of(deliver(firms, [(2, "丙")], "upsert")) == [(1, "甲"), (2, "丙")]


@pytest.mark.django_db(transaction=True)
def test_a_living_writer_is_not_swept_away():
    firms = resource()
    draft = open_version(firms, "run-1")
    draft.write([batch([(1, "甲")])])
    assert retention.sweep() == 0
    assert rows_of(draft.publish()) == [(1, "甲")]
    assert retention.sweep() == 0


@pytest.mark.django_db(transaction=True)
def test_publishers_at_once_lose_nothing():
    firms = resource()
    drafts = [open_version(firms, f"run-{number}", "upsert") for number in range(4)]
    for number, draft in enumerate(drafts):
        draft.write([batch([(key, str(number)) for key in range(number, number + 3)])])
    failures = []

    def publish(draft):
        try:
            draft.publish()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [row[0] for row in rows_of(published(firms))] == list(range(6))
    assert Version.objects.filter(state=Version.State.RETIRED).count() == 3


@pytest.mark.django_db(transaction=True)
def test_an_upsert_leaves_only_the_files_it_names():
    firms = resource()
    deliver(firms, [(1, "甲")], "upsert")
    deliver(firms, [(1, "乙"), (1, "丙")], "upsert")
    on_disk = {path.relative_to(home.lake()).as_posix() for path in home.lake().rglob("*") if path.is_file()}
    assert on_disk == {path for files in Version.objects.values_list("files", flat=True) for path in files}


@pytest.mark.django_db
def test_a_disk_that_is_full_refuses_the_version(monkeypatch):
    firms = resource()

    def full(*args, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("district.kernel.datasets.version_files.write_parquet", full)
    with pytest.raises(OSError, match="No space"):
        deliver(firms, [(1, "甲")])
    assert firms.versions.get().state == Version.State.REFUSED
