"""Pages of quality, versions and lineage: who sees what, and what the acts on them do."""

import pytest
from django.urls import reverse

from district.kernel.datasets.lineage import lineage, tell
from district.kernel.datasets.models import Purge, QualityRule, QualityScore, Version
from district.kernel.datasets.quality.actions import add_rule
from district.kernel.datasets.retention import purge, purge_due
from district.kernel.datasets.tests.test_versions import deliver, resource, rows_of
from district.kernel.datasets.version_acts import differences, faults, roll_back
from district.kernel.datasets.versions import published
from district.kernel.people.models import AuditEntry
from district.kernel.people.refused import Refused
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_lake(monkeypatch, tmp_path):
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)


@pytest.fixture
def people():
    """A published resource of firms with failing rows, and three readers of different duty."""
    firms = resource()
    firms.shelf = "published"
    firms.save()
    firms.items.filter(name="name").update(mask="person_name", grade=3)
    add_rule(firms, None, kind="range", item="name", parameters={"longest": 2})
    deliver(firms, [(1, "张三"), (2, "欧阳小明")])
    return {
        "firms": firms,
        "provider": account("brain.provider", unit=firms.provider, scope="own"),
        "steward": account("brain.steward"),
        "other": account("brain.provider", unit=organisation("civil"), scope="own"),
    }


