"""Pages of quality, versions and lineage in a real browser: complete, accessible, within the screen."""

import pytest

from district.kernel.datasets.lineage import tell
from district.kernel.datasets.models import QualityRule, QualityScore
from district.kernel.datasets.quality.actions import add_rule
from district.kernel.datasets.tests.test_versions import deliver, resource
from district.testing.browser import assert_accessible, assert_fits, screenshot
from district.testing.people import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(monkeypatch, tmp_path):
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)
    firms = resource()
    firms.shelf = "published"
    firms.save()
    rule = add_rule(firms, None, kind="range", item="name", parameters={"longest": 2})
    for run, names in enumerate((["甲", "乙"], ["甲", "丙丙丙"], ["甲甲甲", "乙", "丁"])):
        version = deliver(firms, list(enumerate(names)), run=f"run-{run}")
        tell([("source", 7, "税务登记表.xlsx")], ("resource", firms.pk, firms.title), f"run-{run}")
    tell([("version", version.pk, "v3")], ("product", "1", "企业月报"), "分析")
    tell([("product", "1", "企业月报")], ("grant", 3, "授予民政局"), "")
    score = QualityScore.objects.first()
    assert QualityRule.objects.get() == rule
    return {
        "quality": "/datasets/quality/",
        "resource": f"/datasets/resources/{firms.pk}/quality/",
        "rule": f"/datasets/quality/rules/{rule.pk}/",
        "failing": f"/datasets/quality/scores/{score.pk}/rule-{rule.pk}/",
        "versions": f"/datasets/resources/{firms.pk}/versions/?earlier=1&later=3",
        "lineage": f"/datasets/lineage/version/{version.pk}/",
    }


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_open_without_complaint(pages, open_page, width):
    reader = account("brain.steward")
    for name, address in pages.items():
        page = open_page(address, account=reader, width=width)
        assert_accessible(page)
        assert_fits(page)
        screenshot(page, f"datasets-{name}-{width}")
