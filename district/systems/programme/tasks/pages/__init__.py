"""重点工作: the tasks, one task, the Gantt chart, delays, what waits for the office, monthly reports, briefings."""

from .briefings import briefings, make_briefing
from .delays import delays
from .gantt import gantt
from .overview import tasks
from .reports import decide_report, monthly_report, reports
from .single import act_on_task, task
from .waiting import waiting

__all__ = [
    "act_on_task", "briefings", "decide_report", "delays", "gantt", "make_briefing", "monthly_report", "reports", "task", "tasks",
    "waiting",
]
