"""Colours and words shared by the pages of grants."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from district.kernel.grants import masks
from district.kernel.people.roles import AUDITOR, PROVIDER, STEWARD, holders

READERS = (*holders(STEWARD, PROVIDER), AUDITOR)
ACTORS = holders(STEWARD, PROVIDER)

REQUEST_COLOURS = {
    "draft": "secondary", "submitted": "blue", "returned": "yellow", "declined": "red", "accepted": "blue",
    "agreed": "green", "conditional": "teal", "refused": "red", "cancelled": "secondary",
}  # fmt: skip
GRANT_COLOURS = {"active": "green", "suspended": "yellow", "withdrawn": "red", "expired": "secondary"}
OBJECTION_COLOURS = {"open": "yellow", "upheld": "green", "rejected": "secondary"}
MASK_WORDS = {
    "": _("原样"), masks.HIDDEN: _("隐藏"), "mobile": _("手机号脱敏"), "phone": _("电话脱敏"), "person_name": _("姓名脱敏"),
    "id_number": _("身份号码脱敏"), "id_number_public": _("身份号码只留首尾"), "email": _("邮箱脱敏"),
    "bank_account": _("账号脱敏"), "medical_number": _("病历号脱敏"), "plate": _("车牌脱敏"), "address": _("地址到镇街"),
    "birth_date": _("出生年份"), masks.COORDINATE: _("坐标到公里"),
}  # fmt: skip
CHANNELS = {
    "api": _("接口"), "file": _("文件"), "page": _("页面查看"), "sql": _("分析"), "portrait": _("全景档案"),
    "push": _("推送"), "stream": _("消息流"), "register": _("台账取数"),
}  # fmt: skip
