"""Versions: what readers get is always one whole state, whatever was delivered in whatever way."""

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.datasets.duck import duck
from district.kernel.datasets.models import Resource, Version
from district.kernel.datasets.versions import NoVersion, lake_sql, open_version, published, relation
from district.kernel.people.refused import Refused
from district.testing.people import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_lake(monkeypatch, tmp_path):
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)


def resource(address="tax.firms", /, **items):
    found = Resource.objects.create(
        name=address, code=address, title="企业", category="3", provider=organisation("tax")
    )
    for position, (key, kind) in enumerate(
        (items or {"no": "integer", "name": "text", "on": "date"}).items()
    ):
        found.items.create(position=position, name=key, title=key, type=kind, is_key=position == 0)
    return found


def batch(rows, *names):
    names = names or ("no", "name")
    return pa.RecordBatch.from_pylist([dict(zip(names, row, strict=True)) for row in rows])


def deliver(to, rows, mode="replace", run="run-1", names=()):
    with open_version(to, run, mode) as draft:
        if rows:
            draft.write([batch(rows, *names)])
        return draft.publish()


def rows_of(version, columns='"no", name'):
    with duck() as engine:
        return engine.execute(f"SELECT {columns} FROM ({lake_sql(version)}) ORDER BY ALL").fetchall()


def test_rows_are_published_with_their_number_and_their_delivery():
    firms = resource()
    version = deliver(firms, [(1, "甲"), (2, "乙")])
    assert published(firms) == version
    assert rows_of(version, '"no", name, "on", _row, _run') == [
        (1, "甲", None, 1_000_000_000, "run-1"), (2, "乙", None, 1_000_000_001, "run-1"),
    ]  # fmt: skip
    assert (version.rows, version.state, version.files) == (
        2, "published", ["resources/tax.firms/version=000001/part-00000.parquet"],
    )  # fmt: skip


def test_an_upsert_replaces_rows_of_the_same_key_and_they_keep_their_number():
    firms = resource()
    deliver(firms, [(1, "甲"), (2, "乙")])
    version = deliver(firms, [(2, "丙"), (3, "丁"), (3, "戊")], "upsert", "run-2")
    assert rows_of(version, '"no", name, _row, _run') == [
        (1, "甲", 1_000_000_000, "run-1"), (2, "丙", 1_000_000_001, "run-2"), (3, "戊", 2_000_000_002, "run-2"),
    ]  # fmt: skip


def test_an_older_version_stays_readable():
    firms = resource()
    first = deliver(firms, [(1, "甲")])
    deliver(firms, [(2, "乙")])
    first.refresh_from_db()
    assert first.state == Version.State.RETIRED
    assert rows_of(first) == [(1, "甲")]


def test_rows_of_a_younger_item_are_null_in_older_files():
    firms = resource()
    deliver(firms, [(1, "甲")])
    firms.items.create(position=9, name="area", title="面积", type="number")
    version = deliver(firms, [(2, 3.5)], "append", names=("no", "area"))
    assert rows_of(version, '"no", name, area') == [(1, "甲", None), (2, None, 3.5)]


def test_an_item_of_another_type_wants_a_whole_delivery():
    firms = resource()
    deliver(firms, [(1, "甲")])
    firms.items.filter(name="name").update(type="integer")
    with pytest.raises(Refused) as refused:
        deliver(firms, [(2, 7)], "append")
    assert (refused.value.code, refused.value.field) == ("type_changed", "name")


def test_a_value_of_the_wrong_type_is_named():
    firms = resource()
    with pytest.raises(Refused) as refused, open_version(firms, "run-1") as draft:
        draft.write([batch([("x", "甲")])])
    assert (refused.value.code, refused.value.field) == ("bad_type", "no")
    assert published(firms) is None
    assert firms.versions.get().state == Version.State.REFUSED


def test_a_column_the_resource_has_not_got_is_refused():
    with pytest.raises(Refused, match="phone"), open_version(resource(), "run-1") as draft:
        draft.write([batch([(1, "x")], "no", "phone")])


def test_nothing_is_readable_before_the_first_version():
    with pytest.raises(NoVersion):
        relation(resource())


def test_a_delivery_without_rows_is_a_version_without_rows():
    firms = resource()
    assert rows_of(deliver(firms, [])) == []
    deliver(firms, [(1, "甲")])
    assert rows_of(deliver(firms, [], "append")) == [(1, "甲")]


def test_relation_gives_the_published_rows():
    firms = resource()
    deliver(firms, [(1, "甲"), (2, "乙")])
    table = relation(firms)
    assert table.count().execute() == 2
    assert dict(table.schema().items()).keys() == {"no", "name", "on", "_row", "_run"}


modes = st.sampled_from(["replace", "append", "upsert"])
some_rows = st.lists(st.tuples(st.integers(0, 5) | st.none(), st.sampled_from("甲乙丙")), max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(modes, some_rows), max_size=5))
def test_any_sequence_of_deliveries_equals_a_plain_model(deliveries):
    firms = resource(f"tax.firms{Resource.objects.count()}")
    model = []
    for mode, rows in deliveries:
        deliver(firms, rows, mode)
        if mode == "replace":
            model = []
        if mode == "upsert":
            latest = dict(rows)
            model = [row for row in model if row[0] not in latest] + list(latest.items())
        else:
            model = model + rows
        version = published(firms)
        assert sorted(rows_of(version), key=str) == sorted(model, key=str)
        assert version.rows == len(model)
        numbers = rows_of(version, "count(DISTINCT _row)")
        assert numbers == [(len(model),)]


def test_many_small_deliveries_are_put_together(monkeypatch):
    monkeypatch.setattr("district.kernel.datasets.versions.FILES_AT_MOST", 3)
    firms = resource()
    for number in range(8):
        version = deliver(firms, [(number, "甲")], "append")
    assert len(version.files) <= 3
    assert [row[0] for row in rows_of(version)] == list(range(8))
