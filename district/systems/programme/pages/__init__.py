"""The pages of the manifest, each of its sub-feature; only gathered here."""

from ..operation.pages import (
    accept_statement,
    agree_maintenance,
    agree_terms,
    approve_statement,
    ask_maintenance,
    contest_statement,
    new_terms,
    operation,
    report_fault,
    service_contract,
    settle,
    statement,
)
from ..projects.pages import (
    draw_file,
    draw_proof,
    draws,
    expert,
    experts,
    firm,
    firms,
    invitations,
    new_expert,
    new_firm,
    new_project,
    opinion,
    project,
    project_act,
    projects,
    purchase,
    review,
    reviews,
    run,
    run_file,
)
from ..publicity.news_pages import news, news_article, news_feed, news_picture
from ..publicity.pages import (
    add_publicity_step,
    edit_publicity_thing,
    new_publicity_thing,
    publicity,
    publicity_act,
    publicity_thing,
    stand_for_step,
)
from ..tasks.pages import tasks
from ..training.office_pages import (
    edit_course,
    edit_exam,
    new_course,
    new_exam,
    new_question,
    open_course,
    question,
    question_act,
    questions,
    result,
    results,
    revoke_certificate,
    training_office,
)
from ..training.pages import (
    begin_exam,
    certificates,
    course,
    courses,
    enrol,
    exam,
    read_lesson,
    save_sitting,
    sitting,
    submit_sitting,
)
from ..training.talent_pages import (
    answer_talent,
    erase_talent,
    new_talent,
    own_talent,
    talent,
    talent_record,
    talents,
)

__all__ = [
    "accept_statement", "add_publicity_step", "agree_maintenance", "agree_terms", "answer_talent",
    "approve_statement", "ask_maintenance", "begin_exam", "certificates", "contest_statement", "course",
    "courses", "draw_file", "draw_proof", "draws", "edit_course", "edit_exam", "edit_publicity_thing",
    "enrol", "erase_talent", "exam", "expert", "experts", "firm", "firms", "invitations", "new_course",
    "new_exam", "new_expert", "new_firm", "new_project", "new_publicity_thing", "new_question", "new_talent",
    "new_terms", "news", "news_article", "news_feed", "news_picture", "open_course", "operation", "opinion",
    "own_talent", "project", "project_act", "projects", "publicity", "publicity_act", "publicity_thing",
    "purchase", "question", "question_act", "questions", "read_lesson", "report_fault", "result", "results",
    "review", "reviews", "revoke_certificate", "run", "run_file", "save_sitting", "service_contract",
    "settle", "sitting", "stand_for_step", "statement", "submit_sitting", "talent", "talent_record",
    "talents", "tasks", "training_office",
]  # fmt: skip
