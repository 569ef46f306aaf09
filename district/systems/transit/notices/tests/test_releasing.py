"""What passengers are told is made by one and released by another; nothing else is ever seen in public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from district.kernel.clock import now, today
from district.kernel.people.models import Account, Duty
from district.testing.people import account as new_account

from ...models import Bulletin, Shop
from .. import actions
from ..forms import WeatherForm
from ..queries import bulletins_shown, shops_near, weather_now
from ..refused import Refused

pytestmark = pytest.mark.django_db


def account(role: str) -> Account:
    """The one account with that duty."""
    duty = Duty.objects.filter(role=role).select_related("account").first()
    return duty.account if duty else new_account(role)


def draft(**fields: object) -> Bulletin:
    given = {
        "kind": "notice",
        "title": "演示公告",
        "text": "正文",
        "begin_at": now() - timedelta(hours=1),
    } | fields
    return actions.edited(Bulletin(**given), account("transit.editor"))


def released(**fields: object) -> Bulletin:
    made = actions.submit(draft(**fields), account("transit.editor"))
    return actions.approve(made, account("transit.operator"))


def test_nobody_releases_what_they_made():
    made = actions.submit(draft(), account("transit.editor"))
    with pytest.raises(Refused) as refused:
        actions.approve(made, account("transit.editor"))
    assert refused.value.code == "own"
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=made.pk).update(state="published", approved_by=made.made_by)


def test_only_what_is_released_and_in_its_time_is_shown(client: Client):
    hidden = [draft(title="草稿的"), actions.submit(draft(title="待审的"), account("transit.editor")),
              released(title="明天的", begin_at=now() + timedelta(days=1)),
              released(title="昨天的", begin_at=now() - timedelta(days=2), end_at=now() - timedelta(days=1))]  # fmt: skip
    shown = released(title="今天的")
    text = client.get("/transit/information/").content.decode()
    assert shown.title in text
    assert not [each.title for each in hidden if each.title in text]
    assert [client.get(f"/transit/information/{each.pk}/").status_code for each in hidden] == [404] * 4
    assert client.get(f"/transit/information/{shown.pk}/").status_code == 200


def test_what_is_changed_leaves_the_public_until_released_again():
    made = released()
    made.text = "改过"
    actions.edited(made, account("transit.editor"))
    assert not bulletins_shown().exists()
    with pytest.raises(Refused):
        actions.withdraw(made, account("transit.operator"), "不再需要")


def test_to_withdraw_and_send_back_takes_a_reason():
    made = released()
    with pytest.raises(Refused) as refused:
        actions.withdraw(made, account("transit.operator"), "  ")
    assert refused.value.code == "reason_missing"
    assert actions.withdraw(made, account("transit.operator"), "写错了").state == "withdrawn"


def test_a_bulletin_goes_from_the_form_to_the_phone(client: Client):
    client.force_login(account("transit.editor"))
    begin = f"{now() - timedelta(minutes=5):%Y-%m-%dT%H:%M}"
    client.post(
        "/transit/bulletins/new",
        {"kind": "news", "title": "要闻", "text": "正文", "source": "演示来源", "begin_at": begin},
    )
    made = Bulletin.objects.get()
    client.post(f"/transit/bulletins/{made.pk}/acts/submit")
    client.post(f"/transit/bulletins/{made.pk}/acts/approve")
    assert not bulletins_shown().exists(), "the editor cannot release it"
    client.force_login(account("transit.operator"))
    client.post(f"/transit/bulletins/{made.pk}/acts/approve")
    assert "要闻" in client.get("/transit/information/").content.decode()


def test_news_without_its_source_is_not_taken(client: Client):
    client.force_login(account("transit.editor"))
    answer = client.post(
        "/transit/bulletins/new", {"kind": "news", "title": "要闻", "begin_at": "2026-11-01T08:00"}
    )
    assert "须注明来源" in answer.content.decode()


def test_services_of_the_town_are_found_by_words(client: Client):
    released(kind="municipal", title="城区停水", topic="供水", address="大街 1 号")
    released(kind="municipal", title="公厕位置", topic="环卫")
    text = client.get("/transit/information/", {"q": "停水 大街"}).content.decode()
    assert "城区停水" in text
    assert "公厕位置" not in text


def test_shops_are_near_or_not_shown():
    editor, operator = account("transit.editor"), account("transit.operator")
    for name, lat in (("近处", 36.8005), ("远处", 36.9)):
        actions.approve(
            actions.submit(
                actions.edited(Shop(name=name, trade="餐饮", lon=117.86, lat=lat), editor), editor
            ),
            operator,
        )
    found = shops_near([(117.86, 36.8)])
    assert [(shop.name, round(metres)) for shop, metres in found] == [("近处", 56)]


def test_weather_is_read_line_by_line_and_a_bad_line_is_named():
    day = today()
    form = WeatherForm(
        {
            "source": "演示",
            "issued_at": "2026-11-26T08:00",
            "days": f"{day},多云,2,11,北风3级\n{day},晴，12，3",
        }
    )
    assert not form.is_valid()
    assert "第 2 行" in str(form.errors["days"])


def test_an_old_weather_report_is_marked_and_days_gone_by_are_left_out():
    day = today()
    days = [
        {"day": (day + timedelta(days=n)).isoformat(), "text": "晴", "low": 1, "high": 9, "wind": ""}
        for n in (-1, 0, 1)
    ]
    actions.give_weather(account("transit.editor"), now() - timedelta(hours=30), days, "演示")
    told = weather_now()
    assert told is not None
    assert told["is_old"]
    assert [each["day"] for each in told["days"]] == [day.isoformat(), (day + timedelta(days=1)).isoformat()]
