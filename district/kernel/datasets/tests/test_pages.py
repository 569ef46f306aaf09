import io

import pytest
from django.test import Client
from markupsafe import Markup

from district.kernel.datasets import panels
from district.kernel.datasets.models import EntryFile, Resource
from district.testing import people

pytestmark = pytest.mark.django_db

GOOD = (
    "信息资源名称,信息资源摘要,信息资源格式,信息项信息,共享类型,更新周期\n"
    "教师名录,全区教师,数据库,学校名称（C）,1,每年\n坏的,,数据库,甲（C）,9,每年\n"
)


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def form_data(**fields):
    rows = fields.pop("items", [{"title": "学校名称", "name": "name", "type": "text", "grade": "1"}])
    given = {
        "title": "学校名录", "abstract": "全区学校", "format": "数据库", "cycle": "yearly", "share": "conditional",
        "share_way": "共享平台方式", "share_condition": "限教育管理", "items-TOTAL_FORMS": len(rows), "items-INITIAL_FORMS": 0,
        **fields,
    }  # fmt: skip
    for number, row in enumerate(rows):
        given |= {f"items-{number}-{name}": value for name, value in row.items()}
    return given


def test_a_department_registers_on_screen_and_the_steward_publishes(provider, steward):
    own, reviewer = signed_in(provider), signed_in(steward)
    assert own.get("/datasets/new/").status_code == 200
    answer = own.post("/datasets/new/", form_data(provider=provider.organisation_id))
    assert answer.status_code == 302
    made = Resource.objects.get()
    assert (made.name, made.shelf, made.items.count()) == ("education.xxml", "draft", 1)
    page = f"/datasets/{made.name}/"
    own.post(f"{page}act/submit/")
    assert "待审核 1 条" in reviewer.get("/datasets/").text
    reviewer.post(f"{page}act/return/", {"reason": "摘要太短"})
    assert "摘要太短" in own.get(page).text
    changed = form_data(abstract="全区中小学、幼儿园的名录", **{"items-INITIAL_FORMS": 1})
    assert own.post(f"{page}edit/", changed).status_code == 302
    own.post(f"{page}act/submit/")
    assert "审核" in own.post(f"{page}act/publish/", follow=True).text
    made.refresh_from_db()
    assert made.shelf == "submitted", "a department does not review itself"
    reviewer.post(f"{page}act/publish/")
    made.refresh_from_db()
    assert made.shelf == "published"
    shown = own.get(page).text
    for text in ("全区中小学", "资源摘要", "学校名称", provider.username):
        assert text in shown
    own.post(f"{page}act/withdraw/", {"reason": "职责调整"})
    made.refresh_from_db()
    assert made.shelf == "withdrawn"
    assert own.post(f"{page}act/paint/").status_code == 404


def test_mistakes_are_shown_at_their_fields_and_nothing_is_kept(provider):
    client = signed_in(provider)
    answer = client.post("/datasets/new/", form_data(
        provider=provider.organisation_id, share="closed", items=[{"title": "姓名", "name": "1x", "grade": "1"}]
    ))  # fmt: skip
    assert answer.status_code == 422
    assert "不予共享的资源必须写明法律" in answer.text
    assert "1x" in answer.text
    assert not Resource.objects.exists()


def test_another_departments_entry_is_read_and_not_changed(entry):
    from district.kernel.people.roles import PROVIDER, holders

    entry("schools")
    stranger = signed_in(people.account(*holders(PROVIDER), unit=people.organisation("health"), scope="own"))
    assert stranger.get("/datasets/education.schools/").status_code == 200
    assert stranger.get("/datasets/education.schools/edit/").status_code == 403
    entry("draft", shelf="draft")
    assert stranger.get("/datasets/education.draft/").status_code == 404


def test_the_list_filters_and_exports(entry, steward):
    entry("a", title="学校", theme="education", share="open")
    entry("b", title="雨量", theme="ecology")
    client = signed_in(steward)
    only = client.get("/datasets/?catalogue.theme=ecology").text
    assert "雨量" in only
    assert ">学校<" not in only
    rows = b"".join(client.get("/datasets/?catalogue-export=csv").streaming_content).decode("utf-8-sig")
    assert len(rows.splitlines()) == 3


def test_a_file_of_entries_is_taken_and_its_refusals_shown(provider):
    client = signed_in(provider)
    upload = io.BytesIO(GOOD.encode())
    upload.name = "目录.csv"
    answer = client.post(
        "/datasets/files/", {"provider": provider.organisation_id, "file": upload}, follow=True
    )
    assert "读取 2 条：新增 1" in answer.text
    assert "共享类型须为" in answer.text
    file = EntryFile.objects.get()
    assert client.get("/datasets/files/").text.count("目录.csv") == 1
    from district.kernel.people.roles import PROVIDER, holders

    stranger = signed_in(people.account(*holders(PROVIDER), unit=people.organisation("health"), scope="own"))
    assert stranger.get(f"/datasets/files/{file.pk}/").status_code == 404
    broken = io.BytesIO(b"nothing")
    broken.name = "a.csv"
    refused = client.post("/datasets/files/", {"provider": provider.organisation_id, "file": broken})
    assert (refused.status_code, "没有找到目录条目" in refused.text) == (422, True)
    head = client.get("/datasets/files/template.csv").text
    assert "信息资源名称" in head
    assert "脱敏方式" in head


def test_other_packages_bring_panels(entry, steward, monkeypatch):
    monkeypatch.setattr(panels, "_panels", dict(panels._panels))

    @panels.panel("tea", order=1)
    def tea(request, resource):
        return Markup("<p>{} 的茶</p>").format(resource.title)

    @panels.panel("nothing")
    def nothing(request, resource):
        return None

    entry("schools", title="<学校>")
    shown = signed_in(steward).get("/datasets/education.schools/").text
    assert '<div class="mt-3" id="tea"><p>&lt;学校&gt; 的茶</p></div>' in shown
    assert 'id="nothing"' not in shown
    with pytest.raises(ValueError, match="tea"):
        panels.panel("tea")(nothing)


def test_nobody_but_those_who_deliver_registers(entry):
    reader = signed_in(people.account("environment.reader"))
    entry("schools")
    assert reader.get("/datasets/new/").status_code == 403
    assert reader.get("/datasets/").status_code == 200
    assert "登记资源" not in reader.get("/datasets/").text
