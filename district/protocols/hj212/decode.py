"""The reference decoder: the bytes of one frame → Message. Plain, complete, and what the scanner is tested against."""

from __future__ import annotations

import re

from . import sm4
from .crc import crc16
from .envelope import Envelope, open_envelope
from .message import FrameError, Message
from .segment import header_fields, items, parted, text_of
from .times import moment

CIPHER_TEXT = re.compile(rb"\{\s*0[xX]")
SYSTEM = re.compile(r"[0-9]{2,3}|[A-Z][0-9]", re.IGNORECASE)
"""表 5: two characters, A0–Z9 for extensions; `101` is met in the field."""
COMMAND = re.compile(r"[0-9]{4}")
REPEATABLE = ({"min", "avg", "max"}, {"zsmin", "zsavg", "zsmax"})
"""A whole group said twice in one item is a second quantity under one code (total beside flow), met in the field."""


def decode(frame: bytes, key: bytes | None = None) -> Message:
    """Decodes exactly one frame. `key`: 16 bytes SM4 for an encrypted data area (2025).

    Raises FrameError: bad_header, bad_length, truncated, bad_tail, bad_crc, bad_cp, missing_field, bad_field,
    bad_split, duplicate_attribute, no_key.
    """
    envelope = open_envelope(frame)
    head, area, is_encrypted = _opened(envelope, key)
    fields = header_fields(text_of(head, "数据段"))
    pnum, pno = _packet(fields)
    cp, factors, warnings = _data_area(text_of(area, "CP"))
    return Message(
        length=envelope.length,
        crc=f"{envelope.crc:04X}",
        qn=_request_number(fields),
        st=_required(fields, "ST", SYSTEM, "两位系统编码"),
        cn=_required(fields, "CN", COMMAND, "四位数字"),
        pw=_required(fields, "PW"),
        mn=_device(fields),
        flag=_flag(fields),
        pnum=pnum,
        pno=pno,
        rf=_is_resend(fields),
        cp=cp,
        factors=factors,
        extra={name: fields[name] for name in fields if name not in _KNOWN},
        warnings=tuple(warnings),
        is_encrypted=is_encrypted,
        raw=frame,
    )


_KNOWN = frozenset(("QN", "ST", "CN", "PW", "MN", "Flag", "PNUM", "PNO", "RF"))


def _opened(envelope: Envelope, key: bytes | None) -> tuple[bytes, bytes, bool]:
    """Header part, plain data area, and whether it came encrypted."""
    head, area = parted(envelope.segment)
    if not CIPHER_TEXT.match(area):
        if not envelope.is_proven:
            raise FrameError("bad_crc", "校验码与数据段不符")
        return head, area, False
    if key is None:
        if not envelope.is_proven:
            raise FrameError("no_key", "数据区已加密，没有这台设备的密钥，无法校验")
        return head, b"", True
    plain = sm4.decrypted_area(area, key)
    begin = len(envelope.segment) - len(area) - 2
    whole = envelope.segment[:begin] + plain + b"&&"
    if not envelope.is_proven and crc16(whole) != envelope.crc:
        raise FrameError("bad_crc", f"校验码写作 {envelope.crc:04X}，按解密后的数据段计算应为 {crc16(whole):04X}")
    return head, parted(whole)[1], True


def _required(fields: dict[str, str], name: str, form: re.Pattern[str] | None = None, rule: str = "") -> str:
    value = fields.get(name)
    if value is None:
        raise FrameError("missing_field", f"缺少字段 {name}")
    if form is not None and not form.fullmatch(value):
        raise FrameError("bad_field", f"{name}={value}：应为{rule}")
    return value


def _device(fields: dict[str, str]) -> str:
    code = _required(fields, "MN")
    if not code or not code.isprintable() or len(code) > 64:
        raise FrameError("bad_field", f"MN={code}：设备唯一标识不能为空，也不能超过 64 个字符")
    return code


def _request_number(fields: dict[str, str]) -> str | None:
    number = fields.get("QN")
    if number is None:
        return None
    if moment(number) is None:
        raise FrameError("bad_field", f"QN={number}：应为 YYYYMMDDhhmmsszzz 形式的时刻")
    return number


def _flag(fields: dict[str, str]) -> int | None:
    value = fields.get("Flag")
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 3 and int(value) <= 255):
        raise FrameError("bad_field", f"Flag={value}：应为 0–255 的整数")
    return int(value)


def _packet(fields: dict[str, str]) -> tuple[int | None, int | None]:
    """PNUM and PNO; both absent is a single packet even when Flag announces them (met in the field)."""
    if "PNUM" not in fields and "PNO" not in fields:
        return None, None
    numbers = fields.get("PNUM", ""), fields.get("PNO", "")
    if not all(text.isascii() and text.isdigit() and len(text) <= 4 for text in numbers):
        raise FrameError("bad_split", f"PNUM={numbers[0]};PNO={numbers[1]}：总包数和包号应同时给出，且为不超过 4 位的数字")
    pnum, pno = int(numbers[0]), int(numbers[1])
    if not 1 <= pno <= pnum:
        raise FrameError("bad_split", f"PNUM={pnum};PNO={pno}：包号应在 1 与总包数之间")
    return pnum, pno


def _is_resend(fields: dict[str, str]) -> bool:
    value = fields.get("RF", "0")
    if value not in ("0", "1"):
        raise FrameError("bad_field", f"RF={value}：应为 0 或 1")
    return value == "1"


def _data_area(text: str) -> tuple[dict[str, str], dict[str, dict[str, str]], list[str]]:
    cp: dict[str, str] = {}
    factors: dict[str, dict[str, str]] = {}
    warnings: list[str] = []
    for item in items(text):
        _check_duplicates(item, warnings)
        for name, value in item:
            code, dash, attribute = name.rpartition("-")
            code, attribute = code.strip(), attribute.strip()
            if not dash:
                _check_field(cp, name, value, warnings)
                cp[name] = value
            elif not code or not attribute:
                raise FrameError("bad_cp", f"“{name}” 不是 编码-属性")
            else:
                known = factors.setdefault(code, {})
                if attribute in known and "repeated_item" not in warnings and not _is_twice(item, name):
                    warnings.append("repeated_item")
                known[attribute] = value
    return cp, factors, warnings


def _check_field(cp: dict[str, str], name: str, value: str, warnings: list[str]) -> None:
    """Raises FrameError duplicate_attribute for two times of data: whose would be whose? Of other fields the last counts."""
    if cp.get(name, value) == value:
        return
    if name == "DataTime":
        raise FrameError("duplicate_attribute", f"DataTime 出现两次，值不同：{cp[name]}、{value}")
    warnings.append("repeated_field")


def _is_twice(item: list[tuple[str, str]], name: str) -> bool:
    return sum(each == name for each, _ in item) > 1


def _check_duplicates(item: list[tuple[str, str]], warnings: list[str]) -> None:
    """Raises FrameError duplicate_attribute unless the double names form a whole group (then the last is taken)."""
    names = [name for name, _ in item]
    if len(set(names)) == len(names):
        return
    doubled = {name for name in names if names.count(name) > 1}
    kinds = {name.rpartition("-")[2].lower() for name in doubled}
    if len({name.rpartition("-")[0] for name in doubled}) == 1 and kinds in REPEATABLE:
        warnings.append("repeated_group")
        return
    raise FrameError("duplicate_attribute", f"同一监测项里 {'、'.join(sorted(doubled))} 出现两次")
