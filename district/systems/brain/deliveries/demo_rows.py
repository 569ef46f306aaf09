"""Rows of the demonstration: made by arithmetic, of nobody and of no firm, each saying in its words that it is one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from district.kernel.parties import numbers

Row = Sequence[object]
TOWNS = (
    ("370306001", "丝绸路街道"), ("370306002", "大街街道"), ("370306003", "青年路街道"), ("370306102", "北郊镇"),
    ("370306104", "王村镇"),
)  # fmt: skip
TRADES = (("丝绸", "1742"), ("家具", "2110"), ("烧饼", "1411"), ("耐火材料", "3089"), ("商贸", "5199"))
FORMS = ("有限责任公司", "个体工商户", "股份有限公司", "农民专业合作社")
SIGNS = "甲乙丙丁戊己庚辛壬癸"
FIRST_DAY = date(2004, 3, 1)

FIRMS = (
    "统一社会信用代码", "机构名称", "机构类型", "法定代表人", "成立日期", "住所", "行政区划", "经营范围", "注册资本",
    "行业代码", "登记机关", "登记状态", "注销日期",
)  # fmt: skip
PERSONS = (
    "公民身份号码",
    "姓名",
    "性别",
    "民族",
    "出生日期",
    "出生地行政区划",
    "户籍地址",
    "户籍状态",
)
SCHOOLS = ("学校标识码", "学校名称", "办学类型", "地址", "在校生数")
INDICATORS = ("指标名称", "地区", "时间", "数值", "单位")
PENALTIES = ("决定书文号", "当事人", "处罚事由", "处罚日期")


def firms(first: int, last: int, *, with_faults: bool = False) -> Sequence[Row]:
    """Firms `first` to `last`. With faults, the way counters really send them: every twelfth row cannot be taken, every
    ninth can and breaks a rule."""
    made = []
    for n in range(first, last + 1):
        row = _firm(n)
        if with_faults and n % 12 == 0:
            row[0 if n % 24 else 4] = "" if n % 24 else "2023年13月"
        elif with_faults and n % 9 == 0:
            row[8], row[12] = -50, FIRST_DAY - timedelta(days=30)
        made.append(row)
    return made


def _firm(n: int) -> list[object]:
    town, town_name = TOWNS[n % len(TOWNS)]
    trade, code = TRADES[n // 2 % len(TRADES)]
    form = FORMS[n % 7 % len(FORMS)]
    is_over = n % 17 == 0
    founded = FIRST_DAY + timedelta(days=n * 19)
    return [
        credit_code(n), f"周村演示{trade}{n:03}号{form}", form, f"演示{SIGNS[n % 10]}", founded,
        f"周村区{town_name}演示路{n}号", town, f"{trade}（演示）", n % 40 * 25 + 10, code, "区市场监管局",
        "注销" if is_over else "存续", founded + timedelta(days=300) if is_over else "",
    ]  # fmt: skip


def persons(count: int) -> list[Row]:
    made: list[Row] = []
    for n in range(1, count + 1):
        born = date(1901, 2, 1) + timedelta(days=n)
        body = f"370306{born:%Y%m%d}{n % 900 + 50:03}"
        town, town_name = TOWNS[n % len(TOWNS)]
        sex = "男" if n % 2 else "女"
        name = f"演示{SIGNS[n % 10]}{SIGNS[n // 10 % 10]}"
        address = f"周村区{town_name}演示小区{n % 12 + 1}号楼{n % 4 + 1}单元{n % 6 + 1}01室"
        made.append([body + numbers.citizen_check(body), name, sex, "汉族", born, town, address, "在籍"])
    return made


def schools(count: int) -> list[Row]:
    kinds = ("幼儿园", "小学", "初中", "高中")
    return [
        [f"DEMO{n:06}", f"演示第{n}{kinds[n % 4]}", kinds[n % 4], f"周村区{TOWNS[n % 5][1]}演示路{n}号", 180 + n * 37 % 900]
        for n in range(1, count + 1)
    ]  # fmt: skip


def indicators(at: date, turn: int) -> list[Row]:
    names = (
        ("规上工业增加值增速", "%"),
        ("社会消费品零售额", "亿元"),
        ("一般公共预算收入", "亿元"),
        ("进出口总额", "亿元"),
    )
    return [
        [f"演示：{name}", "周村区", f"{at} 00:00:00", round(3 + place * 4.5 + turn * 0.6, 1), unit]
        for place, (name, unit) in enumerate(names)
    ]


def penalties(count: int) -> list[Row]:
    return [
        [f"演示罚〔2026〕{n}号", f"周村演示第{n}户", "演示事由", date(2026, 3, 1) + timedelta(days=n)]
        for n in range(1, count + 1)
    ]


def credit_code(n: int) -> str:
    """A code that holds and is nobody's."""
    sign = f"MADEM{n:03}"
    body = f"91370306{sign}{numbers.organisation_check(sign)}"
    return body + numbers.credit_check(body)


def as_csv(columns: Sequence[str], rows: Iterable[Row], *, encoding: str = "utf-8-sig") -> bytes:
    """A file as an office program writes it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
