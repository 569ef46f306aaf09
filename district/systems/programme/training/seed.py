"""The demonstration's courses, bank, exams, some sittings and talents: invented, through the real doors."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from district.kernel.clock import today
from district.kernel.people.models import Account

from ..demo_accounts import demo_accounts
from ..models import Course, Exam, Lesson, Question, Talent
from . import courses, questions, sittings, talents
from .talents import Declared

BANK = Path(__file__).with_name("questions.csv")
LESSONS = (
    ("账号与口令",
     "一人一号，不共用、不转借。口令不少于八位，含字母和数字，定期更换，不写在纸上。离开座位锁定屏幕。\n离职、调岗当天交回权限。"),
    ("数据分级与个人信息",
     "收集个人信息要有法律依据、明确目的、最短期限。查看要写明原因，查看会留痕。\n不用个人邮箱、网盘、即时通信传工作数据。"),
    ("发现安全事件怎么办",
     "第一步断网不断电，第二步立即报告本单位安全管理员。较大以上事件一小时内上报。\n不自行删除日志，不自行恢复。"),
)  # fmt: skip
TALENTS = (
    ("演示甲", "13900000011", "演示科技公司", ("数据治理", "数据库"), "core", "hired"),
    ("演示乙", "13900000012", "演示职业学院", ("物联网",), "skilled", "trained"),
    ("演示丙", "13900000013", "演示研究院", ("人工智能", "交通仿真"), "leading", "hired"),
    ("演示丁", "13900000014", "演示中心", ("网络安全",), "compound", "own"),
)  # fmt: skip


def seed_training(cast: Mapping[str, Account] | None = None) -> None:
    """By role who acts; the demo accounts unless told otherwise."""
    found = cast or demo_accounts()
    trainer, office = found.get("trainer"), found.get("office")
    if trainer is None or office is None or Exam.objects.filter(is_simulated=True).exists():
        return
    course = Course.objects.create(
        title="网络安全年度培训（演示）",
        summary="面向全体在岗人员的年度网络安全教育。",
        is_mandatory=True,
        days=30,
        made_by=trainer,
        is_simulated=True,
    )
    for order, (title, text) in enumerate(LESSONS, 1):
        Lesson.objects.create(course=course, order=order, title=title, text=text)
    course = courses.open_course(course, trainer)
    for row in csv.DictReader(BANK.read_text("utf-8").splitlines()):
        choices = row["choices"].split("|")
        made = Question(topic=row["topic"], kind=row["kind"], text=row["text"], choices=choices, explanation=row["explanation"],
                        answer=[int(place) for place in row["answer"].split()], is_simulated=True)  # fmt: skip
        questions.check(questions.write(made, trainer), office)
    exam = Exam.objects.create(
        title="网络安全年度考试（演示）",
        course=course,
        pass_points=60,
        minutes=30,
        is_security=True,
        is_open=True,
        is_simulated=True,
        blueprint=[
            {"topic": "网络安全", "kind": "single", "count": 5, "points": 10},
            {"topic": "网络安全", "kind": "judgement", "count": 4, "points": 5},
            {"topic": "个人信息", "kind": "multiple", "count": 3, "points": 10},
        ],
    )
    for number, name in enumerate(("office", "liaison", "security", "finance", "auditor")):
        _sit(exam, found[name], wrong=9 if number == 3 else number)
    for name, phone, employer, fields, level, source in TALENTS:
        talents.register(
            Declared(name, phone, employer, fields, level, source, str(Talent.Basis.CONSENT), "联系参加智慧城市项目和培训",
                     today() + timedelta(days=700), has_agreed=True), trainer, is_simulated=True,
        )  # fmt: skip


def _sit(exam: Exam, account: Account, wrong: int) -> None:
    """All right but the first so many."""
    sitting = sittings.begin(exam, account)
    answers = {
        str(place): [str(position) for position in each["answer"]]
        for place, each in enumerate(sitting.paper)
        if place >= wrong
    }
    sittings.save(sitting, account, answers)
    sittings.submit(sitting, account)
