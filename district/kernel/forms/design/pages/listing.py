"""表单: the list of forms, and a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel.forms.design import changing, publishing, reviews
from district.kernel.forms.design.pages import words
from district.kernel.forms.models import Form, FormReview, FormState, FormVersion, Project, ReviewOutcome
from district.kernel.forms.queries import ASKERS, DESIGNERS, KEEPERS, forms_led_by, projects_to_ask_in
from district.kernel.people.access import allow, may
from district.kernel.people.models import Organisation
from district.kernel.people.scope import scope_in_roles
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

STANDING = {
    "draft": gettext_lazy("草稿"), "submitted": gettext_lazy("待审核"), "published": gettext_lazy("已发布"),
}  # fmt: skip
STANDING_COLOURS = {"draft": "yellow", "submitted": "orange", "published": "green"}


@allow(*DESIGNERS)
@require_safe
def designs(request: HttpRequest) -> HttpResponseBase:
    """The forms the reader may change."""
    live = FormVersion.objects.filter(form=OuterRef("pk"), state="published")
    submitted = FormReview.objects.filter(version__form=OuterRef("pk"), state=ReviewOutcome.SUBMITTED)
    rows = (
        forms_led_by(request.user)
        .select_related("project", "organisation")
        .annotate(
            submission_count=Count("submissions", filter=Q(submissions__deleted_at=None)),
            live_version=Subquery(live.values("version")[:1]),
            is_submitted=Exists(submitted),
        )
    )
    table = Table(
        "designs",
        columns=[
            Column("title", _("表单名称"), filter="text", link=lambda row: reverse("forms:design", args=[row.pk])),
            Column("organisation.name", _("要表单位"), filter="text"),
            Column("project.name", _("采集项目"), filter="text"),
            Column("standing", _("进度"), sortable=False, value=_standing, choices=STANDING, badge=STANDING_COLOURS),
            Column("state", _("收表"), filter="choice", choices=dict(FormState.choices), badge=words.STATE_COLOURS),
            Column("live_version", _("现行版本")),
            Column("submission_count", _("已收"), format=0),
            Column("updated_at", _("更新时间"), format="moment", filter="date"),
            Column("xml_form_id", _("表单代码"), filter="text", shown=False),
        ],
        source=rows, order="-updated_at", title=_("表单设计"), empty=_("还没有表单"),
    )  # fmt: skip
    context = {
        "table": table,
        "waiting": list(reviews.waiting()[:20]) if may(request.user, *KEEPERS) else [],
        "account": request.user,
    }
    return table.respond(request) or page(request, "forms/design/designs.html", context)


def _standing(row: Any) -> str:
    return "submitted" if row.is_submitted else "published" if row.live_version else "draft"


class NewForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("表单名称"), max_length=120)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("要表单位"), empty_label=None
    )
    project = forms.ModelChoiceField(Project.objects.none(), label=gettext_lazy("采集项目"), empty_label=None)
    audience = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=gettext_lazy("填报单位"), required=False,
        help_text=gettext_lazy("含下级单位；不选则所有单位都填"), widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    purpose = forms.CharField(
        label=gettext_lazy("用途"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    ground = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("法律、法规、规章或文件名称、文号")
    )
    keep_months = forms.IntegerField(label=gettext_lazy("保存月数"), min_value=1, max_value=600, initial=36)
    xlsx = forms.FileField(
        label=gettext_lazy("XLSForm 文件"), required=False, help_text=gettext_lazy("没有的话，下一步在页面上加问题"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip

    def __init__(self, account: Any, *args: Any, form: Form | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        scope = scope_in_roles(account, DESIGNERS)
        fields["organisation"].queryset = scope.filter(Organisation.objects.all(), organisation_field="pk")
        fields["organisation"].initial = account.organisation_id
        fields["project"].queryset = projects_to_ask_in(account).filter(is_archived=False)
        fields["audience"].queryset = Organisation.objects.filter(kind__in=("town", "village"))
        for name in ("organisation", "audience"):
            fields[name].label_from_instance = lambda unit: unit.label
        if form is not None:
            del fields["project"], fields["organisation"], fields["xlsx"]
            self.initial |= {
                name: getattr(form, name) for name in ("title", "purpose", "ground", "keep_months")
            }
            self.initial["audience"] = form.audience.all()


@allow(*ASKERS, *KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_design(request: HttpRequest) -> HttpResponseBase:
    account: Any = request.user
    form = NewForm(account, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _made(account, dict(form.cleaned_data))
        except words.ERRORS as error:
            for text in words.texts_of(error):
                form.add_error("xlsx" if form.cleaned_data["xlsx"] else None, text)
        else:
            messages.success(request, _("表单已建立，加好问题后发布"))
            return redirect("forms:design", made.pk)
    status = 422 if request.method == "POST" else 200
    shown = PageForm(form, submit=_("下一步：加问题"), cancel=reverse("forms:designs"), columns=2)
    return page(request, "forms/design/new.html", {"form": shown}, status=status)


@transaction.atomic
def _made(account: Any, given: dict[str, Any]) -> Form:
    """The form with a first draft: what was uploaded, or no question yet."""
    xlsx = given.pop("xlsx")
    made = publishing.new_form(account=account, **given)
    if xlsx:
        publishing.draft(made, xlsx.read(), account, is_renamed=True)
    else:
        changing.change(made, account, lambda sheets: None)
    return made


@allow(*DESIGNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def design_settings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the form says of itself: title, purpose, ground, who fills it."""
    found = words.led(request, pk)
    form = NewForm(request.user, request.POST or None, form=found)
    if request.method == "POST" and form.is_valid():
        publishing.describe(found, request.user, **form.cleaned_data)
        messages.success(request, _("已保存"))
        return redirect("forms:design", found.pk)
    status = 422 if request.method == "POST" else 200
    shown = PageForm(form, cancel=reverse("forms:design", args=[found.pk]), columns=2)
    return page(request, "forms/design/settings.html", {"form": shown, "design": found}, status=status)
