"""Everything that is done to cases. Each act is one transaction, writes the timeline, and tells by events.

`account` None is the platform itself. Refusals: `cases.refused.Refused` with a stable code and Chinese words.
"""

from district.kernel.cases.actions.alarms import Repeat, take_alarms
from district.kernel.cases.actions.joining import ask, link, merge, take_answer, unmerge
from district.kernel.cases.actions.opening import NewCase, open_case, open_cases
from district.kernel.cases.actions.pausing import ask_extension, decide_extension, resume, suspend
from district.kernel.cases.actions.steps import claim, complete, hand_over, invite, return_task
from district.kernel.cases.actions.versions import (
    Trial,
    migrate_cases,
    publish_version,
    save_draft,
    try_draft,
)
from district.kernel.cases.actions.watching import (
    answer_supervision,
    call_back,
    cancel,
    disclose,
    evaluate,
    give_feedback,
    mark_confidential,
    supervise,
)

__all__ = [
    "NewCase",
    "Repeat",
    "Trial",
    "answer_supervision",
    "ask",
    "ask_extension",
    "call_back",
    "cancel",
    "claim",
    "complete",
    "decide_extension",
    "disclose",
    "evaluate",
    "give_feedback",
    "hand_over",
    "invite",
    "link",
    "mark_confidential",
    "merge",
    "migrate_cases",
    "open_case",
    "open_cases",
    "publish_version",
    "resume",
    "return_task",
    "save_draft",
    "supervise",
    "suspend",
    "take_alarms",
    "take_answer",
    "try_draft",
    "unmerge",
]