def text_of(client, name, *args, **query):
    answer = client.get(reverse(f"datasets:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_scores_are_listed_and_lead_to_their_resource(client, people):
    client.force_login(people["steward"])
    assert reverse("datasets:resource_quality", args=[people["firms"].pk]) in text_of(client, "quality")
    page = text_of(client, "resource_quality", people["firms"].pk)
    assert "最长 2 字" in page
    assert "50.0%" in page


def test_failing_rows_are_masked_for_the_steward_and_whole_for_the_department(client, people):
    score = QualityScore.objects.get()
    rule = QualityRule.objects.get()
    client.force_login(people["steward"])
    assert "欧**明" in text_of(client, "failing_rows", score.pk, f"rule-{rule.pk}")
    looks = AuditEntry.objects.filter(action="look").count()
    client.force_login(people["provider"])
    whole = text_of(client, "failing_rows", score.pk, f"rule-{rule.pk}")
    assert "欧阳小明" in whole
    assert "张三" not in whole
    assert AuditEntry.objects.filter(action="look").count() == looks + 1
    client.force_login(people["other"])
    assert client.get(reverse("datasets:failing_rows", args=[score.pk, f"rule-{rule.pk}"])).status_code == 403


def test_a_rule_is_made_changed_and_suspended_on_screen(client, people):
    client.force_login(people["provider"])
    firms = people["firms"]
    address = reverse("datasets:new_quality_rule", args=[firms.pk, "expression"])
    bad = client.post(address, {"text": "name = (SELECT 1)", "least_share": "1"})
    assert bad.status_code == 422
    assert "条件中不能使用" in bad.content.decode()
    client.post(address, {"text": "no > 1", "least_share": "0.9", "is_blocking": "on"})
    rule = QualityRule.objects.get(kind="expression")
    assert (rule.parameters, rule.is_blocking, rule.changed_by) == ({"text": "no > 1"}, True, people["provider"])
    client.post(reverse("datasets:quality_rule", args=[rule.pk]), {"text": "no > 0", "least_share": "1"})
    client.post(reverse("datasets:switch_quality_rule", args=[rule.pk]))
    rule.refresh_from_db()
    assert (rule.parameters, rule.is_active) == ({"text": "no > 0"}, False)
    client.force_login(people["other"])
    assert client.post(address, {"text": "no > 1", "least_share": "1"}).status_code == 403


@pytest.mark.parametrize("kind", ["required", "type", "range", "code", "pattern", "unique", "reference", "freshness"])
def test_every_kind_of_rule_has_its_form(client, people, kind):
    client.force_login(people["provider"])
    assert 'name="least_share"' in text_of(client, "new_quality_rule", people["firms"].pk, kind)


def test_an_earlier_version_is_published_again_without_copying(client, people):
    firms = people["firms"]
    first = published(firms)
    deliver(firms, [(9, "丙")])
    client.force_login(people["provider"])
    client.post(reverse("datasets:roll_back_version", args=[firms.pk, 1]))
    third = published(firms)
    assert (third.number, third.files, third.sha256) == (3, first.files, first.sha256)
    assert rows_of(third) == [(1, "张三"), (2, "欧阳小明")]
    purge(Version.objects.get(number=1), "试")
    assert rows_of(third) == [(1, "张三"), (2, "欧阳小明")]
    assert rows_of(deliver(firms, [(2, "丁")], "upsert")) == [(1, "张三"), (2, "丁")]


def test_a_damaged_version_is_noticed_and_not_restored(client, people, tmp_path):
    firms = people["firms"]
    first = published(firms)
    deliver(firms, [(9, "丙")])
    (tmp_path / first.files[0]).write_bytes(b"x")
    assert faults(first) == [f"校验值不符：{first.files[0]}"]
    with pytest.raises(Refused) as refused:
        roll_back(Version.objects.get(number=1), people["provider"])
    assert refused.value.code == "is_damaged"
    client.force_login(people["steward"])
    client.post(reverse("datasets:verify_version", args=[firms.pk, 1]))
    assert "校验值不符" in text_of(client, "versions", firms.pk)


def test_versions_are_compared_item_by_item(client, people):
    firms = people["firms"]
    firms.items.filter(name="on").delete()
    firms.items.create(position=8, name="area", title="面积", type="number")
    firms.items.filter(name="no").update(type="text")
    second = deliver(firms, [("1", "甲")])
    found = {each.name: each.kind for each in differences(Version.objects.get(number=1), second)}
    assert found == {"no": "changed", "name": "same", "area": "added", "on": "removed"}
    client.force_login(people["steward"])
    assert "类型改变" in text_of(client, "versions", firms.pk, earlier=1, later=2)


def test_versions_are_purged_after_their_time_unless_something_was_made_of_them(people, tmp_path):
    firms = people["firms"]
    for name in "甲乙":
        deliver(firms, [(1, name)])
    firms.keep_days = 0
    firms.save()
    first, second = Version.objects.filter(state="retired").order_by("number")
    tell([("version", first.pk, "v1")], ("product", "p", "月报"))
    (done,) = purge_due()
    assert (done.number, done.rows, done.sha256, done.files) == (2, 1, second.sha256, second.files)
    assert Purge.objects.get().by is None
    with pytest.raises(Refused) as refused:
        purge(published(firms), "试")
    assert refused.value.code == "in_use"
    assert rows_of(first) == [(1, "张三"), (2, "欧阳小明")]


def test_lineage_goes_up_and_down_and_every_node_leads_somewhere(client, people):
    firms = people["firms"]
    tell([("source", 7, "税务表格")], ("resource", firms.pk, firms.title), "run-1")
    version = published(firms)
    tell([("version", version.pk, "v1")], ("product", "月报", "月报"), "分析")
    tell([("product", "月报", "月报")], ("grant", 3, "给民政"))
    found = lineage("version", version.pk)
    steps = {node.kind: found.steps[node.pk] for node in found.nodes}
    assert steps == {"source": -2, "resource": -1, "version": 0, "product": 1, "grant": 2}
    client.force_login(people["steward"])
    page = text_of(client, "lineage", "version", version.pk)
    assert reverse("datasets:versions", args=[firms.pk]) in page
    assert "税务表格" in page


def test_a_ring_of_lineage_ends(people):
    tell([("product", "a", "甲")], ("product", "b", "乙"))
    tell([("product", "b", "乙")], ("product", "a", "甲"))
    assert len(lineage("product", "a").nodes) == 2
