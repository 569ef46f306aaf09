"""Pages of parties: what is masked, what is noted, who may do what."""

from __future__ import annotations

import pytest
from django.urls import reverse

from district.kernel.parties.actions import merge, record_pairs
from district.kernel.parties.models import Attribute, Candidate, Merge, Objection, Party, Split
from district.kernel.people.models import AuditEntry
from district.testing.parties import citizen_number, credit_code, entity, person
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    made = account("parties.reviewer")
    client.force_login(made)
    return made


@pytest.fixture
def registrar(client):
    made = account("parties.registrar")
    client.force_login(made)
    return made


def looks() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(action="look").order_by("seq").values_list("subject", "purpose"))


def test_a_person_is_found_by_number_and_shown_masked_and_the_look_is_noted(client, registrar):
    found = person(1, name="欧阳小明", phone="13800138000")
    answer = client.post(
        reverse("parties:by_number"), {"number": citizen_number(1), "purpose": "核对"}, follow=True
    )
    text = answer.content.decode()
    assert "欧**明" in text
    assert "138****8000" in text
    for hidden in ("欧阳小明", citizen_number(1), "13800138000"):
        assert hidden not in text
    assert looks() == [(str(found.pk), "核对"), (str(found.pk), "脱敏查看")]


def test_a_purpose_shows_the_whole_and_stands_in_the_trail(client, registrar):
    found = person(1, phone="13800138000")
    assert client.post(reverse("parties:reveal", args=[found.pk])).status_code == 422
    answer = client.post(reverse("parties:reveal", args=[found.pk]), {"reveal-purpose": "窗口核验"})
    assert citizen_number(1) in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert looks()[-1] == (str(found.pk), "窗口核验")
    assert "phone" in AuditEntry.objects.latest("seq").fields


def test_an_enterprise_is_public(client, registrar):
    found = entity(1, name="淄博演示纺织有限公司")
    text = client.get(reverse("parties:party", args=[found.pk])).content.decode()
    assert credit_code(1) in text
    assert "淄博演示纺织有限公司" in text


def test_a_wrong_number_is_said_to_be_wrong(client, registrar):
    answer = client.post(reverse("parties:by_number"), {"number": "370306199001010011", "purpose": "核对"})
    assert answer.status_code == 422
    assert "校验码" in answer.content.decode()


def test_the_list_masks_persons_and_finds_by_former_names(client, registrar):
    person(1, name="张三丰")
    entity(1, name="新名公司", former_name="旧名工厂")
    text = client.get(reverse("parties:parties")).content.decode()
    assert "张*丰" in text
    assert "张三丰" not in text
    text = client.get(reverse("parties:parties"), {"name": "旧名"}).content.decode()
    assert "新名公司" in text
    assert "张*丰" not in text


def test_who_is_outside_the_scope_does_not_exist(client):
    town = organisation("sichoulu", division_code="370306001")
    client.force_login(account("parties.registrar", unit=town, scope="own"))
    inside, outside = person(1, division_code="370306001002"), person(2, division_code="370306002001")
    assert client.get(reverse("parties:party", args=[inside.pk])).status_code == 200
    assert client.get(reverse("parties:party", args=[outside.pk])).status_code == 404
    assert (
        client.post(reverse("parties:reveal", args=[outside.pk]), {"reveal-purpose": "x"}).status_code == 404
    )
    answer = client.post(reverse("parties:by_number"), {"number": citizen_number(2), "purpose": "x"})
    assert answer["Location"] == reverse("parties:parties")


def test_a_registrar_may_not_merge(client, registrar):
    kept, gone = person(1), person(2)
    assert client.post(reverse("parties:merge", args=[kept.pk]), {"merge-other": gone.pk}).status_code == 403


def test_a_merge_is_made_and_undone_on_the_page(client, reviewer):
    kept, gone = person(1), person(2)
    client.post(reverse("parties:merge", args=[kept.pk]), {"merge-other": gone.pk, "merge-reason": "同一人"})
    assert client.get(reverse("parties:party", args=[gone.pk]))["Location"] == reverse(
        "parties:party", args=[kept.pk]
    )
    client.post(reverse("parties:unmerge", args=[Merge.objects.get().pk]), {"reason": "误"})
    assert Party.objects.get(pk=gone.pk).is_root


def test_ticked_rows_are_split_off_and_put_back(client, reviewer):
    found = person(1, phone="13800138000")
    row = Attribute.objects.get()
    answer = client.post(
        reverse("parties:split", args=[found.pk]), {"row": [f"attributes:{row.pk}"], "split-reason": "他人"}
    )
    assert answer.status_code == 302
    assert Attribute.objects.get().party_id != found.pk
    client.post(reverse("parties:unsplit", args=[Split.objects.get().pk]), {"reason": "误"})
    assert Attribute.objects.get().party_id == found.pk


def test_an_objection_is_filed_and_decided(client, reviewer):
    found = person(1, phone="13800138000")
    form = {"objection-key": "phone", "objection-text": "不是我的"}
    client.post(reverse("parties:object_to", args=[found.pk]), form)
    filed = Objection.objects.get()
    assert client.post(reverse("parties:decide_objection", args=[filed.pk, "uphold"])).status_code == 409
    client.post(reverse("parties:decide_objection", args=[filed.pk, "uphold"]), {"answer": "已删除"})
    assert not Attribute.objects.exists()


def pair(a: Party, b: Party, weight: float) -> dict:
    told = [
        {"field": "start", "level": "", "weight": -10.0},
        {"field": "name", "level": "variant", "weight": weight},
    ]
    return {"left": a.pk, "right": b.pk, "probability": 0.9, "weight": weight, "explanation": told}


def test_the_review_goes_from_pair_to_pair_and_keeps_what_was_decided(client, reviewer):
    a, b, c = person(1, name="张晓明"), person(2, name="张小明"), person(3, name="张小名")
    record_pairs("person", [pair(a, b, 14.0), pair(b, c, 12.0)])
    first, second = Candidate.objects.order_by("-weight")
    text = client.get(reverse("parties:pair", args=[first.pk])).content.decode()
    assert "<mark>晓</mark>" in text
    assert "<mark>小</mark>" in text
    assert "同音或形近" in text
    assert (str(a.pk), "疑似重复审核") in looks()
    answer = client.post(reverse("parties:decide", args=[first.pk, "merged"]))
    assert answer["Location"] == reverse("parties:pair", args=[second.pk])
    assert Party.objects.get(pk=b.pk).root_id == a.pk
    assert client.post(reverse("parties:decide", args=[second.pk, "apart"]))["Location"] == reverse(
        "parties:queue"
    )
    assert client.post(reverse("parties:decide", args=[second.pk, "merged"])).status_code == 409
    assert client.get(reverse("parties:queue")).status_code == 200


def test_a_merged_party_shows_what_is_in_dispute(client, reviewer):
    kept, gone = person(1, phone="13800138000"), person(2, phone="13900139000")
    merge(kept, gone, reviewer, "同一人")
    text = client.get(reverse("parties:party", args=[kept.pk])).content.decode()
    assert "采用" in text
    assert "由 2 条主体记录合并" in text
