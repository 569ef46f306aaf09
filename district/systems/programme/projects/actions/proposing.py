"""A project is proposed, its papers put in and confirmed, or it is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.files.actions import attach
from district.kernel.files.models import StoredFile
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ...models import PlanTask, Project, ProjectPaper
from ...numbers import next_number
from ..gates import ORDER, PAPERS
from .holding import given, held, held_at, note, other

FILES_OF = "programme.project"


@transaction.atomic
def propose(account: Any, *, title: str, owner: Organisation, purpose: str, estimate_fen: int, due_on: date,
            tasks: Sequence[PlanTask], is_simulated: bool = False) -> Project:  # fmt: skip
    if estimate_fen <= 0:
        raise Refused("estimate", _("估算投资应大于零"))
    if due_on <= today() and not is_simulated:
        raise Refused("due", _("计划完成日期应晚于今天"))
    project = Project.objects.create(
        number=next_number(Project, "XM", today()), title=title, owner=owner, purpose=purpose, estimate_fen=estimate_fen,
        due_on=due_on, made_by=account, is_simulated=is_simulated,
    )  # fmt: skip
    project.tasks.set(tasks)
    note(account, "project_proposed", project, "")
    return project


@transaction.atomic
def add_paper(project: Project, account: Any, kind: str, title: str, *, words: str = "",
              file: StoredFile | None = None) -> ProjectPaper:  # fmt: skip
    """Raises Refused. A paper without a file needs words that say where it is."""
    if kind not in PAPERS:
        raise Refused("kind", _("没有这种材料"))
    held_at(project, *ORDER[:-1])
    if file is None and not words.strip():
        raise Refused("empty", _("请上传文件，或写明材料存放处"))
    paper = ProjectPaper.objects.create(project=project, kind=kind, title=title, words=words, file=file, made_by=account)
    if file is not None:
        attach(file, FILES_OF, project.number, account, is_personal=False)
    note(account, "paper_added", project, paper.pk, title)
    return paper


@transaction.atomic
def decide_paper(paper: ProjectPaper, account: Any, is_right: bool, reason: str = "") -> ProjectPaper:
    """Confirmed or sent back by another than who put it in."""
    paper = held(paper)
    if paper.confirmed_at or paper.refused_at:
        raise Refused("decided", _("这份材料已经核对过"))
    other(account, paper.made_by_id)
    if is_right:
        paper.confirmed_by, paper.confirmed_at = account, now()
    else:
        paper.refused_at, paper.reason = now(), given(reason)
    paper.save()
    note(account, "paper_confirmed" if is_right else "paper_sent_back", paper.project, paper.pk, reason)
    return paper


@transaction.atomic
def stop(project: Project, account: Any, reason: str) -> Project:
    project = held_at(project, *ORDER[:-1])
    other(account, project.made_by_id)
    project.stage, project.stage_at = Project.Stage.STOPPED, now()
    project.save(update_fields=("stage", "stage_at"))
    note(account, "project_stopped", project, "", given(reason))
    return project
