from types import SimpleNamespace

import pytest

from district.kernel import registry
from district.kernel.datasets import catalogue, jobs
from district.kernel.datasets.apps import every_share_is_a_dataset
from district.kernel.datasets.models import DatasetSize
from district.kernel.vocabulary import Column, Dataset, System

KETTLES = Dataset(
    "Kettles",
    "水壶",
    "Kettles",
    "django_session",
    (Column("code", "编号", "text", sensitivity=2),),
    share="open",
)
LOST = Dataset("Lost", "遗失物", "Lost", "no such table", (Column("code", "编号", "text"),))
SYSTEM = System(
    "example", 99, "示例", "Example", "区大数据局", "2026-01", shares=("Kettles", "Lost", "Forgotten")
)


@pytest.fixture
def example(monkeypatch):
    contract = SimpleNamespace(Kettles=KETTLES, Lost=LOST, Forgotten=17)
    monkeypatch.setattr(registry, "systems", lambda: (SYSTEM,))
    monkeypatch.setattr(registry, "role_file", lambda system, role: contract if role == "contract" else None)


def test_a_share_without_a_dataset_fails_at_start(example):
    assert [each.dataset.key for each in catalogue.entries()] == ["Kettles", "Lost"]
    (problem,) = every_share_is_a_dataset()
    assert "example.Forgotten" in problem.msg


@pytest.mark.django_db
def test_sizes_are_counted_and_a_table_that_cannot_be_read_says_why(example):
    jobs.count_datasets()
    jobs.count_datasets()
    sizes = {size.key: size for size in DatasetSize.objects.all()}
    assert (sizes["Kettles"].rows, sizes["Kettles"].problem) == (0, "")
    assert sizes["Lost"].rows is None
    assert "no such table" in sizes["Lost"].problem
