"""The machine and what runs on it: ports, packages, secrets, backups, cryptography."""

from __future__ import annotations

import hashlib
import stat
from datetime import datetime, timedelta
from importlib.metadata import distributions

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils import timezone

from district.kernel import home, upkeep_notes
from district.kernel.cases.models import ProcedureVersion
from district.kernel.clock import now
from district.kernel.files.kinds import file_kinds
from district.kernel.files.reading import read_file
from district.kernel.files.refusal import Refusal

from ..door import Door
from ..ports import declared_ports, listening
from ..probe import Found, judged, probe, unknown

RPO = timedelta(hours=24)
RESTORE_EVERY = timedelta(days=92)
SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SM4_KEY = "0123456789abcdeffedcba9876543210"
SM4_CIPHER = "681edf34d206965e86b3e94f536e4246"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00"
PAGE = b"<html><script>alert(1)</script></html>"


@probe
def crypto_vectors(_door: Door) -> Found:
    """The printed examples of GB/T 32905 and GB/T 32907 are computed by the library in use."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(b"abc")
    is_sm3 = digest.finalize().hex() == SM3_OF_ABC
    work = Cipher(algorithms.SM4(bytes.fromhex(SM4_KEY)), modes.ECB()).encryptor()  # noqa: S305 - the printed example
    is_sm4 = (work.update(bytes.fromhex(SM4_KEY)) + work.finalize()).hex() == SM4_CIPHER
    return judged(is_sm3 and is_sm4, "SM3、SM4 标准示例计算相符", sm3=is_sm3, sm4=is_sm4)


@probe
def secrets_outside(_door: Door) -> Found:
    """Keys lie outside the database, in files that only the platform's user can read."""
    folder = home.home() / "secrets"
    if not folder.is_dir():
        return unknown("没有密钥目录")
    files = [each for each in folder.iterdir() if each.is_file()]
    loose = [each.name for each in files if stat.S_IMODE(each.stat().st_mode) & 0o077]
    words = (
        f"密钥文件 {len(files)} 个在数据库之外，仅平台用户可读"
        if not loose
        else f"权限过宽：{'、'.join(loose)}"
    )
    return judged(not loose, words, files=len(files), loose=loose)


def _age(noted: upkeep_notes.Upkeep, at: datetime) -> timedelta:
    happened = noted.happened_at
    return at - (happened if timezone.is_aware(happened) else timezone.make_aware(happened))


@probe
def backups(_door: Door) -> Found:
    last = upkeep_notes.last(upkeep_notes.BACKUP)
    if last is None:
        return judged(False, "没有备份记录（district backup）")
    age = _age(last, now())
    words = f"最近一次备份在 {age.total_seconds() / 3600:.0f} 小时前，{last.size / 1e6:.1f} MB（{last.file}）"
    return judged(age <= RPO, words, at=last.at, size=last.size)


@probe
def restore_tests(_door: Door) -> Found:
    last = upkeep_notes.last(upkeep_notes.RESTORE)
    if last is None:
        return unknown("本机没有恢复记录；在另一台机器上做的恢复测试须人工补证")
    age = _age(last, now())
    return judged(age <= RESTORE_EVERY, f"最近一次恢复在 {age.days} 天前（{last.file}）", at=last.at)


@probe
def open_ports(_door: Door) -> Found:
    """Ports that other machines can reach, beside those the platform declares."""
    found = listening()
    if found is None:
        return unknown("本系统无法读取监听端口")
    declared = declared_ports()
    reachable = sorted({port for port, is_local in found if not is_local})
    strange = [port for port in reachable if port not in declared]
    words = f"对外监听端口 {len(reachable)} 个：{'、'.join(map(str, reachable))}"
    if strange:
        return judged(
            False,
            f"{words}；平台未声明的 {'、'.join(map(str, strange))}",
            reachable=reachable,
            strange=strange,
        )
    return judged(True, f"{words}，均为平台声明", reachable=reachable, declared=sorted(declared))


@probe
def packages(_door: Door) -> Found:
    """What is installed is what is pinned. Whether a version has known holes is told by no machine without a network."""
    lock = home.CHECKOUT / "requirements.lock"
    if not lock.exists():
        return unknown("没有依赖锁定清单")
    pinned = dict(
        line.strip().split("==")[:2] for line in lock.read_text("utf-8").splitlines() if "==" in line
    )
    pinned = {_plain(name): version.split()[0] for name, version in pinned.items()}
    installed = {_plain(each.metadata["Name"]): each.version for each in distributions()}
    differing = sorted(name for name, version in pinned.items() if installed.get(name) not in (None, version))
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    words = f"锁定依赖 {len(pinned)} 个，已安装版本{'全部一致' if not differing else '不一致：' + '、'.join(differing[:5])}"
    return judged(not differing, words, pinned=len(pinned), differing=differing, lock_sha256=digest)


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(".", "-").split("[")[0]


@probe
def upload_kinds(_door: Door) -> Found:
    """A program, a page that acts, and a program called a picture are offered; none may be taken."""
    offered = {"a.exe": PROGRAM, "a.html": PAGE, "a.png": PROGRAM}
    taken = []
    for name, content in offered.items():
        try:
            read_file(name, content)
            taken.append(name)
        except Refusal:
            continue
    words = (
        f"上传白名单 {len(file_kinds())} 类，按内容识别；试传程序与脚本均被拒绝"
        if not taken
        else f"被接受：{taken}"
    )
    return judged(not taken, words, kinds=len(file_kinds()), taken=taken)


@probe
def incident_procedure(_door: Door) -> Found:
    """The procedure for incidents is published and its step of reporting has a limit of an hour."""
    version = ProcedureVersion.objects.filter(
        system="programme", key="security_incident", state="published"
    ).first()
    if version is None:
        return unknown("安全事件处置流程还没有发布")
    return judged(
        "1 natural_hours" in version.bpmn,
        "安全事件处置流程已发布，报告环节限时 1 小时",
        version=version.number,
    )
