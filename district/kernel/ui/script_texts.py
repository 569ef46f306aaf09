"""What our scripts say to people: Chinese → the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

TEXTS = (
    _("取消"), _("确定"), _("图片已下载"), _("只列出最后 500 行，全部数据请导出"), _("地图"),
    _("方向键移动，加减键缩放；所有要素见列表"), _("图层没有加载成功"), _("镇办边界为示意"), _("图层与图例"),
    _("此浏览器不能显示地图（没有 WebGL），以下为列表。"), _("这一时刻的数据没有加载成功"), _("播放"), _("暂停"),
    _("名称"), _("位置"), _("在图上看"), _("页面的一部分没有加载成功，请刷新"), _("视图的名称"),
    _("有新的通知"), _("加载失败，请重试"), _("网络不通，请检查后重试"),
)

MAP_TEXTS = {
    "NavigationControl.ZoomIn": _("放大"), "NavigationControl.ZoomOut": _("缩小"),
    "FullscreenControl.Enter": _("全屏"), "FullscreenControl.Exit": _("退出全屏"), "Popup.Close": _("关闭"),
    "Map.Title": _("地图"), "CooperativeGesturesHandler.MobileHelpText": _("用两根手指移动地图"),
    "CooperativeGesturesHandler.WindowsHelpText": _("按住 Ctrl 滚动以缩放地图"),
    "CooperativeGesturesHandler.MacHelpText": _("按住 ⌘ 滚动以缩放地图"),
    "ScaleControl.Meters": _("米"), "ScaleControl.Kilometers": _("千米"),
}
"""MapLibre's own texts, by its keys."""


def script_texts() -> dict[str, str]:
    """The texts of our scripts in the language of the page."""
    return {text: gettext(text) for text in TEXTS}


def map_texts() -> dict[str, str]:
    """MapLibre's texts in the language of the page."""
    return {key: gettext(text) for key, text in MAP_TEXTS.items()}
