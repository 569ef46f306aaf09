"""What every act begins with: the row held, its state right, the person another, the reason given; and its note."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ...models import Project

Row = TypeVar("Row", bound=Model)


def held(row: Row) -> Row:
    """The row as it is now, locked until the transaction ends."""
    found: Row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    return found


def held_at(project: Project, *stages: str) -> Project:
    """Raises Refused when the project is in none of the stages."""
    found = held(project)
    if found.stage not in stages:
        raise Refused("stage", _("项目处于“%(stage)s”阶段，不能这样办理") % {"stage": Project.Stage(found.stage).label})
    return found


def in_state(row: Any, *states: str) -> None:
    if row.state not in states:
        raise Refused("state", _("当前状态为“%(state)s”，不能这样办理") % {"state": row.get_state_display()})


def other(account: Any, *own: int | None) -> None:
    """Nobody decides what is his own."""
    if account.pk in own:
        raise Refused("own", _("不能办理本人提交的事项，须由另一人办理"))


def given(reason: str, most: int = 200) -> str:
    if not reason.strip():
        raise Refused("reason_missing", _("请填写原因"))
    return reason.strip()[:most]


def note(account: Any, act: str, project: Project, subject: object, words: str = "", fields: Collection[str] = ()) -> None:
    """Into the audit chain, under the project's number."""
    record_act(account, act, subject_kind="programme.project", subject=f"{project.number} {subject}"[:120], purpose=words[:200],
               fields=fields, username="" if account else "platform")  # fmt: skip
