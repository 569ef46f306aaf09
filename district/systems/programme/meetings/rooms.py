"""The pages and procedures of meetings, letters, the appraisal and 今日, as the manifest has them."""

from district.kernel.vocabulary import Page, Procedure

PART, GROUP, READERS = ("programme.1",), "协同建设", ("liaison", "office", "leader", "auditor")
PAGES = (
    Page("today", "今日", "Today", ("leader", "office"), PART, icon="sun", group=GROUP),
    Page("meetings", "联席会议", "Joint meetings", READERS, PART, icon="users", group=GROUP),
    Page("decisions", "议定事项", "Decisions", READERS, PART, icon="gavel", group=GROUP),
    Page("letters", "督办函", "Supervision letters", READERS, PART, icon="mail-exclamation", group=GROUP),
    Page("appraisal", "年度考核", "Yearly appraisal", ("staff",), PART, icon="award", group=GROUP),
)
PROCEDURES = (
    Procedure("meeting_decision", "议定事项督办", "Decision of a meeting", "processes/meeting_decision.bpmn", "YD",
              readers=READERS, leads=("office",)),
    Procedure("supervision_letter", "督办函", "Supervision letter", "processes/supervision_letter.bpmn", "DB",
              readers=READERS, leads=("office",)),
    Procedure("appraisal_objection", "考核申诉", "Objection to an appraisal", "processes/appraisal_objection.bpmn", "SS",
              readers=READERS, leads=("office",)),
)  # fmt: skip
