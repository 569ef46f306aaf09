"""Texts the scripts of a screen put together; `{n}` stands for a number."""

from __future__ import annotations

from django.utils.translation import gettext as _


def screen_words() -> dict[str, str]:
    return {
        "weather_old": _("天气预报是 {n} 小时前发布的"), "source": _("来源：{t}"), "phone": _("电话 {t}"), "advert": _("广告"),
        "news": _("时政要闻"), "notices": _("公告"), "municipal": _("市政信息"), "shops": _("周边商家"), "weather": _("天气预报"),
        "hours": _("营业时间 {t}"), "screen_timetable": _("通信中断，按时刻表显示"),
        "screen_stale": _("到站数据 {n} 分钟未更新"), "weekdays": _("星期日,星期一,星期二,星期三,星期四,星期五,星期六"),
        "warning": _("预警"), "today": _("今天"), "welcome": _("欢迎乘坐公交"),
    }  # fmt: skip
