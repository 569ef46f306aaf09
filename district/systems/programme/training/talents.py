"""The talent register: entered by consent, looked at for a reason, objected to, answered, forgotten."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel import home
from district.kernel.clock import now, today
from district.kernel.people import masking
from district.kernel.people.audit import record_act, record_look
from district.kernel.people.models import Account, AuditEntry

from ..models import Talent
from ..projects.rules import months_later
from .keeping import MOST_YEARS, OBJECTION_DAYS
from .refused import Refused

SUBJECT = "programme.talent"
SEEN = ("姓名", "电话", "单位")
PURPOSES = {
    "project": gettext_lazy("联系参加项目"), "training": gettext_lazy("联系参加培训"),
    "policy": gettext_lazy("落实人才政策"), "upkeep": gettext_lazy("核对本人信息"),
}  # fmt: skip
CODE_LENGTH = 8


@dataclass(frozen=True)
class Declared:
    """What a person says, or agrees to be said, of themselves."""

    name: str
    phone: str
    employer: str
    fields: Sequence[str]
    level: str
    source: str
    basis: str
    purpose: str
    until_on: date
    has_agreed: bool


def register(said: Declared, by: Account, *, own: bool = False, is_simulated: bool = False) -> Talent:
    """A record, of oneself or with the consent of another. Raises Refused: not_agreed, purpose, until_on, twice."""
    if said.basis == Talent.Basis.CONSENT and not said.has_agreed:
        raise Refused("not_agreed", _("须本人同意才能登记"), field="has_agreed")
    if not said.purpose.strip():
        raise Refused("purpose", _("请写明使用目的"), field="purpose")
    if not today() < said.until_on <= months_later(today(), 12 * MOST_YEARS):
        raise Refused("until_on", _("保存期限最长 %(n)s 年") % {"n": MOST_YEARS}, field="until_on")
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=by.pk)
        if own and Talent.objects.filter(account=by).exists():
            raise Refused("twice", _("您已在人才库中"))
        made = Talent.objects.create(
            number=_next_number(), account=by if own else None, name=said.name.strip(), phone=said.phone.strip(),
            employer=said.employer.strip(), fields=list(said.fields), level=said.level, source=said.source, basis=said.basis,
            purpose=said.purpose.strip(), agreed_at=now(), until_on=said.until_on, made_by=by, is_simulated=is_simulated,
        )  # fmt: skip
        record_act(by, "talent_registered", subject_kind=SUBJECT, subject=made.number, purpose=made.purpose)
    return made


def _next_number() -> str:
    """Numbers are taken in line, within the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('programme_talent_number'))")
    last = Talent.objects.aggregate(last=Max("pk"))["last"] or 0
    return f"RC{last + 1:06}"


def query_code(number: str) -> str:
    """What a person without an account asks after the record with; given to them on paper when they agree."""
    digest = hmac.digest(home.secret("programme_talents").encode(), number.encode(), "sha256")
    return base64.b32encode(digest[:5]).decode()


def found_by_code(number: str, code: str) -> Talent | None:
    number, code = number.strip().upper()[:16], code.strip().upper()[:CODE_LENGTH]
    if not hmac.compare_digest(query_code(number).encode(), code.encode()):
        return None
    return Talent.objects.filter(number=number).first()


def masked(talent: Talent) -> dict[str, str]:
    """As it stands on lists: enough to tell records apart, not to reach anybody."""
    return {
        "name": masking.person_name(talent.name), "phone": masking.phone(talent.phone),
        "employer": masking.middle_hidden(talent.employer, 2, 0) if talent.employer else "",
    }  # fmt: skip


def look(talent: Talent, by: Account, purpose: str, address: str = "") -> dict[str, str]:
    """The whole of it, noted before it is shown. Raises Refused: purpose, objected, erased, expired."""
    if purpose not in PURPOSES:
        raise Refused("purpose", _("请选择查看原因"), field="purpose")
    if talent.state == Talent.State.ERASED:
        raise Refused("erased", _("记录已删除"))
    if talent.until_on < today():
        raise Refused("expired", _("保存期限已过，不能再查看"))
    if talent.state == Talent.State.OBJECTED and purpose != "upkeep":
        raise Refused("objected", _("本人已提出异议，答复前只能为核对查看"))
    record_look(by, SUBJECT, talent.number, str(PURPOSES[purpose]), SEEN, address=address)
    return {"name": talent.name, "phone": talent.phone, "employer": talent.employer}


def looks(talent: Talent) -> QuerySet[AuditEntry]:
    """Who looked, when and why: the person may ask for it."""
    return AuditEntry.objects.filter(action="look", subject_kind=SUBJECT, subject=talent.number).order_by(
        "-seq"
    )


def object_to(talent: Talent, words: str) -> Talent:
    """By the person: nothing is done with the record from now on but to answer. Raises Refused: words, state."""
    if not words.strip():
        raise Refused("words", _("请填写异议内容"), field="words")
    with transaction.atomic():
        held = Talent.objects.select_for_update().get(pk=talent.pk)
        if held.state != Talent.State.ACTIVE:
            raise Refused("state", _("当前状态不能提出异议"))
        held.state, held.objected_at, held.objection = Talent.State.OBJECTED, now(), words.strip()[:300]
        held.answer, held.answer_by = "", today() + timedelta(days=OBJECTION_DAYS)
        held.save()
        record_act(held.account, "talent_objected", subject_kind=SUBJECT, subject=held.number)
    return held


def answer(talent: Talent, by: Account, words: str) -> Talent:
    """What was corrected or why it stands; the record may be used again. Raises Refused: words, state, own."""
    if not words.strip():
        raise Refused("words", _("请填写答复"), field="words")
    with transaction.atomic():
        held = Talent.objects.select_for_update().get(pk=talent.pk)
        if held.account_id == by.pk:
            raise Refused("own", _("本人的异议须由他人答复"))
        if held.state != Talent.State.OBJECTED:
            raise Refused("state", _("没有待答复的异议"))
        held.state, held.answer, held.answer_by = Talent.State.ACTIVE, words.strip()[:300], None
        held.save()
        record_act(by, "talent_answered", subject_kind=SUBJECT, subject=held.number)
    return held


def erase(talent: Talent, by: Account | None, why: str) -> Talent:
    """Forgotten at once: consent was taken back, the person asked, or the time is over. What is left says nothing of anybody."""
    with transaction.atomic():
        held = Talent.objects.select_for_update().get(pk=talent.pk)
        if held.state == Talent.State.ERASED:
            return held
        held.state, held.erased_at = Talent.State.ERASED, now()
        held.name = held.phone = held.employer = held.level = held.objection = held.answer = held.purpose = ""
        held.fields, held.account, held.answer_by = [], None, None
        held.save()
        record_act(by, "talent_erased", subject_kind=SUBJECT, subject=held.number, purpose=why)
    return held


def erase_expired() -> int:
    """Records whose time is over; how many."""
    over = Talent.objects.exclude(state=Talent.State.ERASED).filter(until_on__lt=today())
    return len([erase(talent, None, "保存期限届满") for talent in over])
