"""数据安全: labels, masks, seals, exports, the register of processing (8.1.4.7, 8.1.4.8, 8.1.4.11; PIPL)."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, Q

from district.kernel.clock import now, today
from district.kernel.datasets.models import Item
from district.kernel.grants.models import Client, Export
from district.kernel.people.sealed_field import SealBroken, SealedTextField, unseal

from ....models import AssetFiling, ProcessingActivity, SecurityDrill, SecurityRisk
from ....training import queries as training
from ..door import Door
from ..probe import Found, judged, probe, unknown

LOOKED_AT = 200
"""Sealed values opened for a trial, of each column."""
YEAR = timedelta(days=365)


def sealed_places() -> list[tuple[str, str]]:
    """Table and column of everything that is declared to be sealed."""
    return sorted(
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField) and model._meta.managed
    )


@probe
def sealed_columns(_door: Door) -> Found:
    """What is to be sealed is read from the tables as it lies there: plain text among it is counted. Tables whose rows the
    platform itself may not read (row security) are named, not counted."""
    counted, hidden = _counted(), _guarded_tables()
    plain = {f"{table}.{column}": bare for (table, column), (_total, bare) in counted.items() if bare}
    values = sum(total for total, _bare in counted.values())
    facts = {"columns": len(counted), "values": values, "plain": plain, "not_readable": sorted(hidden)}
    if plain:
        return judged(False, f"明文：{plain}", **facts)
    words = f"加密字段 {len(counted)} 个、值 {values} 个，库中均为密文（SM4）"
    return judged(
        True, words + (f"；另有 {len(hidden)} 张行级保护的表平台自身不可读" if hidden else ""), **facts
    )


def _guarded_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p')")
        return {row[0] for row in cursor.fetchall()} & {table for table, _column in sealed_places()}


def _counted() -> dict[tuple[str, str], tuple[int, int]]:
    """Values and those that are not sealed, of each sealed column that can be read; one statement for all."""
    hidden = _guarded_tables()
    places = [place for place in sealed_places() if place[0] not in hidden]
    name = connection.ops.quote_name
    each = " UNION ALL ".join(
        f"SELECT {number}, count(*), count(*) FILTER (WHERE {name(column)} !~ '^[0-9]+:')"  # noqa: S608 - names of models
        f" FROM {name(table)} WHERE {name(column)} <> ''"
        for number, (table, column) in enumerate(places)
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return {places[number]: (total, bare) for number, total, bare in cursor.fetchall()}


@probe
def seal_integrity(_door: Door) -> Found:
    """A sample of sealed values is opened; the tag (HMAC-SM3) of each must fit."""
    opened, broken = 0, []
    for (table, column), (total, _bare) in _counted().items():
        for value in _sample(table, column) if total else ():
            try:
                unseal(value)
                opened += 1
            except (SealBroken, ValueError):
                broken.append(f"{table}.{column}")
    if not opened and not broken:
        return unknown("还没有加密保存的值")
    words = (
        f"抽查 {opened} 个密文，校验码全部相符"
        if not broken
        else f"校验码不符：{'、'.join(sorted(set(broken)))}"
    )
    return judged(not broken, words, opened=opened, broken=len(broken))


def _sample(table: str, column: str) -> list[str]:
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name(column)} FROM {name(table)} WHERE {name(column)} <> '' LIMIT {LOOKED_AT}"  # noqa: S608
        )
        return [row[0] for row in cursor.fetchall()]


@probe
def data_labels(_door: Door) -> Found:
    by_grade = dict(Item.objects.values_list("grade").annotate(n=Count("pk")).order_by("grade"))
    total = sum(by_grade.values())
    if not total:
        return unknown("目录中还没有信息项")
    without = Item.objects.exclude(grade__in=(1, 2, 3, 4)).count()
    told = "、".join(f"{grade} 级 {count}" for grade, count in by_grade.items())
    return judged(
        not without, f"目录信息项 {total} 个均有敏感级别：{told}", by_grade=by_grade, without=without
    )


@probe
def masked_columns(_door: Door) -> Found:
    """From grade 3 on a column without a mask of its own is hidden whole; that is the rule of the catalogue."""
    high = Item.objects.filter(grade__gte=3)
    if not high.exists():
        return unknown("目录中没有三级以上信息项")
    own = high.exclude(mask="").count()
    return judged(
        True,
        f"三级以上信息项 {high.count()} 个：{own} 个按字段脱敏，其余整体隐藏",
        total=high.count(),
        masked=own,
    )


@probe
def program_tokens(_door: Door) -> Found:
    """Programs have clients of a unit with a hashed secret and tokens that end."""
    from django.conf import settings
    from oauth2_provider.models import get_application_model

    programs = get_application_model().objects
    plain = programs.exclude(Q(client_secret__contains="$") | Q(client_secret="")).count()  # noqa: S106
    lasts = getattr(settings, "OAUTH2_PROVIDER", {}).get("ACCESS_TOKEN_EXPIRE_SECONDS", 36_000)
    words = f"应用 {Client.objects.filter(is_active=True).count()} 个，密钥均以散列保存，令牌 {lasts} 秒到期"
    return judged(
        not plain, words if not plain else f"{plain} 个应用密钥未散列", token_lasts_s=lasts, plain=plain
    )


@probe
def export_log(_door: Door) -> Found:
    """Every export stands on a grant, and its link ends."""
    made = Export.objects.exclude(made_at=None)
    endless = made.filter(expires_at=None).count()
    total = made.count()
    if not total:
        return unknown("还没有数据导出")
    return judged(not endless, f"数据导出 {total} 次，均凭授权，链接到期失效", exports=total, endless=endless)


@probe
def processing_register(_door: Door) -> Found:
    rows = ProcessingActivity.objects.all()
    live = rows.filter(confirmed_at__isnull=False, until_on__gte=today())
    late = rows.filter(until_on__lt=today()).count()
    waiting = rows.filter(confirmed_at=None).count()
    if not rows.exists():
        return unknown("处理活动登记簿为空")
    words = f"处理活动有效 {live.count()} 项、到期 {late} 项、待确认 {waiting} 项，均写明目的与合法性基础"
    return judged(not late and not waiting, words, live=live.count(), expired=late, waiting=waiting)


@probe
def sensitive_processing(_door: Door) -> Found:
    rows = ProcessingActivity.objects.filter(is_sensitive=True)
    without = rows.filter(Q(assessed_on=None) | Q(assessed_on__lt=today() - 3 * YEAR)).count()
    if not rows.exists():
        return unknown("未登记敏感个人信息处理活动")
    return judged(
        not without, f"敏感个人信息处理活动 {rows.count()} 项，缺影响评估 {without} 项", without=without
    )


@probe
def yearly_risks(_door: Door) -> Found:
    last = SecurityRisk.objects.order_by("-judged_at").values_list("judged_at", flat=True).first()
    if last is None:
        return unknown("还没有风险评估")
    return judged(now() - last <= YEAR, f"最近一次风险评估 {last:%Y-%m-%d}", last=last.isoformat())


@probe
def crypto_evaluation(_door: Door) -> Found:
    filing = AssetFiling.objects.exclude(confirmed_at=None).exclude(crypto_evaluated_on=None)
    last = filing.order_by("-crypto_evaluated_on").values_list("crypto_evaluated_on", flat=True).first()
    if last is None:
        return unknown("没有密码应用安全性评估记录")
    return judged(today() - last <= YEAR, f"最近一次密码应用安全性评估 {last}", last=last.isoformat())


@probe
def drills(_door: Door) -> Found:
    last = (
        SecurityDrill.objects.exclude(held_at=None)
        .order_by("-held_at")
        .values_list("held_at", flat=True)
        .first()
    )
    if last is None:
        return unknown("还没有应急演练记录")
    return judged(now() - last <= YEAR, f"最近一次应急演练 {last:%Y-%m-%d}", last=last.isoformat())


@probe
def security_training(_door: Door) -> Found:
    """Of those in duty, how many hold a certificate of the yearly security exam that is in force."""
    found = training.security_training()
    if not found.is_set_up or not found.due:
        return unknown("年度网络安全考试还没有开放")
    words = f"在岗 {found.due} 人，持有效网络安全考试证书 {found.done} 人（{found.percent:.0f}%）"
    return judged(found.done == found.due, words, due=found.due, done=found.done)


@probe
def dead_sessions(_door: Door) -> Found:
    """Sessions that are over are taken out of the table every night."""
    left = Session.objects.filter(expire_date__lt=now() - timedelta(days=1)).count()
    return judged(not left, f"过期一天以上仍未清除的会话 {left} 个", left=left)
