"""The demonstration's plan, articles, events and their views: invented, through the real doors."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta

from district.kernel.clock import CHINA, now, today
from district.kernel.people.models import Account, Organisation

from ..demo_accounts import demo_accounts
from ..models import Article, ArticleDay, PublicEvent, PublicityPlan, PublicityStep
from . import actions

ARTICLES = (
    ("news", "“智慧周村”建设进展（演示）", "重点工作按月公开进度。",
     "平台按月公开重点工作的进度、延期和原因。\n每项指标都能看到定义、来源和可以自己运行的算法。"),
    ("example", "一张图看懂实时公交（演示）", "到站预报公开打分，不准就写明不准。",
     "每一次发布的到站预报都留存，并与实际到站时间对照。\n哪条线准、哪条线不准，任何人都能查。"),
    ("knowledge", "空气质量预报是怎么来的（演示）", "从监测站到预报的三步。",
     "监测值先经过质量检查，再与气象条件一起进入模型。\n预报带有区间，区间的覆盖率同样公开。"),
    ("security", "三招识别冒充公务人员的诈骗（演示）", "不转账、不给验证码、先核实。",
     "任何政务服务都不会索要验证码。\n接到电话先挂断，再拨打公开电话核实。"),
    ("security", "公共场所无线网络使用提示（演示）", "不连来路不明的热点。",
     "不在公共热点上办理支付和登录。\n离开时关闭自动连接。"),
)  # fmt: skip


def seed_publicity(cast: Mapping[str, Account] | None = None) -> None:
    """By role who acts; the demo accounts unless told otherwise."""
    accounts = cast or demo_accounts()
    editor, checker = accounts.get("publicist"), accounts.get("office")
    unit = Organisation.objects.filter(code="bigdata").first() or Organisation.objects.order_by("pk").first()
    if (
        editor is None
        or checker is None
        or unit is None
        or Article.objects.filter(is_simulated=True).exists()
    ):
        return
    chance = random.Random(22)  # the same invented numbers each time
    made: list[Article] = []
    for category, title, summary, text in ARTICLES:
        article = Article(
            category=category,
            title=title,
            summary=summary,
            text=text,
            source="区大数据局（演示）",
            is_simulated=True,
        )
        article = actions.edited(article, editor)
        if len(made) < len(ARTICLES) - 1:
            article = actions.approve(actions.submit(article, editor), checker)
        made.append(article)
    ArticleDay.objects.bulk_create(
        ArticleDay(
            article=article, day=today() - timedelta(days=back), way=way, views=chance.randint(1, most)
        )
        for article in made[:-1]
        for back in range(20)
        for way, most in (("direct", 30), ("own", 40), ("search", 20), ("other", 5))
    )
    begins = now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0)
    events = [
        PublicEvent(title=title, text=text, place=place, lon=lon, lat=lat, starts_at=begins + timedelta(days=days),
                    ends_at=begins + timedelta(days=days, hours=3), is_simulated=True)
        for title, text, place, lon, lat, days in (
            ("网络安全进社区（演示）", "现场讲解防诈骗和口令安全。", "永安街道社区服务中心", 117.861, 36.803, -10),
            ("智慧城市开放日（演示）", "参观运行大厅，体验实时公交和空气预报。", "周村区政务服务中心", 117.870, 36.812, 12),
        )
    ]  # fmt: skip
    events = [
        actions.approve(actions.submit(actions.edited(event, editor), editor), checker) for event in events
    ]
    actions.count_attended(events[0], editor, 120)
    plan = actions.edited(
        PublicityPlan(
            title="新型智慧城市宣传推广年度计划（演示）",
            audience="居民、企业、社会团体",
            goal_views=5000,
            begins_on=today() - timedelta(days=60),
            ends_on=today() + timedelta(days=200),
            text="宣传典型示范经验，普及新知识新技术，提高公众参与度和网络安全意识。",
            is_simulated=True,
        ),
        editor,
    )
    steps = (
        ("发布建设进展", -20, made[0], None),
        ("公交示范经验", -8, made[1], None),
        ("网络安全进社区", -10, None, events[0]),
        ("公共热点安全提示", -2, made[-1], None),
        ("开放日", 12, None, events[1]),
        ("年终成果展", 90, None, None),
    )
    PublicityStep.objects.bulk_create(
        PublicityStep(
            plan=plan,
            title=title,
            unit=unit,
            due_on=today() + timedelta(days=days),
            article=story,
            event=event,
        )
        for title, days, story, event in steps
    )
    actions.approve(actions.submit(plan, editor), checker)
    actions.submit(made[-1], editor)
