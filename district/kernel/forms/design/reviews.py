"""A draft that asks mostly for what is held is not published before a keeper has agreed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.forms.design.held import Share, held_in, share_of
from district.kernel.forms.design.questions import questions_of
from district.kernel.forms.models import Form, FormReview, FormVersion, ReviewOutcome, VersionState
from district.kernel.forms.queries import KEEPERS
from district.kernel.forms.refused import Refused
from district.kernel.people.access import may
from district.kernel.people.audit import record_act

LEAST_REASON = 10


def share_in(version: FormVersion) -> Share:
    return share_of(held_in(version.form, questions_of(version.questions)))


def review_of(version: FormVersion) -> FormReview | None:
    """The last request for the draft as it stands now."""
    return version.reviews.filter(md5=version.md5).first()


def require_review(version: FormVersion, account: Any) -> None:
    """Raises Refused where a review is due and none has agreed to this very draft."""
    review = review_of(version)
    if review is not None and review.state == ReviewOutcome.APPROVED:
        return
    share = share_in(version)
    if share.is_mostly_held:
        raise Refused(
            "needs_review",
            _("%(asked)s 道题中有 %(held)s 道区里已有，请直接引用或删去；确需填报的，说明理由提交审核")
            % {"asked": share.asked, "held": share.held},
            field="questions", value="、".join(share.held_labels), central=403.1,
        )  # fmt: skip


@transaction.atomic
def submit(form: Form, reason: str, account: Any) -> FormReview:
    """Asks for a review of the draft, saying why what is held must be asked."""
    version = form.versions.select_for_update().filter(state=VersionState.DRAFT).first()
    if version is None:
        raise Refused("no_draft", _("没有可提交的草稿"))
    if len(reason.strip()) < LEAST_REASON:
        raise Refused(
            "no_reason", _("请说明为什么已有的信息仍要填报，至少 10 个字"), field="reason", value=reason
        )
    version.reviews.filter(state=ReviewOutcome.SUBMITTED).update(
        state=ReviewOutcome.RETURNED, note=_("草稿已修改，由新的申请代替"), decided_at=clock.now()
    )
    share = share_in(version)
    review = FormReview.objects.create(
        version=version, md5=version.md5, asked=share.asked, held=share.held, held_labels=list(share.held_labels),
        reason=reason.strip(), by=account,
    )  # fmt: skip
    record_act(account, "submit", subject_kind="form", subject=str(form.pk), purpose=reason.strip())
    return review


@transaction.atomic
def decide(review: FormReview, outcome: str, note: str, account: Any) -> FormReview:
    """A keeper agrees or returns; nobody decides on a request of his own."""
    review = FormReview.objects.select_for_update().get(pk=review.pk)
    if review.state != ReviewOutcome.SUBMITTED:
        raise Refused("decided", _("这个申请已经审核过"))
    if outcome not in (ReviewOutcome.APPROVED, ReviewOutcome.RETURNED):
        raise Refused("bad_outcome", _("没有这种审核结果"), field="outcome", value=outcome)
    if not may(account, *KEEPERS):
        raise Refused("not_keeper", _("只有表单管理员可以审核"), central=403.1)
    if review.by_id == account.pk:
        raise Refused("own_review", _("不能审核自己提交的申请"), central=403.1)
    if outcome == ReviewOutcome.RETURNED and not note.strip():
        raise Refused("no_note", _("退回须写明意见"), field="note")
    if outcome == ReviewOutcome.APPROVED and review.version.md5 != review.md5:
        raise Refused("changed", _("草稿在提交后又改过，请退回重新提交"))
    review.state, review.note = outcome, note.strip()[:300]
    review.decided_by, review.decided_at = account, clock.now()
    review.save()
    record_act(
        account, f"review_{outcome}", subject_kind="form", subject=str(review.version.form_id), purpose=note
    )
    return review


def waiting() -> Any:
    return FormReview.objects.filter(state=ReviewOutcome.SUBMITTED).select_related(
        "version__form__organisation", "by"
    )
