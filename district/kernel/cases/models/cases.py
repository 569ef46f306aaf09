"""Cases."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models.procedures import ProcedureVersion
from district.kernel.clock import now
from district.kernel.people.sealed_field import SealedTextField


class CaseState(models.TextChoices):
    OPEN = "open", _("办理中")
    SUSPENDED = "suspended", _("已挂起")
    CLOSED = "closed", _("已办结")
    CANCELLED = "cancelled", _("已作废")
    MERGED = "merged", _("已并案")


CASE_STATES = CaseState.choices
RUNNING = ("open", "suspended")
MARKED_TEXTS = ("title", "address", "stage", "classification")
MARKED_VALUES = ("state", "light", "channel", "procedure")


class CaseMarks(models.Func):
    """What lists filter by, as one array. See `case_marks`."""

    function = "cases_marks"
    output_field = ArrayField(models.TextField())


class Case(models.Model):
    """One matter, from the first report until it is closed.

    `form` is everything the steps of the procedure have filled in, and what its decisions read. `workflow` is the
    state of the procedure as `engine` writes it; nothing else reads it. `organisation` is responsible.
    `division_code` is the finest division known, 6, 9 or 12 digits. `due_at` comes from `limit_kind`,
    `limit_amount` and `extension_amount` (see `clocks.Limit`), suspensions left out; `warn_at` and `late_at`
    are when `light` turns from green to yellow and to red. `merged_into` is the case that answers for a merged one.

    `seen_by` says who sees the case beside those whose place it lies in: `u:<system>:<unit>` for the units that
    have or had a part in it, `p:<role>:<unit>` for the posts, `a:<account>` for persons. See `queries.visible`.
    `reporter_mark` is a keyed digest of the reporter's telephone number, to find reports of the same person.
    """

    number = models.CharField(_("编号"), max_length=32, unique=True)
    system = models.CharField(_("所属系统"), max_length=40)
    procedure = models.CharField(_("流程"), max_length=60)
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="cases", verbose_name=_("流程版本")
    )
    idempotency_key = models.CharField(max_length=120)
    kind = models.CharField(_("类别"), max_length=40, blank=True)
    classification = models.CharField(_("分类编码"), max_length=40, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    channel = models.CharField(_("来源渠道"), max_length=40)
    reporter_name = SealedTextField(_("反映人"), blank=True, default="")
    reporter_phone = SealedTextField(_("联系电话"), blank=True, default="")
    reporter_mark = models.CharField(max_length=64, blank=True)
    reporter_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    address = models.CharField(_("地址"), max_length=300, blank=True)
    cell_code = models.CharField(_("网格"), max_length=20, blank=True)
    division_code = models.CharField(_("区划"), max_length=12, blank=True, db_collation="C")
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("责任单位"),
        db_index=False,
    )
    seen_by = ArrayField(models.CharField(max_length=120), default=list)
    stage = models.CharField(_("阶段"), max_length=40, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=CASE_STATES, default=CaseState.OPEN)
    light = models.CharField(_("时限灯"), max_length=6, default="green")
    limit_kind = models.CharField(_("时限类别"), max_length=20, blank=True)
    limit_amount = models.FloatField(_("时限"), null=True, blank=True)
    extension_amount = models.FloatField(_("延期"), default=0)
    opened_at = models.DateTimeField(_("立案时间"), default=now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("登记人"),
        db_index=False,
    )
    warn_at = models.DateTimeField(_("预警时间"), null=True, blank=True)
    due_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    late_at = models.DateTimeField(_("超期时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    outcome = models.CharField(_("办理结果"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_cases",
        verbose_name=_("并入"),
        db_index=False,
    )
    is_confidential = models.BooleanField(_("保密"), default=False)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    form = models.JSONField(_("表单"), default=dict, blank=True)
    workflow = models.TextField(default="", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办件")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("system", "idempotency_key"), name="cases_case_once"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="cases_case_merged_into",
            ),
        )
        indexes = (
            models.Index(fields=("system", "division_code", "id"), name="cases_case_place"),
            GinIndex(
                models.F("seen_by"),
                CaseMarks(*(models.F(name) for name in (*MARKED_TEXTS, *MARKED_VALUES))),
                name="cases_case_seen_marks",
            ),
            models.Index(
                fields=("system", "due_at"),
                name="cases_case_due",
                condition=Q(state__in=("open", "suspended")),
            ),
            models.Index(
                fields=("system", "division_code", "id"),
                name="cases_case_running",
                condition=Q(state__in=("open", "suspended")),
            ),
            models.Index(
                fields=("warn_at",), name="cases_case_warn", condition=Q(state="open", light="green")
            ),
            models.Index(
                fields=("late_at",), name="cases_case_late", condition=Q(state="open") & ~Q(light="red")
            ),
            models.Index(fields=("system", "opened_at"), name="cases_case_opened"),
            models.Index(
                fields=("merged_into",), name="cases_case_merged", condition=Q(merged_into__isnull=False)
            ),
            models.Index(
                fields=("reporter_mark", "opened_at"),
                name="cases_case_reporter",
                condition=~Q(reporter_mark=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


class CaseCounter(models.Model):
    """The last serial given to a prefix on a day."""

    prefix = models.CharField(max_length=12)
    on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("prefix", "on"), name="cases_counter_once"),)

    def __str__(self) -> str:
        return f"{self.prefix}{self.on:%Y%m%d} {self.last}"
