"""What the tasks tell the leader: what turned red, what is late, which reports are missing."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA
from district.kernel.ui.languages import pick

from ..models import MonthlyReport
from ..today.lines import Kind, Line
from .progress import Light
from .queries import delays, task_states, turned_red
from .words import reasons_words

State = MonthlyReport.State


def lines(at: datetime) -> list[Line]:
    day = at.astimezone(CHINA).date()
    found = []
    new = {state.task.pk for state in turned_red(day - timedelta(days=1), day)}
    for state in task_states(on=day):
        if state.standing.light is Light.RED:
            words = reasons_words(state.standing.reasons[:1], {each.pk: each.title for each in state.milestones})
            found.append(Line(
                Kind.RED, f"{pick(state.task)}：{words}", reverse("programme:task", args=[state.task.clause]),
                at if state.task.pk in new else None, state.task.lead.name, state.is_simulated,
            ))  # fmt: skip
    for delay in delays(day):
        since = datetime.combine(delay.deliverables[0].milestone.due_on, time(), CHINA)
        words = _("%(n)s 项成果逾期未提交，最长 %(days)s 天") % {"n": len(delay.deliverables), "days": delay.worst_days}
        url = f"{reverse('programme:delays')}?unit={delay.unit.name}"
        found.append(Line(Kind.LATE, words, url, since, delay.unit.name, any(row.is_simulated for row in delay.deliverables)))
    missing = MonthlyReport.objects.filter(state__in=(State.ASKED, State.RETURNED), due_on__lt=day).select_related("task__lead")
    found += [
        Line(Kind.LATE, _("%(month)s 月报未报：%(task)s") % {"month": f"{row.month:%Y-%m}", "task": pick(row.task)},
             reverse("programme:monthly_report", args=[row.pk]), datetime.combine(row.due_on, time(17, 30), CHINA),
             row.task.lead.name, row.is_simulated)
        for row in missing
    ]  # fmt: skip
    return found
