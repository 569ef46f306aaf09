"""What passengers are told of a forecast that is not like others, in their language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def mark_words() -> dict[str, str]:
    """By the mark of a forecast (`models.Forecast`)."""
    return {
        "timetable_only": _("按时刻表，无实时位置"), "old_position": _("车辆位置较旧，仅供参考"),
        "bad_clock": _("车载时钟异常，仅供参考"), "off_route": _("车辆偏离线路，时间不确定"),
        "unlikely": _("这趟车可能不来"), "no_model": _("按时刻表加晚点估算"),
    }  # fmt: skip


def reason_words() -> dict[str, str]:
    """By what makes a forecast unlike the timetable, where it matters to who waits (`forecasts.reasons`)."""
    return {
        "block": _("车辆还在上一趟，按其到达终点后发车估算"), "hold": _("按调度在途中停站等待"), "rain": _("雨天，行车较慢"),
        "snow": _("雪天，行车较慢"), "fog": _("雾天，行车较慢"),
    }  # fmt: skip


def state_words() -> dict[str, str]:
    """By the state of a run (`models.Run`), where it matters to who waits."""
    return {
        "standing": _("车辆停滞未动"), "off_route": _("车辆偏离线路，时间不确定"), "silent": _("车辆信号丢失"),
        "unlikely": _("这趟车可能不来"), "cancelled": _("本班次已取消"),
    }  # fmt: skip


def crowd_words(percent: int | None) -> str:
    """How full a bus is, from its passengers for each hundred places; "" where nobody counts."""
    if percent is None:
        return ""
    if percent < 30:
        return _("空座较多")
    if percent < 60:
        return _("空座较少")
    return _("站立较多") if percent < 90 else _("拥挤")


def weekday_words(weekday: int) -> str:
    return (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))[
        weekday
    ]


def script_words() -> dict[str, object]:
    """Texts the scripts of the pages put together; `{n}` stands for a number."""
    return {
        "marks": mark_words(), "states": state_words(), "reasons": reason_words(),
        "soon": _("即将到站"), "minutes": _("{n} 分钟"), "between": _("可能 {a}–{b} 分钟"),
        "stops_away": _("还有 {n} 站"), "one_stop": _("下一站就到"), "late": _("晚点 {n} 分钟"), "early": _("早点 {n} 分钟"),
        "last": _("末班"), "accessible": _("无障碍"), "towards": _("开往 {name}"),
        "none": _("一个半小时内没有班次"), 
        "fresh": _("{n} 秒前更新"), "crowds": [[most, crowd_words(most - 1)] for most in (30, 60, 90, 10_000)],
        "stale": _("数据是 {n} 分钟前的"), "offline": _("没有网络，显示上次收到的数据"),
        "offline_timetable": _("没有网络，按时刻表显示"), "locating": _("正在定位…"),
        "denied": _("没有定位权限，请搜索站名"), "no_place": _("附近 {n} 千米内没有站点"), "metres": _("{n} 米"),
        "kilometres": _("{n} 千米"), "favourite": _("收藏"), "favoured": _("已收藏"),
        "nothing_found": _("没有找到"), "copied": _("链接已复制"), 
        "skipped": _("本站不停"), "seen": _("{n} 分钟前的位置"),
    }  # fmt: skip
