"""Forms for sources that are connected to: a database, an HTTP interface, a broker of messages.

A form has `settings()` (plain, for the table) and `secrets()` (sealed; empty fields leave what is stored). Passwords
are never sent to the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.connectors.certificates import LONGEST
from district.kernel.connectors.databases import description as databases
from district.kernel.connectors.http import description as http
from district.kernel.connectors.models import Mode, Source
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.schedule import checked
from district.kernel.connectors.secrets import held, misplaced
from district.kernel.connectors.streams import description as streams
from district.kernel.datasets.models import Resource

KEPT = _("已保存，不再显示；填写新值即更换")


def _text(
    label: Any, help_text: Any = "", *, required: bool = False, initial: str = "", **attrs: str
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        help_text=help_text,
        initial=initial,
        widget=forms.TextInput(attrs=attrs),
    )


def _number(
    label: Any, initial: float | None, help_text: Any = "", least: float = 0, most: float = 1e9
) -> forms.FloatField:
    return forms.FloatField(
        label=label, required=False, initial=initial, help_text=help_text, min_value=least, max_value=most
    )


def _choice(label: Any, choices: list[tuple[str, Any]], help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=help_text)


def _authority() -> forms.CharField:
    return forms.CharField(
        label=_("证书颁发机构（PEM）"), required=False, max_length=LONGEST,
        help_text=_("填写后加密连接，并核对服务器的证书和主机名；不填时加密连接不核对对方是谁"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "placeholder": "-----BEGIN CERTIFICATE-----"}),
    )  # fmt: skip


def _secret(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
    )


class ConnectionForm(forms.Form):
    """What all kinds have. `source` is the one that is changed, or a new one that is not saved yet."""

    kind = ""
    plain: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    name = forms.CharField(label=_("来源名称"), max_length=120)
    resource = forms.ModelChoiceField(label=_("接入到"), queryset=Resource.objects.none())

    def __init__(self, source: Source, resources: Any, *args: Any, **kwargs: Any) -> None:
        self.source = source
        initial = {**source.settings, **self.flat(source.settings), "name": source.name, "mode": source.mode,
                   "cursor_item": source.cursor_item, "schedule": source.schedule}  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        if source.pk:
            del self.fields["resource"]
            for name in held(source):
                if name in self.fields:
                    self.fields[name].help_text = KEPT
        else:
            fields: dict[str, Any] = self.fields
            fields["resource"].queryset = resources
        self.fields["mode"] = forms.ChoiceField(label=_("入库方式"), choices=Mode.choices)
        if "schedule" in self.hidden:
            return
        self.fields["cursor_item"] = _text(_("增量字段"), _("信息项的字段名；空着每次读全部"))
        self.fields["schedule"] = _text(
            _("时间表"), _("cron 五段，北京时间；例如 30 2 * * * 是每天 2:30"), placeholder="30 2 * * *"
        )

    def flat(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Settings that are nested, as the form's fields."""
        return {}

    def settings(self) -> dict[str, Any]:
        """Raises Refused for a value that is wrong."""
        given = {name: self.cleaned_data[name] for name in self.plain if self.cleaned_data.get(name)}
        for name in self.numbers:
            value = self.cleaned_data.get(name)
            if value is not None:
                given[name] = int(value) if float(value).is_integer() else value
        kept = {
            name: self.source.settings[name]
            for name in ("mapping", "columns", "absent")
            if name in self.source.settings
        }
        return {**kept, **given}

    def secrets(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.hidden if self.cleaned_data.get(name)}

    def clean_schedule(self) -> str:
        try:
            return checked(self.cleaned_data["schedule"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from None

    def clean(self) -> dict[str, Any]:
        """The settings as their kind checks them; an error stands at its field."""
        data = super().clean() or {}
        if not self.errors:
            try:
                settings = self.settings()
                self.check(settings)
                if wrong := misplaced(settings):
                    raise Refused(
                        "secret_misplaced", str(_("密码和密钥请填在密钥栏，不要写在设置里")), field=wrong[0]
                    )
            except Refused as refusal:
                field = refusal.field.replace(".", "_")
                self.add_error(field if field in self.fields else None, str(refusal))
        self._check_mode(data)
        return data

    def check(self, settings: Mapping[str, Any]) -> None:
        raise NotImplementedError

    def _check_mode(self, data: Mapping[str, Any]) -> None:
        resource = self.source.resource if self.source.pk else data.get("resource")
        if resource is None:
            return
        names = set(resource.items.values_list("name", flat=True))
        if data.get("cursor_item") and data["cursor_item"] not in names:
            self.add_error("cursor_item", forms.ValidationError(_("资源没有这个字段"), code="no_such_item"))
        if data.get("mode") == Mode.UPSERT and not resource.items.filter(is_key=True).exists():
            self.add_error("mode", forms.ValidationError(_("资源没有主键，不能按主键更新"), code="no_key"))
        if data.get("cursor_item") and data.get("mode") == Mode.REPLACE:
            self.add_error(
                "mode", forms.ValidationError(_("按增量字段读取时请选追加或按主键更新"), code="mode_wrong")
            )


class DatabaseForm(ConnectionForm):
    kind = "database"
    plain = ("engine", "host", "database", "user", "path", "schema", "table", "select", "key", "is_encrypted", "authority")
    numbers = ("port", "overlap", "least_share")
    hidden = ("password",)

    engine = _choice(
        _("数据库类型"), [("postgresql", "PostgreSQL"), ("mysql", "MySQL / MariaDB"), ("sqlite", "SQLite")]
    )
    host = _text(_("主机"), _("SQLite 不填"))
    port = _number(_("端口"), None, _("空着用默认端口"), 0, 65_535)
    database = _text(_("数据库名"))
    user = _text(_("用户名"), _("建议用只读用户"))
    password = _secret(_("密码"))
    path = _text(_("SQLite 文件"), _("服务器 intake 目录下的文件名"))
    schema = _text(_("模式"), _("空着用默认模式"))
    table = _text(_("表或视图"), _("空着先测试连接，再从列出的表里选"))
    select = _text(_("要读的列"), _("逗号分隔，空着读全部"))
    key = _text(_("主键列"), _("逗号分隔，空着用表的主键"))
    overlap = _number(_("回看范围"), None, _("时间按秒，编号按个数；空着为 600 秒或 1000 个"))
    least_share = _number(_("最少比例"), 0.5, _("全量读取少于已发布行数的这个比例时不入库"), 0, 1)
    is_encrypted = forms.BooleanField(label=_("必须加密连接"), required=False)
    authority = _authority()

    def check(self, settings: Mapping[str, Any]) -> None:
        databases.wanted_of(settings)


class HttpForm(ConnectionForm):
    kind = "http"
    plain = (
        "url",
        "method",
        "record_path",
        "authorization",
        "key_name",
        "key_place",
        "user",
        "client_id",
        "token_url",
        "scope",
    )
    numbers = ("per_minute", "timeout_s")
    hidden = ("api_key", "token", "password", "client_secret")
    paging = {
        "style": _choice(_("翻页方式"), [
            ("none", _("不翻页")), ("page", _("页码")), ("offset", _("偏移")), ("cursor", _("游标")),
            ("link", _("Link 响应头")), ("next_url", _("回答里的下一页地址")),
        ]),
        "page_param": _text(_("页码参数"), initial="page"),
        "offset_param": _text(_("偏移参数"), initial="offset"),
        "size_param": _text(_("每页条数参数")),
        "size": _number(_("每页条数"), 100, "", 1, 100_000),
        "total_path": _text(_("总条数路径"), "JSONPath"),
        "cursor_param": _text(_("游标参数"), initial="cursor"),
        "cursor_path": _text(_("游标路径"), "JSONPath", initial="$.next_cursor"),
        "next_path": _text(_("下一页路径"), "JSONPath", initial="$.next"),
    }  # fmt: skip

    url = _text(_("地址"), required=True, placeholder="https://")
    method = _choice(_("方法"), [("GET", "GET"), ("POST", "POST")])
    record_path = _text(_("记录路径"), _("JSONPath，例如 $.data.list；空着自动找"))
    authorization = _choice(_("认证方式"), [
        ("none", _("无")), ("api_key", "API key"), ("bearer", "Bearer"), ("basic", "Basic"),
        ("oauth2", "OAuth2 client credentials"),
    ])  # fmt: skip
    key_name = _text(_("API key 名称"), initial="X-API-Key")
    key_place = _choice(_("API key 位置"), [("header", _("请求头")), ("query", _("地址参数"))])
    api_key = _secret("API key")
    token = _secret("Bearer token")
    user = _text(_("用户名"), _("Basic 认证用"))
    password = _secret(_("密码"))
    client_id = _text("client_id")
    client_secret = _secret("client_secret")
    token_url = _text(_("令牌地址"))
    scope = _text("scope")
    incremental_param = _text(_("增量参数"), _("请求里表示“从何时起”的参数名；空着每次读全部"))
    incremental_column = _text(_("增量取自"), _("记录里的字段，例如 updated_at"))
    incremental_start = _text(_("首次从"))
    per_minute = _number(_("每分钟最多请求"), 120, "", 0.1, 6000)
    timeout_s = _number(_("超时（秒）"), 30, "", 1, 600)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["cursor_item"]
        for name, field in self.paging.items():
            self.fields[f"paging_{name}"] = deepcopy(field)

    def flat(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        groups = ((group, settings.get(group) or {}) for group in ("paging", "incremental"))
        return {f"{group}_{name}": value for group, values in groups for name, value in values.items()}

    def settings(self) -> dict[str, Any]:
        def group(prefix: str) -> dict[str, Any]:
            found = {
                name.removeprefix(prefix): value
                for name, value in self.cleaned_data.items()
                if name.startswith(prefix)
            }
            return {
                name: int(value) if isinstance(value, float) else value
                for name, value in found.items()
                if value not in (None, "")
            }

        return {**super().settings(), "paging": group("paging_"), "incremental": group("incremental_")}

    def check(self, settings: Mapping[str, Any]) -> None:
        http.wanted_of(settings)


class StreamForm(ConnectionForm):
    plain = ("host", "topic", "user", "id_path", "record_path", "stream", "version", "is_encrypted", "authority")
    numbers = ("port", "every_s", "most_rows")
    hidden = ("password", "token", "schedule")

    host = _text(_("主机"), required=True)
    port = _number(_("端口"), None, _("空着用默认端口"), 1, 65_535)
    topic = _text(_("主题"), required=True)
    user = _text(_("用户名"))
    password = _secret(_("密码"))
    id_path = _text(_("消息标识路径"), _("JSONPath；消息自带唯一标识时填写，用来去重"))
    record_path = _text(_("记录路径"), _("JSONPath，例如 $.data；空着整条消息是一条记录"))
    every_s = _number(_("多久成一版（秒）"), 60, "", 10, 86_400)
    most_rows = _number(_("多少条成一版"), 50_000, "", 1, 1_000_000)

    def secrets(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[name] for name in ("password", "token") if self.cleaned_data.get(name)
        }

    def check(self, settings: Mapping[str, Any]) -> None:
        streams.wanted_of(self.kind, settings, self.source.pk or 0)


class MqttForm(StreamForm):
    kind = "mqtt"
    version = _choice(_("MQTT 版本"), [("3.1.1", "3.1.1"), ("5", "5")])
    is_encrypted = forms.BooleanField(label=_("加密连接"), required=False)
    authority = _authority()


class NatsForm(StreamForm):
    kind = "nats"
    stream = _text(_("流名称"), _("空着按主题找"))
    token = _secret("token")
    is_encrypted = forms.BooleanField(label=_("加密连接"), required=False)
    authority = _authority()


FORMS: dict[str, type[ConnectionForm]] = {
    "database": DatabaseForm, "http": HttpForm, "mqtt": MqttForm, "nats": NatsForm,
}  # fmt: skip
