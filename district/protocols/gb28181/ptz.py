"""PTZCmd: eight bytes that move a camera. GB/T 28181-2016 Annex A.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .message import FrameError

FIRST = 0xA5
MOVES = ("right", "left", "down", "up", "zoom_in", "zoom_out")
LENS = ("focus_far", "focus_near", "iris_open", "iris_close")
PRESETS = {0x81: "preset_set", 0x82: "preset_call", 0x83: "preset_delete"}
CRUISES = {
    0x84: "cruise_add",
    0x85: "cruise_delete",
    0x86: "cruise_speed",
    0x87: "cruise_dwell",
    0x88: "cruise_start",
}
SCANS = {0: "scan_start", 1: "scan_set_left", 2: "scan_set_right"}
OPPOSITES = (
    ("right", "left"),
    ("down", "up"),
    ("zoom_in", "zoom_out"),
    ("focus_far", "focus_near"),
    ("iris_open", "iris_close"),
)


@dataclass(frozen=True, slots=True)
class Ptz:
    """A command: `action` is move, stop, lens, preset_…, cruise_…, scan_…, auxiliary_on/off. Speeds 0–255, zoom 0–15."""

    address: int
    action: str
    moves: tuple[str, ...] = ()
    pan_speed: int = 0
    tilt_speed: int = 0
    zoom_speed: int = 0
    number: int = 0
    """Of the preset, cruise group, scan or switch."""
    amount: int = 0
    """Preset, speed or dwell time of a cruise; speed of a scan."""


def decode_ptz(data: bytes) -> Ptz:
    """Raises FrameError: bad_length, bad_header, bad_checksum, unknown_command, value_out_of_range."""
    if len(data) != 8:
        raise FrameError("bad_length", f"PTZCmd 长 {len(data)} 字节：应为 8")
    if data[0] != FIRST:
        raise FrameError("bad_header", f"首字节 {data[0]:02X}：应为 A5")
    if data[1] & 0xF != _combination(data[1] >> 4):
        raise FrameError("bad_header", f"组合码 {data[1]:02X}：校验位应为 {_combination(data[1] >> 4):X}")
    if data[7] != sum(data[:7]) & 0xFF:
        raise FrameError("bad_checksum", f"校验码 {data[7]:02X}：应为 {sum(data[:7]) & 0xFF:02X}")
    return _meaning(data)


def _combination(version: int) -> int:
    return ((FIRST >> 4) + (FIRST & 0xF) + version) & 0xF


def _meaning(data: bytes) -> Ptz:
    address, command, one, two, zoom = data[2] | (data[6] & 0xF) << 8, data[3], data[4], data[5], data[6] >> 4
    if command == 0:
        return Ptz(address, "stop")
    if command < 0x40:
        return Ptz(address, "move", _bits(command, MOVES), one, two, zoom)
    if command < 0x50:
        return Ptz(address, "lens" if command & 0xF else "lens_stop", _bits(command & 0xF, LENS), one, two)
    if command in PRESETS:
        return Ptz(address, PRESETS[command], number=_positive("预置位", two))
    if command in CRUISES:
        amount = two | zoom << 8 if command in (0x86, 0x87) else two
        return Ptz(address, CRUISES[command], number=one, amount=amount)
    if command == 0x89 and two in SCANS:
        return Ptz(address, SCANS[two], number=one)
    if command == 0x8A:
        return Ptz(address, "scan_speed", number=one, amount=two | zoom << 8)
    if command in (0x8C, 0x8D):
        return Ptz(address, "auxiliary_on" if command == 0x8C else "auxiliary_off", number=one)
    raise FrameError("unknown_command", f"指令码 {command:02X} 未定义", "semantic")


def _bits(value: int, names: Sequence[str]) -> tuple[str, ...]:
    found = tuple(name for bit, name in enumerate(names) if value >> bit & 1)
    for pair in OPPOSITES:
        if set(pair) <= set(found):
            raise FrameError("bad_command", f"同时要求相反的动作 {pair[0]} 与 {pair[1]}", "semantic")
    return found


def _positive(what: str, number: int) -> int:
    if not number:
        raise FrameError("value_out_of_range", f"{what}号 0：应为 1–255", "semantic")
    return number


def encode_ptz(ptz: Ptz) -> bytes:
    """The eight bytes. ValueError for an action there is none of."""
    command, one, two, high = _code(ptz)
    head = bytes((FIRST, _combination(0), ptz.address & 0xFF, command, one & 0xFF, two & 0xFF,
                  (high & 0xF) << 4 | ptz.address >> 8 & 0xF))  # fmt: skip
    return head + bytes((sum(head) & 0xFF,))


def _code(ptz: Ptz) -> tuple[int, int, int, int]:
    """Command, data 1, data 2, high nibble."""
    if ptz.action == "stop":
        return 0, 0, 0, 0
    if ptz.action == "move":
        return _mask(ptz.moves, MOVES), ptz.pan_speed, ptz.tilt_speed, ptz.zoom_speed
    if ptz.action in ("lens", "lens_stop"):
        return 0x40 | _mask(ptz.moves, LENS), ptz.pan_speed, ptz.tilt_speed, 0
    for table in (PRESETS, CRUISES):
        for code, name in table.items():
            if name == ptz.action:
                is_preset = table is PRESETS
                return (
                    (code, 0, ptz.number, 0) if is_preset else (code, ptz.number, ptz.amount, ptz.amount >> 8)
                )
    for number, name in SCANS.items():
        if name == ptz.action:
            return 0x89, ptz.number, number, 0
    if ptz.action == "scan_speed":
        return 0x8A, ptz.number, ptz.amount, ptz.amount >> 8
    if ptz.action in ("auxiliary_on", "auxiliary_off"):
        return (0x8C if ptz.action == "auxiliary_on" else 0x8D), ptz.number, 0, 0
    raise ValueError(f"no PTZ action {ptz.action!r}")


def _mask(moves: Sequence[str], names: Sequence[str]) -> int:
    return sum(1 << names.index(move) for move in moves)


def ptz_json(ptz: Ptz) -> dict[str, object]:
    """The command as plain data: only what its action uses."""
    told: dict[str, object] = {"address": ptz.address, "action": ptz.action}
    if ptz.action == "move":
        told |= {
            "moves": list(ptz.moves),
            "pan_speed": ptz.pan_speed,
            "tilt_speed": ptz.tilt_speed,
            "zoom_speed": ptz.zoom_speed,
        }
    elif ptz.action == "lens":
        told |= {"moves": list(ptz.moves), "focus_speed": ptz.pan_speed, "iris_speed": ptz.tilt_speed}
    elif ptz.action.startswith("preset"):
        told["preset"] = ptz.number
    elif ptz.action.startswith("cruise"):
        name = {"cruise_speed": "speed", "cruise_dwell": "dwell_s"}.get(ptz.action, "preset")
        told |= {"cruise": ptz.number} | ({} if ptz.action == "cruise_start" else {name: ptz.amount})
    elif ptz.action.startswith("scan"):
        told |= {"scan": ptz.number} | ({"speed": ptz.amount} if ptz.action == "scan_speed" else {})
    elif ptz.action.startswith("auxiliary"):
        told["switch"] = ptz.number
    return told
