"""What is told to the public is made by one and released by another; its reach is counted without persons."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from district.kernel.clock import now, today
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused
from district.testing.people import account, organisation

from ...models import Article, ArticleDay, PublicEvent, PublicityPlan, PublicityStep
from .. import actions, queries
from ..reach import is_reader, way_of

READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120 Safari/537.36"
pytestmark = pytest.mark.django_db


@pytest.fixture
def publicist() -> Account:
    return account("programme.publicist")


def article(by: Account, **fields: object) -> Article:
    given = {"title": "演示稿", "summary": "摘要", "text": "正文", "source": "区大数据局"} | fields
    return actions.edited(Article(**given), by)


def released(by: Account, **fields: object) -> Article:
    return actions.approve(actions.submit(article(by, **fields), by), account("programme.office"))


def test_nobody_releases_what_they_wrote(publicist: Account):
    made = actions.submit(article(publicist), publicist)
    with pytest.raises(Refused) as refused:
        actions.approve(made, publicist)
    assert refused.value.code == "own"
    for change in ({"approved_by": publicist}, {"state": "published"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=made.pk).update(**change)


def test_only_what_is_released_is_public(client: Client, publicist: Account):
    draft, out = article(publicist, title="未发布的"), released(publicist, title="已发布的")
    gone = actions.withdraw(released(publicist, title="撤回的"), publicist, "有误")
    text = client.get("/programme/news/").content.decode()
    assert out.title in text
    assert draft.title not in text
    assert gone.title not in text
    assert client.get(f"/programme/news/{draft.pk}/").status_code == 404
    assert client.get(f"/programme/news/{gone.pk}/").status_code == 404
    feed = ElementTree.fromstring(client.get("/programme/news/feed.xml").content)
    assert [each.text for each in feed.iter("{http://www.w3.org/2005/Atom}title")][1:] == [out.title]


def test_an_edit_takes_it_back_until_it_is_released_again(client: Client, publicist: Account):
    out = released(publicist)
    actions.edited(out, publicist)
    assert client.get(f"/programme/news/{out.pk}/").status_code == 404


def test_views_are_counted_without_a_cookie_and_not_of_machines_or_staff(client: Client, publicist: Account):
    out = released(publicist)
    address = f"/programme/news/{out.pk}/"
    answer = client.get(address, headers={"User-Agent": READER})
    assert not answer.cookies or set(answer.cookies) <= {"csrftoken"}
    client.get(address, headers={"User-Agent": READER, "Referer": "https://www.baidu.com/s?wd=secret"})
    client.get(address, headers={"User-Agent": "Baiduspider/2.0"})
    client.get(address, headers={"User-Agent": READER, "Sec-Purpose": "prefetch"})
    client.head(address, headers={"User-Agent": READER})
    client.force_login(publicist)
    client.get(address, headers={"User-Agent": READER})
    assert dict(ArticleDay.objects.values_list("way", "views")) == {"direct": 1, "search": 1}
    assert {field.name for field in ArticleDay._meta.get_fields()} == {"id", "article", "day", "way", "views"}
    assert queries.articles_with_views().get(pk=out.pk).views == 2


def test_where_a_reader_came_from_is_one_of_four_words():
    assert way_of("", "a.cn") == "direct"
    assert way_of("https://a.cn/x", "a.cn:8000") == "own"
    assert way_of("https://m.baidu.com/s?wd=x", "a.cn") == "search"
    assert way_of("https://notbaidu.example/", "a.cn") == "other"
    assert is_reader(READER, {})
    assert not is_reader("", {})
    assert not is_reader("Googlebot", {})


def test_a_step_of_a_plan_is_done_when_its_article_is_public(publicist: Account):
    plan = PublicityPlan(
        title="计划", audience="居民", text="内容", begins_on=today(), ends_on=today() + timedelta(days=30)
    )
    plan = actions.edited(plan, publicist)
    step = PublicityStep.objects.create(
        plan=plan, title="发一篇稿", unit=organisation(), due_on=today() - timedelta(days=1)
    )
    plan = actions.approve(actions.submit(plan, publicist), account("programme.office"))
    assert [each.pk for each in queries.late_steps(today())] == [step.pk]
    made = article(publicist)
    actions.stand_for(step, publicist, made)
    assert queries.plan_state(plan, today()).late == 1
    actions.approve(actions.submit(made, publicist), account("programme.office"))
    assert (queries.plan_state(plan, today()).done, queries.late_steps(today())) == (1, [])


def test_who_came_to_an_event_is_a_number_and_only_afterwards(publicist: Account):
    event = PublicEvent(
        title="活动",
        text="介绍",
        place="广场",
        starts_at=now() + timedelta(hours=1),
        ends_at=now() + timedelta(hours=2),
    )
    event = actions.edited(event, publicist)
    with pytest.raises(Refused):
        actions.count_attended(event, publicist, 10)
    PublicEvent.objects.filter(pk=event.pk).update(starts_at=now() - timedelta(hours=1))
    event.refresh_from_db()
    assert actions.count_attended(event, publicist, 10).attended == 10
