"""What the scripts of filling in say, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

ENKETO = {
    "constraint.invalid": _("填写的内容不符合要求"),
    "constraint.required": _("这一项必须填写"),
    "form.required": _("必填"),
    "filepicker.placeholder": _("点这里选择文件"),
    "filepicker.notFound": _("找不到文件 __existing__"),
    "filepicker.waitingForPermissions": _("等待您允许"),
    "filepicker.resetWarning": _("要删除这个__item__吗？"),
    "filepicker.toolargeerror": _("文件太大，不能超过 __maxSize__"),
    "filepicker.file": _("文件"),
    "drawwidget.drawing": _("图画"),
    "drawwidget.signature": _("签名"),
    "drawwidget.annotation": _("文件和标注"),
    "selectpicker.noneselected": _("没有选择"),
    "selectpicker.numberselected": _("已选 __number__ 项"),
    "rankwidget.tapstart": _("点这里开始排序"),
    "rankwidget.clickstart": _("点这里开始排序"),
    "hint.guidance.details": _("更多说明"),
    "alert.gotonotfound.msg": _("表单里没有 __path__ 这一项"),
    "alert.valuehasspaces.multiple": _("选项“__value__”里有空格"),
    "confirm.repeatremove.heading": _("删除这一组吗？"),
    "confirm.repeatremove.msg": _("删除后不能恢复。"),
    "dialog.yes": _("确定"),
    "dialog.no": _("取消"),
    "file.take": _("拍照"),
    "file.record": _("开始录音"),
    "file.stop": _("停止录音"),
    "file.choose": _("选择文件"),
    "file.remove": _("删除"),
    "file.kept": _("已保存在本机"),
    "file.recording": _("正在录音 __seconds__ 秒，说完请点“停止录音”"),
    "file.refused": _("不能使用麦克风，请在手机设置里允许，或选择已录好的文件"),
    "place.here": _("用我现在的位置"),
    "place.finding": _("正在定位…"),
    "place.found": _("已定位，误差约 __metres__ 米"),
    "place.none": _("没有定位成功，请到开阔处再试"),
    "finder.type": _("输入姓名或关键字查找"),
}
"""By Enketo's keys; those of our own widgets beside them."""

OWN = (
    _("开始填写"), _("继续填写"), _("查看修改"), _("没有要填的表"), _("本机没有草稿"), _("没有等待发送的"),
    _("还没有发送过"), _("已存到本机，没有网络也能填"), _("还没有存到本机"), _("大约 {n} 分钟"),
    _("{n} 个问题"), _("其中 {n} 个已由部门提供"), _("回执号"), _("有不同填写"), _("等待发送"),
    _("没有通过"), _("修改后再发"), _("删除草稿"), _("要删除这份草稿吗？删除后不能恢复。"), _("已联网"),
    _("没有网络"), _("登录已过期，请重新登录后再发送，填写的内容都在本机"), _("正在发送…"),
    _("附件 {n} 个"), _("已保存在本机 {time}"), _("还有 {n} 处没有填好，已为您跳到第一处"), _("已收到"),
    _("已保存，等有网络时自动发送"), _("没有收下"), _("与别人填写的不同，两种内容都已保留，由主管单位核实"),
    _("暂用"), _("这张表还没有存到本机，请联网打开一次"), _("表单没有打开，请把下面的话告诉管理员"),
    _("预览，不保存也不发送"),
    _("手机存不下了，请删除一些照片后再试"), _("发送成功 {n} 份"), _("第一次使用请联网打开"),
    _("修改已发送的表"), _("审核"), _("再加一组"), _("删除这一组"), _("再填一份"), _("全部 {n} 份"),
)  # fmt: skip


def enketo_texts() -> dict[str, str]:
    """Enketo's keys → words."""
    return {key: gettext(text) for key, text in ENKETO.items()}


def own_texts() -> dict[str, str]:
    """Chinese → words; `{n}` and `{time}` are filled in by the script."""
    return {text: gettext(text) for text in OWN}
