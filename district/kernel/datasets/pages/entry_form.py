"""The form of an entry: its metadata, and its items in a grid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.datasets import entry_rules
from district.kernel.datasets.actions.entries import ITEM_FIELDS
from district.kernel.datasets.models import Cycle, DataType, Grade, Resource, Share
from district.kernel.datasets.pages import words
from district.kernel.datasets.posts import offered_units
from district.kernel.people.models import Organisation

EXTRA_ROWS = 3
MOST_ITEMS = 300
TEXTS = ("share_condition", "legal_ground", "abstract")


class EntryForm(forms.Form):
    """Fields of `METADATA`; provider and slug are fixed once the entry is there."""

    provider = forms.ModelChoiceField(Organisation.objects.none(), label=_("提供方"), empty_label=None)
    title = forms.CharField(label=_("信息资源名称"), max_length=120)
    en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    slug = forms.RegexField(
        r"^[A-Za-z0-9_]{1,60}$",
        label=_("机器名"),
        required=False,
        help_text=_("字母、数字、下划线；不填则取名称的拼音首字母"),
    )
    abstract = forms.CharField(
        label=_("信息资源摘要"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    library = forms.ChoiceField(label=_("基础库"), required=False)
    theme = forms.ChoiceField(label=_("主题"), required=False)
    format = forms.ChoiceField(
        label=_("信息资源格式"), choices=[(each, each) for each in entry_rules.FORMATS]
    )
    cycle = forms.ChoiceField(label=_("更新周期"), choices=Cycle.choices, initial=Cycle.MONTHLY)
    share = forms.ChoiceField(label=_("共享类型"), choices=Share.choices, initial=Share.CONDITIONAL)
    share_way = forms.ChoiceField(
        label=_("共享方式"), choices=[(each, each) for each in entry_rules.WAYS], required=False
    )
    share_condition = forms.CharField(
        label=_("共享条件"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("有条件共享必填：使用范围、用途"),
    )
    legal_ground = forms.CharField(
        label=_("依据"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("不予共享必填：法律、法规或政策的名称写在《》内，并写明条款"),
    )
    is_open_to_public = forms.BooleanField(label=_("向社会开放"), required=False)
    open_condition = forms.CharField(
        label=_("开放条件"), max_length=200, required=False, help_text=_("开放的必填，没有条件写“无条件”")
    )
    is_secret = forms.BooleanField(label=_("涉密"), required=False)
    keep_days = forms.IntegerField(label=_("版本保存天数"), min_value=1, required=False)

    def __init__(self, account: Any, *args: Any, resource: Resource | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        units = Organisation.objects.exclude(kind__in=("village", "enterprise", "board"))
        fields["provider"].queryset = offered_units(account).filter(units, organisation_field="pk")
        fields["provider"].label_from_instance = lambda unit: unit.label
        fields["provider"].initial = account.organisation_id
        fields["library"].choices = [("", _("不属于基础库")), *words.libraries().items()]
        fields["theme"].choices = [("", _("不分主题")), *words.themes().items()]
        if resource is not None:
            del fields["provider"], fields["slug"]
            self.initial |= {name: getattr(resource, name) for name in fields}
            if resource.format not in entry_rules.FORMATS:
                fields["format"].choices = [(resource.format, resource.format), *fields["format"].choices]


class ItemForm(forms.Form):
    """A row of the grid; one without a name is left out."""

    title = forms.CharField(label=_("信息项名称"), max_length=120, required=False)
    name = forms.CharField(label=_("字段名"), max_length=63, required=False)
    type = forms.ChoiceField(label=_("数据类型"), choices=DataType.choices, required=False)
    length = forms.IntegerField(label=_("长度"), min_value=1, required=False)
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    grade = forms.TypedChoiceField(
        label=_("敏感级别"), choices=Grade.choices, coerce=int, required=False, empty_value=1
    )
    mask = forms.CharField(label=_("脱敏方式"), max_length=20, required=False)
    code_table = forms.CharField(label=_("代码表"), max_length=60, required=False)
    is_key = forms.BooleanField(label=_("主键"), required=False)
    is_required = forms.BooleanField(label=_("必填"), required=False)
    holds = forms.ChoiceField(label=_("内容"), choices=list(words.HOLDS.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind = (
                "form-check-input"
                if isinstance(field, forms.BooleanField)
                else "form-control form-control-sm"
            )
            if isinstance(field, forms.ChoiceField):
                kind = "form-select form-select-sm"
            field.widget.attrs |= {"class": f"{kind} d-item-{name}", "aria-label": str(field.label)}


ItemGrid = forms.formset_factory(ItemForm, extra=EXTRA_ROWS, max_num=MOST_ITEMS, validate_max=True)


def item_grid(data: Any, resource: Resource | None) -> Any:
    """The grid, filled from the entry's items."""
    initial = (
        [{name: getattr(item, name) for name in ITEM_FIELDS} for item in resource.items.all()]
        if resource
        else []
    )
    return ItemGrid(data, initial=initial, prefix="items")


def given_items(grid: Any) -> list[dict[str, Any]]:
    """The rows that were filled in, as the actions take them."""
    rows = [
        form.cleaned_data
        for form in grid.forms
        if form.cleaned_data.get("title") or form.cleaned_data.get("name")
    ]
    return [{**row, "type": row["type"] or "text", "grade": row["grade"] or 1} for row in rows]
