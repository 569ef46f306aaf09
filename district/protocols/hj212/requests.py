"""What an authority may ask of a device, by neutral names. HJ 212-2017 表 9 and section 6.6; CN of 2025 where said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from .encode import flag_of, framed, header
from .times import number, stamp

Value = str | int | float | datetime
MINUTE_INTERVALS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of a request. `name` is neutral, `field` the standard's; `text` checks a value and writes it."""

    name: str
    field: str
    zh: str
    text: Callable[[Value], str]
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A request by its neutral name. A notice is answered by 9013 only, others by 9011, data if any, and 9012."""

    name: str
    command: str
    zh: str
    parameters: tuple[Parameter, ...] = ()
    since: int = 2005
    is_notice: bool = False


def _whole(low: int, high: int) -> Callable[[Value], str]:
    def text(value: Value) -> str:
        number_given = int(str(value))
        if not low <= number_given <= high:
            raise ValueError(f"{value}：应在 {low} 与 {high} 之间")
        return str(number_given)

    return text


def _minutes(value: Value) -> str:
    if int(str(value)) not in MINUTE_INTERVALS:
        raise ValueError(f"{value}：应为 {'、'.join(map(str, MINUTE_INTERVALS))} 之一")
    return str(int(str(value)))


def _instant(value: Value) -> str:
    if not isinstance(value, datetime):
        raise ValueError(f"{value}：应为时刻")
    return stamp(value)


def _word(longest: int) -> Callable[[Value], str]:
    def text(value: Value) -> str:
        word = str(value)
        if not 0 < len(word) <= longest or any(sign in word for sign in ";,=& \r\n"):
            raise ValueError(f"“{word}”：应为 1–{longest} 个字符，不含 ; , = & 和空白")
        return word

    return text


def _time_of_day(value: Value) -> str:
    text = str(value)
    if len(text) != 6 or not text.isdigit() or text[:2] > "23" or text[2:4] > "59" or text[4:] > "59":
        raise ValueError(f"{value}：应为 hhmmss")
    return text


ITEM = Parameter("item", "PolId", "监测项", _word(12))
ITEM_IF_ANY = Parameter("item", "PolId", "监测项", _word(12), is_optional=True)
SPAN = (Parameter("begin_at", "BeginTime", "开始时间", _instant), Parameter("end_at", "EndTime", "结束时间", _instant))

REQUESTS: dict[str, Request] = {
    each.name: each
    for each in (
        Request("set_timeout", "1000", "设置超时与重发次数", (
            Parameter("timeout_s", "OverTime", "超时（秒）", _whole(1, 99)),
            Parameter("retries", "ReCount", "重发次数", _whole(1, 99)),
        )),
        Request("set_device_code", "1002", "设置设备唯一标识", (Parameter("code", "MN", "新标识", _word(24)),), since=2025),
        Request("read_clock", "1011", "提取现场机时间", (ITEM_IF_ANY,)),
        Request("set_clock", "1012", "设置现场机时间", (
            ITEM_IF_ANY, Parameter("at", "SystemTime", "时间", _instant),
        )),
        Request("set_encryption_key", "1014", "设置加密密钥", (Parameter("key", "Key", "密钥", _word(64)),), since=2025),
        Request("read_realtime_interval", "1061", "提取实时数据间隔"),
        Request("set_realtime_interval", "1062", "设置实时数据间隔", (
            Parameter("interval_s", "RtdInterval", "间隔（秒）", _whole(30, 3600)),
        )),
        Request("read_minute_interval", "1063", "提取分钟数据间隔", since=2017),
        Request("set_minute_interval", "1064", "设置分钟数据间隔", (
            Parameter("interval_min", "MinInterval", "间隔（分钟）", _minutes),
        ), since=2017),
        Request("set_password", "1072", "设置访问密码", (Parameter("password", "NewPW", "新密码", _word(6)),)),
        Request("start_realtime", "2011", "取实时数据"),
        Request("stop_realtime", "2012", "停止实时数据", is_notice=True),
        Request("start_state", "2021", "取设备运行状态"),
        Request("stop_state", "2022", "停止设备运行状态", is_notice=True),
        Request("fetch_days", "2031", "取日数据", SPAN),
        Request("fetch_run_hours", "2041", "取设备运行时间", SPAN),
        Request("fetch_minutes", "2051", "取分钟数据", SPAN),
        Request("fetch_hours", "2061", "取小时数据", SPAN),
        Request("calibrate", "3011", "零点校准量程校准", (ITEM,)),
        Request("sample_now", "3012", "即时采样", (ITEM,)),
        Request("clean", "3013", "启动清洗或反吹", (ITEM,), since=2017),
        Request("compare_sample", "3014", "比对采样", (ITEM,)),
        Request("keep_sample", "3015", "超标留样", since=2017),
        Request("set_sampling_cycle", "3016", "设置采样时间周期", (
            ITEM,
            Parameter("start_time", "CstartTime", "首次采样时间", _time_of_day),
            Parameter("cycle_h", "Ctime", "周期（小时）", _whole(1, 24)),
        ), since=2017),
        Request("read_sampling_cycle", "3017", "提取采样时间周期", (ITEM,), since=2017),
        Request("read_sampling_delay", "3018", "提取出样时间", (ITEM,), since=2017),
        Request("read_instrument_code", "3019", "提取仪表唯一标识", (ITEM,), since=2017),
        Request("read_information", "3020", "提取现场机信息", (
            ITEM,
            Parameter("information", "InfoId", "信息编码", _word(6)),
            Parameter("begin_at", "BeginTime", "开始时间", _instant, is_optional=True),
            Parameter("end_at", "EndTime", "结束时间", _instant, is_optional=True),
        ), since=2017),
        Request("set_parameter", "3021", "设置现场机参数", (
            ITEM,
            Parameter("information", "InfoId", "信息编码", _word(6)),
            Parameter("value", "{information}-Info", "值", _word(32)),
        ), since=2017),
    )
}  # fmt: skip


def request_frame(
    name: str,
    parameters: Mapping[str, Value],
    *,
    device_code: str,
    password: str,
    system_kind: str,
    sent_at: datetime,
    version: int = 2017,
    wants_answer: bool = True,
    key: bytes | None = None,
) -> tuple[bytes, str]:
    """The frame of a request and its number, by which the answers are known.

    2005 writes the span of a history request with a comma. KeyError for an unknown name or version; ValueError names
    the parameter that is missing, unknown or out of its range, or the version that does not know the request.
    """
    request = REQUESTS[name]
    if request.since > version:
        raise ValueError(f"{request.zh}：{version} 版没有这个命令")
    area = _area(request, parameters, version)
    message_id = number(sent_at)
    head = header(
        number=message_id,
        system=system_kind,
        command=request.command,
        password=password,
        device=device_code,
        flag=flag_of(version, wants_answer),
    )
    return framed(head, area, key), message_id


def _area(request: Request, parameters: Mapping[str, Value], version: int) -> str:
    unknown = set(parameters) - {each.name for each in request.parameters}
    if unknown:
        raise ValueError(f"{request.zh}：没有参数 {'、'.join(sorted(unknown))}")
    parts = []
    for each in request.parameters:
        if parameters.get(each.name) is None:
            if each.is_optional:
                continue
            raise ValueError(f"{request.zh}：缺少 {each.zh}（{each.name}）")
        try:
            text = each.text(parameters[each.name])
        except ValueError as error:
            raise ValueError(f"{request.zh}，{each.zh}（{each.name}）：{error}") from None
        parts.append(f"{each.field.format(**{k: str(v) for k, v in parameters.items()})}={text}")
    return ("," if version == 2005 and request.parameters == SPAN else ";").join(parts)
