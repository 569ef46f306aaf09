"""A register of invented persons and enterprises with known doubles, to measure the linkage by. Fixed by its seed.

Nobody in it exists: names are put together at random from common surnames and characters, trade names from auspicious
ones; addresses are drawn from the divisions of the district with invented numbers. What records suffer is listed beside
`_slip_person` and `_slip_entity`. Among the doubles are those that must not be taken for one: households, twins,
namesakes, firms of one trade name, of one owner, in one building, and branches.

The lists of look-alike characters here are the generator's own, not those the comparators know.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from district.kernel.parties import numbers
from district.kernel.places.divisions_source import division_rows

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文辉力志国庆春梅海燕鹏飞晓东小云雪峰波宁浩宇欣怡梓涵"
    "子轩雨佳俊豪博思远嘉琪诗雅婷婉清泽林森立成永生福贵长江新民学义忠孝廉洁光荣胜利卫星河山川岭松柏竹荷莲菊瑞祥和"
    "顺昌盛兴旺发达安康健乐天保全才德仁智信诚善良真慧灵巧凤凰龙虎豹鹤翔鸣声音琴棋书画墨香芝蕾薇萍莉芸蓉蕙"
)
TRADES = (
    "鸿远隆盛泰昌恒瑞祥鑫源宏达永兴金鼎华盛嘉禾德润万通顺福齐鲁天成广益博雅新宇东方海川正大同心聚贤振凯润丰益佳美乐"
    "康宝利信诚普惠旭日晨光星辰巨龙腾飞凤鸣麟祺"
)
LOOKS = (
    "己已", "未末", "土士", "日曰", "大太", "天夫", "干千", "王玉", "田由", "免兔", "晴睛", "晓哓", "明朋", "林材",
    "海诲", "红虹", "华毕",
    "波坡", "辉挥", "静净", "娟捐", "莉荊", "霞遐", "燕蒸", "梅悔", "云去", "飞气", "龙尤", "鹏朋", "鑫鑫", "宏宠",
    "宇字", "庆厌", "福副",
    "祥详", "盛盔", "昌冒", "泰秦", "达迖", "源原", "清请", "博搏", "永水", "金全", "鸿鸠", "远运", "隆窿", "瑞端",
    "恒桓", "顺须", "嘉喜",
    "禾木", "德徳", "润闰", "通诵", "益盖", "佳住", "美羔", "康庚", "宝室", "利刹", "信倍", "诚城", "旭旮", "光先",
    "星是", "巨臣", "振娠",
    "杰木", "建健", "国园", "伟伟", "强弦", "军车", "玲铃", "兰三", "芳芬", "娜挪", "敏繁", "磊垒", "洋详", "勇男",
    "涛祷", "超起", "秀季",
)  # fmt: skip
ROADS = (
    "丝绸路",
    "新建中路",
    "正阳路",
    "恒星路",
    "东门路",
    "站北路",
    "体育场路",
    "凤阳路",
    "周隆路",
    "西环路",
    "太和路",
    "米山路",
    "机场路",
    "和平街",
    "中和街",
    "大街",
    "长行街",
    "灯塔路",
    "兴华路",
    "育才路",
)
INDUSTRIES = (
    "纺织",
    "丝绸",
    "服饰",
    "化工",
    "新材料",
    "耐火材料",
    "机械",
    "机电设备",
    "家具",
    "不锈钢",
    "商贸",
    "经贸",
    "建材",
    "建工",
    "食品",
    "餐饮管理",
    "物流",
    "汽车销售服务",
    "信息科技",
    "环保科技",
    "文化传媒",
    "教育咨询",
    "装饰工程",
    "园林绿化",
    "医疗器械",
    "电子商务",
    "藤业",
    "轻纺",
    "水暖",
    "灯具",
    "窗帘",
    "陶瓷",
    "沙发",
    "铸造",
    "阀门",
    "轴承",
)
SHOPS = (
    "餐馆",
    "面馆",
    "超市",
    "理发店",
    "服装店",
    "烧饼店",
    "五金店",
    "汽修店",
    "家具店",
    "水果店",
    "便利店",
    "药店",
    "窗帘店",
    "打印店",
    "烟酒店",
    "小吃店",
)


@dataclass(frozen=True)
class Person:
    """A record; records of one `truth` are one person."""

    id: str
    truth: int
    name: str
    number: str
    birth: str
    sex: str
    phone: str
    address: str


@dataclass(frozen=True)
class Entity:
    id: str
    truth: int
    name: str
    other_names: tuple[str, ...]
    number: str
    phone: str
    address: str
    representative: str


@dataclass
class _Chance:
    """One source of chance, and what is drawn from it."""

    draw: random.Random
    villages: list[tuple[str, str]] = field(default_factory=list)
    _sounds: dict[str, list[str]] = field(default_factory=dict)

    def is_so(self, share: float) -> bool:
        return self.draw.random() < share

    def digits(self, count: int) -> str:
        return "".join(self.draw.choice("0123456789") for _ in range(count))

    def heard_as(self, sign: str) -> str:
        """Another character of the same sound among the common ones."""
        from pypinyin import lazy_pinyin

        if not self._sounds:
            for each in sorted(set(SURNAMES + GIVEN + TRADES)):
                self._sounds.setdefault(lazy_pinyin(each)[0], []).append(each)
        others = [each for each in self._sounds.get(lazy_pinyin(sign)[0], []) if each != sign]
        return self.draw.choice(others) if others else sign

    def read_as(self, sign: str) -> str:
        for pair in LOOKS:
            if sign in pair:
                return pair.replace(sign, "", 1) or sign
        return sign


def persons(count: int, seed: int) -> list[Person]:
    """About 1.9 × `count` records of about 1.25 × `count` persons."""
    chance = _chance(seed)
    found: list[Person] = []
    truths = iter(range(10**9))
    for _ in range(count):
        first = _person(chance, next(truths))
        found.append(first)
        found += [
            _slip_person(chance, first) for _ in range(chance.draw.choices((0, 1, 2, 3), (55, 30, 10, 5))[0])
        ]
        if chance.is_so(0.15):
            found.append(_relative(chance, first, next(truths)))
        if chance.is_so(0.10):
            found.append(replace(_person(chance, next(truths)), name=first.name))
    chance.draw.shuffle(found)
    return [replace(person, id=f"p{n}") for n, person in enumerate(found)]


def entities(count: int, seed: int) -> list[Entity]:
    """About 2 × `count` records of about 1.4 × `count` enterprises and shops."""
    chance = _chance(seed)
    found: list[Entity] = []
    truths = iter(range(10**9))
    for _ in range(count):
        first, parts = _entity(chance, next(truths))
        found.append(first)
        copies = chance.draw.choices((0, 1, 2, 3), (50, 32, 12, 6))[0]
        found += [_slip_entity(chance, first, parts) for _ in range(copies)]
        if chance.is_so(0.4):
            found.append(_other_entity(chance, first, parts, next(truths)))
    chance.draw.shuffle(found)
    return [replace(entity, id=f"e{n}") for n, entity in enumerate(found)]


def true_pairs(records: list[Person] | list[Entity]) -> set[tuple[str, str]]:
    by_truth: dict[int, list[str]] = {}
    for record in records:
        by_truth.setdefault(record.truth, []).append(record.id)
    return {(min(a, b), max(a, b)) for ids in by_truth.values() for a in ids for b in ids if a != b}


def _chance(seed: int) -> _Chance:
    rows = {row.code: row for row in division_rows()}
    villages = [
        (rows[row.parent].name, row.name) for row in rows.values() if row.level == "village" and row.parent
    ]
    return _Chance(random.Random(seed), sorted(villages))


# Persons.


def _person(chance: _Chance, truth: int) -> Person:
    born = date(1940, 1, 1) + timedelta(days=chance.draw.randrange(28000))
    return _born(chance, truth, _name(chance), born, _phone(chance), _address(chance))


def _born(chance: _Chance, truth: int, name: str, born: date, phone: str, address: str) -> Person:
    area = chance.draw.choice(
        ("370306", "370306", "370306", "370303", "370305", "370321", "371626", "370102")
    )
    body = f"{area}{born:%Y%m%d}{chance.digits(3)}"
    sex = "1" if int(body[16]) % 2 else "2"
    return Person(
        "", truth, name, body + numbers.citizen_check(body), f"{born:%Y-%m-%d}", sex, phone, address
    )


def _name(chance: _Chance, surname: str = "") -> str:
    given = "".join(chance.draw.choices(GIVEN, k=2 if chance.is_so(0.78) else 1))
    head = chance.draw.choices(SURNAMES, [1 / (n + 6) for n in range(len(SURNAMES))])[0]
    return (surname or head) + given


def _phone(chance: _Chance) -> str:
    return chance.draw.choice(
        ("130", "135", "138", "139", "150", "158", "177", "186", "189")
    ) + chance.digits(8)


def _address(chance: _Chance) -> str:
    town, village = chance.draw.choice(chance.villages)
    front = f"山东省淄博市周村区{town}"
    if chance.is_so(0.45):
        return f"{front}{village}{chance.draw.randrange(1, 400)}号"
    road = f"{chance.draw.choice(ROADS)}{chance.draw.randrange(1, 300)}号"
    block, unit = chance.draw.randrange(1, 20), chance.draw.randrange(1, 5)
    room = chance.draw.randrange(1, 7) * 100 + chance.draw.randrange(1, 4)
    return f"{front}{road}{block}号楼{unit}单元{room}室"


def _relative(chance: _Chance, first: Person, truth: int) -> Person:
    """Of the same household: a twin with the same birthday, or a parent, child or spouse."""
    if chance.is_so(0.2):
        born = date.fromisoformat(first.birth)
        name = first.name[:-1] + chance.draw.choice(GIVEN)
    else:
        born = date(1940, 1, 1) + timedelta(days=chance.draw.randrange(28000))
        name = _name(chance, first.name[0] if chance.is_so(0.7) else "")
    return _born(
        chance, truth, name, born, first.phone if chance.is_so(0.5) else _phone(chance), first.address
    )


def _slip_person(chance: _Chance, first: Person) -> Person:
    """The same person at another counter: heard, read, or typed wrong; moved, another phone; half of it left out."""
    name, number, birth = first.name, first.number, first.birth
    slip = chance.draw.random()
    at = chance.draw.randrange(len(name))
    if slip < 0.14:
        name = name[:at] + chance.heard_as(name[at]) + name[at + 1 :]
    elif slip < 0.24:
        name = name[:at] + chance.read_as(name[at]) + name[at + 1 :]
    elif slip < 0.28:
        name = name[1:] + name[0]
    elif slip < 0.31 and len(name) > 2:
        name = name[:1] + name[2:]
    number = "" if chance.is_so(0.5) else _digit_slip(chance, number) if chance.is_so(0.3) else number
    birth = "" if chance.is_so(0.35) else _birth_slip(chance, birth) if chance.is_so(0.12) else birth
    phone = "" if chance.is_so(0.2) else first.phone
    if phone and chance.is_so(0.25):
        phone = _phone(chance) if chance.is_so(0.6) else _digit_slip(chance, phone)
    address = (
        ""
        if chance.is_so(0.12)
        else _written(chance, _address(chance) if chance.is_so(0.12) else first.address)
    )
    return replace(first, name=name, number=number, birth=birth, phone=phone, address=address,
                   sex=first.sex if chance.is_so(0.8) else "")  # fmt: skip


def _digit_slip(chance: _Chance, digits: str) -> str:
    at = chance.draw.randrange(1, len(digits) - 1)
    if chance.is_so(0.5):
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return digits[:at] + chance.draw.choice("0123456789") + digits[at + 1 :]


def _birth_slip(chance: _Chance, birth: str) -> str:
    year, month, day = birth.split("-")
    if int(day) <= 12 and chance.is_so(0.5):
        return f"{year}-{day}-{month}"
    return f"{int(year) + chance.draw.choice((-1, 1))}-{month}-{day}"


_NUMERALS = "零一二三四五六七八九"


def _written(chance: _Chance, address: str) -> str:
    """An address as somebody else writes it."""
    for front in (("山东省", 0.7), ("淄博市", 0.5), ("周村区", 0.1)):
        if chance.is_so(front[1]):
            address = address.replace(front[0], "", 1)
    changes = (("街道", "街道办事处", 0.15), ("街道", "", 0.25), ("村委会", "村", 0.5), ("居委会", "社区", 0.4),
    ("社区居委会", "社区", 0.4),
               ("号楼", "栋", 0.3), ("号楼", "#楼", 0.1), ("室", "", 0.4), ("单元", "-", 0.15))  # fmt: skip
    for old, new, share in changes:
        if chance.is_so(share):
            address = address.replace(old, new, 1)
    if chance.is_so(0.1) and "号楼" in address:
        block = address.split("号楼")[0][-1]
        if block.isdigit() and int(block) and not address.split("号楼")[0][-2].isdigit():
            address = address.replace(f"{block}号楼", f"{_NUMERALS[int(block)]}号楼")
    return address


# Enterprises and shops.


@dataclass(frozen=True)
class _Parts:
    region: str
    trade: str
    industry: str
    form: str
    owner: str = ""

    @property
    def name(self) -> str:
        return f"{self.region}{self.trade}{self.industry}{self.form}"


def _entity(chance: _Chance, truth: int) -> tuple[Entity, _Parts]:
    owner = _name(chance)
    if chance.is_so(0.35):
        trade = owner if chance.is_so(0.3) else "".join(chance.draw.choices(TRADES, k=2))
        parts = _Parts(
            "周村区" if chance.is_so(0.5) else "淄博市周村区", trade, chance.draw.choice(SHOPS), "", owner
        )
    else:
        region = chance.draw.choices(("淄博", "淄博市周村区", "山东", "淄博周村", "周村区"), (5, 2, 3, 1, 1))[
            0
        ]
        trade = "".join(chance.draw.choices(TRADES, k=3 if chance.is_so(0.2) else 2))
        form = chance.draw.choices(
            ("有限公司", "有限责任公司", "股份有限公司", "厂", "经营部"), (60, 10, 4, 10, 8)
        )[0]
        parts = _Parts(region, trade, chance.draw.choice(INDUSTRIES), form, owner)
    front = "92" if not parts.form else "91"
    return Entity(
        "", truth, parts.name, (), _credit(chance, front), _phone(chance), _address(chance), owner
    ), parts


def _credit(chance: _Chance, front: str) -> str:
    sign = "MA" + "".join(chance.draw.choices(numbers.CREDIT_ALPHABET, k=6))
    body = f"{front}370306{sign}{numbers.organisation_check(sign)}"
    return body + numbers.credit_check(body)


def _slip_entity(chance: _Chance, first: Entity, parts: _Parts) -> Entity:
    """The same enterprise in another bureau's list."""
    others: tuple[str, ...] = ()
    slip = chance.draw.random()
    at = chance.draw.randrange(len(parts.trade))
    if slip < 0.12:
        parts = replace(parts, region="")
    elif slip < 0.20 and "公司" in parts.form:
        parts = replace(parts, form="有限责任公司" if parts.form == "有限公司" else "有限公司")
    elif slip < 0.30:
        parts = replace(parts, region="", form="")
    elif slip < 0.36:
        parts = replace(
            parts, trade=parts.trade[:at] + chance.read_as(parts.trade[at]) + parts.trade[at + 1 :]
        )
    elif slip < 0.44:
        parts = replace(
            parts, trade=parts.trade[:at] + chance.heard_as(parts.trade[at]) + parts.trade[at + 1 :]
        )
    elif slip < 0.56:
        old = replace(parts, trade="".join(chance.draw.choices(TRADES, k=2)))
        # The list still has the old name; now and then it says which name it has today.
        others, parts = ((parts.name,) if chance.is_so(0.6) else ()), old
    name = parts.name
    if 0.56 <= slip < 0.66 and not parts.form:
        name = f"{parts.owner}（{name}）" if chance.is_so(0.5) else f"{name}（个体工商户）"
    elif 0.56 <= slip < 0.66:
        name = f"淄博（周村）{parts.trade}{parts.industry}{parts.form}"
    number = (
        "" if chance.is_so(0.5) else _digit_slip(chance, first.number) if chance.is_so(0.2) else first.number
    )
    phone = "" if chance.is_so(0.25) else _phone(chance) if chance.is_so(0.2) else first.phone
    address = (
        ""
        if chance.is_so(0.15)
        else _written(chance, _address(chance) if chance.is_so(0.1) else first.address)
    )
    who = first.representative
    if chance.is_so(0.1):
        who = _name(chance)
    elif chance.is_so(0.15):
        who = who[:-1] + chance.heard_as(who[-1])
    return replace(first, name=name, other_names=others, number=number, phone=phone, address=address,
                   representative="" if chance.is_so(0.2) else who)  # fmt: skip


def _other_entity(chance: _Chance, first: Entity, parts: _Parts, truth: int) -> Entity:
    """Another enterprise that looks like it: of its trade name, its owner, its building, or its branch."""
    other, own = _entity(chance, truth)
    kind = chance.draw.randrange(4)
    if kind == 0:
        return replace(other, name=replace(own, trade=parts.trade).name)
    if kind == 1:
        return replace(other, representative=first.representative, phone=first.phone)
    if kind == 2:
        return replace(other, address=first.address)
    town = chance.draw.choice(chance.villages)[0].removesuffix("街道").removesuffix("镇")
    return replace(other, name=f"{first.name}{town}分公司", representative=first.representative)


def as_records(rows: list[Person] | list[Entity]) -> Iterator[dict[str, object]]:
    """As `linkage.records` takes them."""
    for row in rows:
        yield {key: value for key, value in row.__dict__.items() if key != "truth"}
