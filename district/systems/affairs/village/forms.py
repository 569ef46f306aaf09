"""The forms of a village. Rules that are more than shape stand in the actions; their words come back here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused

from ..models import Body, ErrandState, Guide, Meeting, Proposal, Shift


def report(form: forms.Form, refused: Refused) -> None:
    """The words of an action beside the field they are about."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


def lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4})


class OfUnit(forms.Form):
    """A form that is about one of the reader's units."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("单位"))

    def __init__(self, units: list[Organisation], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisation"].queryset = Organisation.objects.filter(
            pk__in=[each.pk for each in units]
        ).order_by("division_code", "code")
        self.fields["organisation"].initial = units[0].pk if units else None


class RosterForm(OfUnit):
    people = forms.ModelMultipleChoiceField(
        Account.objects.none(), label=_("轮流值班人"), widget=forms.SelectMultiple(attrs={"size": 4})
    )
    first = forms.DateField(label=_("第一天"), widget=day_input())
    last = forms.DateField(label=_("最后一天"), widget=day_input())

    def __init__(self, people: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["people"].queryset = people


class SwapForm(forms.Form):
    other = forms.ModelChoiceField(Account.objects.none(), label=_("换给"))
    in_return = forms.ModelChoiceField(
        Shift.objects.none(), label=_("换回的班次"), required=False, help_text=_("不选就是请对方代班")
    )
    reason = forms.CharField(label=_("事由"), max_length=120)

    def __init__(self, people: Any, shifts: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["other"].queryset = people
        self.fields["in_return"].queryset = shifts


class LogForm(forms.Form):
    log = forms.CharField(label=_("值班记录"), widget=lines(), required=False)


class AnnouncementForm(OfUnit):
    title = forms.CharField(label=_("标题"), max_length=120)
    text = forms.CharField(label=_("内容"), widget=lines())
    audience = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("接收单位"), widget=forms.SelectMultiple(attrs={"size": 6})
    )
    is_with_below = forms.BooleanField(label=_("同时发给下属村（社区）"), required=False, initial=True)
    reply_by = forms.DateTimeField(label=_("回执期限"), widget=moment_input(), required=False)
    needs_receipt = forms.BooleanField(label=_("需要回执"), required=False, initial=True)
    is_public = forms.BooleanField(label=_("同时向村民公开"), required=False)

    def __init__(self, audience: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["audience"].queryset = audience

    def chosen_units(self) -> list[Organisation]:
        units = list(self.cleaned_data["audience"])
        if self.cleaned_data["is_with_below"]:
            below = Organisation.objects.filter(parent__in=units).exclude(division_code="")
            units += [each for each in below if each not in units]
        return units


class ReceiptForm(forms.Form):
    reply = forms.CharField(label=_("回执"), max_length=200, required=False)


class MemberForm(OfUnit):
    body = forms.ChoiceField(label=_("组织"), choices=Body.choices)
    name = forms.CharField(label=_("姓名"), max_length=40)
    household = forms.CharField(label=_("代表的户"), max_length=60, required=False)


class MeetingForm(OfUnit):
    body = forms.ChoiceField(label=_("参加组织"), choices=Body.choices)
    title = forms.CharField(label=_("会议名称"), max_length=120)
    starts_at = forms.DateTimeField(label=_("时间"), widget=moment_input())
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    agenda = forms.CharField(label=_("议程"), widget=lines(), help_text=_("一行一项"))


class MinutesForm(forms.Form):
    minutes = forms.CharField(label=_("会议纪要"), widget=lines())


class BallotForm(forms.Form):
    question = forms.CharField(label=_("表决事项"), max_length=200)
    proposal = forms.ModelChoiceField(Proposal.objects.none(), label=_("议题"), required=False)
    is_secret = forms.BooleanField(label=_("无记名（发选票）"), required=False, initial=True)

    def __init__(self, proposals: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["proposal"].queryset = proposals


class ProposalForm(OfUnit):
    title = forms.CharField(label=_("议题"), max_length=120)
    text = forms.CharField(label=_("内容"), widget=lines())


class DecisionForm(forms.Form):
    """The meeting that took the step; `agreeing` is left out where a ballot decides."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("会议"))
    agreeing = forms.IntegerField(label=_("同意人数"), min_value=0, required=False)

    def __init__(self, meetings: Any, has_ballot: bool, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["meeting"].queryset = meetings
        if has_ballot:
            del self.fields["agreeing"]


class PublishForm(forms.Form):
    text = forms.CharField(label=_("内容"), widget=lines())
    days = forms.IntegerField(label=_("公开天数"), min_value=1, max_value=365, initial=7)

    def __init__(self, is_public: bool, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not is_public:
            del self.fields["days"]


class VoteForm(forms.Form):
    """A slip on a phone of the villager's own: its code, then the choice."""

    code = forms.CharField(
        label=_("票码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    choice = forms.ChoiceField(label=_("您的选择"), widget=forms.RadioSelect, required=False)

    def __init__(self, options: list[str], *arguments: Any, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.fields["choice"].choices = [(option, option) for option in options]
        if not options:
            del self.fields["choice"]


class ErrandForm(OfUnit):
    guide = forms.ModelChoiceField(
        Guide.objects.filter(is_in_use=True, is_done_for=True).order_by("name"), label=_("事项")
    )
    villager = forms.CharField(label=_("村民姓名"), max_length=40)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class ErrandEndForm(forms.Form):
    state = forms.ChoiceField(
        label=_("结果"),
        choices=[each for each in ErrandState.choices if each[0] != "taken"],
    )
    outcome = forms.CharField(label=_("办理结果"), max_length=200)
