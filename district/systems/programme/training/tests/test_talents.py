"""The talent register keeps who agreed, for a purpose and a time; the person sees, objects and is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from district.kernel.clock import now as moment
from district.kernel.clock import stopped_at, today
from district.testing.people import account

from ...models import Talent
from .. import talents
from ..refused import Refused
from ..talents import Declared

pytestmark = pytest.mark.django_db


def said(**given: object) -> Declared:
    fields: dict[str, object] = {
        "name": "欧阳小明",
        "phone": "13800138000",
        "employer": "演示大学",
        "fields": ["数据治理"],
        "level": "core",
        "source": "own",
        "basis": "consent",
        "purpose": "联系参加项目",
        "until_on": today() + timedelta(days=365),
        "has_agreed": True,
    }
    return Declared(**(fields | given))  # type: ignore[arg-type]


def test_nobody_is_entered_without_consent_purpose_and_end():
    trainer = account("programme.trainer")
    for change, code in (
        ({"has_agreed": False}, "not_agreed"),
        ({"purpose": " "}, "purpose"),
        ({"until_on": today()}, "until_on"),
        ({"until_on": today() + timedelta(days=365 * 6)}, "until_on"),
    ):
        with pytest.raises(Refused) as refused:
            talents.register(said(**change), trainer)
        assert refused.value.code == code
    assert not Talent.objects.exists()


def test_names_and_phones_are_sealed_in_the_table():
    made = talents.register(said(), account("programme.trainer"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name || phone || employer FROM programme_talent WHERE id = %s", [made.pk])
        (stored,) = cursor.fetchone()
    assert "欧阳" not in stored
    assert "138" not in stored
    assert Talent.objects.get(pk=made.pk).name == "欧阳小明"


def test_the_whole_record_is_shown_for_a_reason_and_the_person_sees_who_looked(client: Client):
    trainer = account("programme.trainer")
    made = talents.register(said(), trainer)
    client.force_login(trainer)
    address = f"/programme/talents/{made.pk}/"
    assert "13800138000" not in client.get(address).content.decode()
    assert "13800138000" not in client.post(address, {"purpose": "curiosity"}).content.decode()
    assert talents.looks(made).count() == 0
    assert "13800138000" in client.post(address, {"purpose": "project"}).content.decode()
    client.logout()
    keys = {"number": made.number, "code": talents.query_code(made.number)}
    own = client.post("/programme/talent-record/", keys).content.decode()
    assert "13800138000" in own
    assert trainer.username in own
    assert (
        "13800138000"
        not in client.post("/programme/talent-record/", keys | {"code": "AAAAAAAA"}).content.decode()
    )
    leader = account("programme.leader")
    client.force_login(leader)
    assert "13800138000" not in client.post(address, {"purpose": "project"}).content.decode()


def test_an_objection_stops_use_until_it_is_answered():
    trainer = account("programme.trainer")
    made = talents.object_to(talents.register(said(), trainer), "单位已变")
    with pytest.raises(Refused) as refused:
        talents.look(made, trainer, "project")
    assert refused.value.code == "objected"
    assert made.answer_by is not None
    assert talents.look(made, trainer, "upkeep")["name"] == "欧阳小明"
    assert talents.answer(made, trainer, "已更正").state == "active"


def test_what_is_erased_is_gone_from_the_table_too(client: Client):
    made = talents.register(said(), account("programme.trainer"))
    keys = {"number": made.number, "code": talents.query_code(made.number)}
    client.post("/programme/talent-record/", keys | {"do": "erase"})
    made.refresh_from_db()
    assert made.state == "erased"
    assert (made.name, made.phone, made.employer, made.purpose, made.fields) == ("", "", "", "", [])
    with pytest.raises(IntegrityError), transaction.atomic():
        Talent.objects.filter(pk=made.pk).update(name="又来了")


def test_records_end_by_themselves():
    made = talents.register(said(until_on=today() + timedelta(days=3)), account("programme.trainer"))
    with stopped_at(moment() + timedelta(days=5)):
        with pytest.raises(Refused):
            talents.look(made, account("programme.trainer"), "project")
        assert talents.erase_expired() == 1
    made.refresh_from_db()
    assert made.state == "erased"
