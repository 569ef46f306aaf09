from dataclasses import replace
from types import SimpleNamespace

import pytest

from district.kernel import registry
from district.kernel.datasets.actions.contracts import sync_contracts
from district.kernel.datasets.catalogue import faults
from district.kernel.datasets.models import Resource
from district.kernel.vocabulary import Column, Dataset, System
from district.testing import people

KETTLES = Dataset(
    "Kettles", "水壶", "Kettles", "django_session",
    (Column("code", "编号", "text", sensitivity=2, is_key=True), Column("litres", "容量", "number", "L")),
    updates="daily", theme="ecology",
)  # fmt: skip
SYSTEM = System("example", 99, "示例", "Example", "区大数据局，区商务局", "2026-01", shares=("Kettles",))


@pytest.fixture
def lend(monkeypatch):
    """Lends the datasets given by the contract of the one system there is."""

    def lend(*datasets: Dataset) -> None:
        # A contract is read once for each manifest: another one stands for the next start of the platform.
        lent = tuple(dataset.key for dataset in datasets)
        system = replace(SYSTEM, shares=lent, en=str(datasets))
        contract = SimpleNamespace(**{dataset.key: dataset for dataset in datasets})
        monkeypatch.setattr(registry, "systems", lambda: (system,))
        monkeypatch.setattr(registry, "role_file", lambda system, role: contract if role == "contract" else None)

    return lend


@pytest.mark.django_db
def test_a_contract_appears_changes_and_goes_by_itself(lend):
    lend(KETTLES)
    assert sync_contracts() == 0, "its provider is not there yet"
    people.organisation("bigdata", name="区大数据局")
    assert (sync_contracts(), sync_contracts()) == (1, 0)
    entry = Resource.objects.get(name="example.Kettles")
    assert (entry.shelf, entry.table, entry.provider.code, entry.code) == (
        "published", "django_session", "bigdata", "211001/000001"
    )  # fmt: skip
    assert [(item.name, item.grade, item.is_key) for item in entry.items.all()] == [
        ("code", 2, True), ("litres", 1, False)
    ]  # fmt: skip

    changed = replace(KETTLES, zh="电水壶", columns=(*KETTLES.columns, Column("colour", "颜色", "text")))
    lend(changed)
    assert (sync_contracts(), sync_contracts()) == (1, 0)
    entry.refresh_from_db()
    assert (entry.title, entry.items.count(), entry.code) == ("电水壶", 3, "211001/000001")

    lend()
    assert (sync_contracts(), sync_contracts()) == (1, 0)
    entry.refresh_from_db()
    assert entry.shelf == "withdrawn"

    lend(changed)
    assert sync_contracts() == 1
    entry.refresh_from_db()
    assert entry.shelf == "published"


def test_a_contract_the_catalogue_cannot_take_is_named_at_start(lend):
    lend(
        replace(KETTLES, key="A", updates="sometimes"), replace(KETTLES, key="B", theme="tea"),
        replace(KETTLES, key="C", share="closed"), replace(KETTLES, key="D", library="tea"),
    )  # fmt: skip
    assert [fault.split(":")[0] for fault in faults()] == ["example.A", "example.B", "example.C", "example.D"]


@pytest.mark.django_db
def test_what_the_systems_lend_is_catalogued_whole(settings):
    for system in registry.systems():
        for name in (system.lead.replace("，", "、").split("、")[0],):
            people.organisation(f"u{system.clause}", name=name)
    assert faults() == []
    lent = {f"{system.name}.{name}" for system in registry.systems() for name in system.shares}
    sync_contracts()
    assert set(Resource.objects.filter(shelf="published").values_list("name", flat=True)) == lent
