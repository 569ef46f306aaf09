"""The audit trail as a file that proves itself: rows, anchors, and a program that needs no platform to follow the chain."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC
from pathlib import Path
from typing import IO, Any

from district.kernel import clock
from district.kernel.people import audit_verifier
from district.kernel.people.audit import CHAINED, START
from district.kernel.people.audit_anchors import anchors_file
from district.kernel.people.models import AuditEntry

READ_ME = """审计记录导出包 · Export of the audit trail

audit.jsonl  每行一条记录，按序号；previous 为上一条摘要，digest 为本条摘要（SM3）
anchors      平台在数据库之外记下的摘要：序号 摘要 时间
verify.py    独立校验程序，只需 Python 3.10 以上：python verify.py 本包.zip
manifest.json 条数、末条摘要、导出时间

妥善保存本包：以后的导出包可用 --earlier 与本包对照，证明其间没有一条被改动或删去。
Keep this file: a later export is held against it with --earlier.
"""


def write_export(target: IO[bytes]) -> dict[str, Any]:
    """Writes the zip in order of rows, a piece at a time; gives its manifest."""
    head, count = START, 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(audit_verifier.ROWS, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8") as file:
            for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
                file.write(json.dumps(told(entry), sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n")
                head, count = entry.digest, count + 1
        manifest = {"rows": count, "head": head, "made_at": clock.now().isoformat(timespec="seconds")}
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
        anchors = anchors_file()
        archive.writestr("anchors", anchors.read_text() if anchors.exists() else "")
        archive.writestr("verify.py", Path(audit_verifier.__file__).read_text("utf-8"))
        archive.writestr("README.txt", READ_ME)
    return manifest


def told(entry: AuditEntry) -> dict[str, Any]:
    """A row with all that its digest is made over."""
    said: dict[str, Any] = {name: getattr(entry, name) for name in CHAINED}
    said |= {"seq": entry.seq, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")}
    return said | {"previous": entry.previous, "digest": entry.digest}
