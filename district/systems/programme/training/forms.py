"""Forms of training."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.files.fields import FilesField
from district.kernel.people.roles import all_roles

from ..models import Course, Exam, Lesson, Question, Talent
from .talents import Declared

LINE = re.compile(
    r"(?P<topic>\S+)\s+(?P<kind>\S.*?)\s+(?P<count>[1-9][0-9]{0,2})\s+(?P<points>[1-9][0-9]{0,2})", re.ASCII
)
LESSON_FILES = (".pdf", ".docx", ".pptx", ".xlsx", ".jpg", ".jpeg", ".png", ".mp4", ".zip")


class CourseForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("面向岗位"), required=False, help_text=gettext_lazy("不选则面向全体在岗人员")
    )

    class Meta:
        model = Course
        fields = ("title", "summary", "roles", "units", "is_mandatory", "days")
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["roles"]
        field.choices = [(entry.key, entry.zh) for entry in all_roles()]


class LessonForm(forms.ModelForm):
    link = forms.URLField(label=gettext_lazy("视频或资料链接"), required=False, assume_scheme="https")
    upload = FilesField(label=gettext_lazy("文件"), taken=LESSON_FILES, most=1, required=False)

    class Meta:
        model = Lesson
        fields = ("order", "title", "text", "link")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class QuestionForm(forms.ModelForm):
    lines = forms.CharField(
        label=gettext_lazy("选项"), widget=forms.Textarea(attrs={"rows": 5}), required=False,
        help_text=gettext_lazy("每行一个，正确答案前加 *；判断题不用填选项"),
    )  # fmt: skip
    is_true = forms.TypedChoiceField(
        label=gettext_lazy("判断题答案"), required=False, coerce=int, empty_value=None,
        choices=[("", "—"), (0, gettext_lazy("正确")), (1, gettext_lazy("错误"))],
    )  # fmt: skip

    class Meta:
        model = Question
        fields = ("topic", "kind", "text", "lines", "is_true", "explanation")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "explanation": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        known = self.instance
        if known.pk and known.kind != "judgement":
            marks = ("*" if place in known.answer else "" for place in range(len(known.choices)))
            self.initial["lines"] = "\n".join(
                mark + text for mark, text in zip(marks, known.choices, strict=True)
            )
        elif known.pk:
            self.initial["is_true"] = known.answer[0]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("kind") == "judgement":
            if given.get("is_true") is None:
                self.add_error("is_true", _("请选择答案"))
                return given
            self.instance.choices, self.instance.answer = [_("正确"), _("错误")], [given["is_true"]]
            return given
        lines = [line.strip() for line in given.get("lines", "").splitlines() if line.strip()]
        self.instance.answer = [place for place, line in enumerate(lines) if line.startswith("*")]
        self.instance.choices = [line.removeprefix("*").strip() for line in lines]
        return given


class ExamForm(forms.ModelForm):
    rule = forms.CharField(
        label=gettext_lazy("组卷规则"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("每行：知识点 题型 题数 每题分值"),
    )  # fmt: skip

    class Meta:
        model = Exam
        fields = ("title", "course", "rule", "pass_points", "minutes", "tries", "wait_hours", "valid_months", "is_security",
                  "is_open")  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        names = dict(Question.Kind.choices)
        self.initial["rule"] = "\n".join(
            f"{line['topic']} {names[line['kind']]} {line['count']} {line['points']}"
            for line in self.instance.blueprint
        )

    def clean_rule(self) -> str:
        kinds = {key: key for key in Question.Kind.values} | {
            str(words): key for key, words in Question.Kind.choices
        }
        blueprint = []
        for line in self.cleaned_data["rule"].splitlines():
            if not line.strip():
                continue
            said = LINE.fullmatch(line.strip())
            if said is None or said["kind"] not in kinds:
                raise forms.ValidationError(_("看不懂这一行：%(line)s"), code="line", params={"line": line})
            blueprint.append(
                {
                    "topic": said["topic"],
                    "kind": kinds[said["kind"]],
                    "count": int(said["count"]),
                    "points": int(said["points"]),
                }
            )
        if not blueprint:
            raise forms.ValidationError(_("组卷规则不能为空"), code="empty")
        self.instance.blueprint = blueprint
        rule: str = self.cleaned_data["rule"]
        return rule

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        full = sum(line["count"] * line["points"] for line in self.instance.blueprint)
        if given.get("pass_points") and "rule" in given and given["pass_points"] > full:
            self.add_error("pass_points", _("及格分高于满分"))
        return given


class TalentForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=20)
    employer = forms.CharField(label=gettext_lazy("单位"), max_length=80)
    fields_text = forms.CharField(
        label=gettext_lazy("专业方向"), max_length=120, help_text=gettext_lazy("多个用顿号隔开")
    )
    level = forms.ChoiceField(label=gettext_lazy("类别"), choices=Talent.Level.choices)
    source = forms.ChoiceField(label=gettext_lazy("来源"), choices=Talent.Source.choices)
    basis = forms.ChoiceField(label=gettext_lazy("合法性基础"), choices=Talent.Basis.choices)
    purpose = forms.CharField(label=gettext_lazy("使用目的"), max_length=120)
    until_on = forms.DateField(label=gettext_lazy("保存至"), widget=forms.DateInput(attrs={"type": "date"}))
    has_agreed = forms.BooleanField(
        label=gettext_lazy("本人已知悉使用目的和保存期限，并同意登记"), required=False
    )

    def __init__(self, *arguments: Any, own: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if own:
            del self.fields["source"], self.fields["basis"]

    def declared(self) -> Declared:
        given = dict(self.cleaned_data)
        words = [
            word.strip()
            for word in given.pop("fields_text").replace("，", "、").replace(",", "、").split("、")
        ]
        given.setdefault("source", Talent.Source.OWN)
        given.setdefault("basis", Talent.Basis.CONSENT)
        return Declared(fields=[word for word in words if word], **given)


class NumberForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("编号"), max_length=24)
    code = forms.CharField(label=gettext_lazy("校验码"), max_length=8)


class WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("说明"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
