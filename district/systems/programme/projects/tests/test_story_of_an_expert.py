"""An expert is invited, declares that there is no conflict, gives an opinion; anybody's browser proves how he was drawn."""

from datetime import timedelta

import pytest

from district.kernel.clock import now
from district.systems.programme.models import Opinion
from district.systems.programme.projects import seed
from district.systems.programme.projects.opinions import CRITERIA
from district.systems.programme.projects.seed import make_experts
from district.testing.browser import assert_accessible, wait_until_ready

from .people import cast, project_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_expert_declares_and_gives_an_opinion_and_the_draw_proves_right_in_any_browser(open_page):
    people = cast()
    make_experts(people)
    draw = seed.call(people, project_at("review", people), now() + timedelta(days=1), now() + timedelta(days=3))
    seed.draw_lots(draw)
    page = open_page("/programme/invitations/", account=people.expert, width=390)
    page.get_by_role("link", name=draw.review.number).click()
    page.get_by_label("无利害关系").check()
    page.get_by_role("button", name="声明并接受").click()
    page.get_by_role("button", name="保存草稿").wait_for()
    assert_accessible(page)
    for key, _zh, _en, most in CRITERIA["scheme"]:
        page.fill(f"#points-{key}", str(most - 1))
    page.get_by_label("通过", exact=True).check()
    page.fill("#text", "同意")
    page.get_by_role("button", name="签署").click()
    page.get_by_role("button", name="确定").click()
    page.get_by_text("评审意见不少于 10 字").first.wait_for()
    page.fill("#text", "方案目标明确，技术可行，建议通过。")
    page.get_by_role("button", name="签署").click()
    page.get_by_role("button", name="确定").click()
    page.get_by_text("我的意见").wait_for()
    assert Opinion.objects.get(invitation__expert__account=people.expert).signed_by == people.expert

    page.goto(page.url.split("/programme/")[0] + f"/programme/draws/{draw.number}/")
    wait_until_ready(page)
    page.get_by_text("您的浏览器已按公布的文件重算：结果一致。").wait_for()
    assert_accessible(page)
