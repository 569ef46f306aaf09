"""Files of forms as they are sent: uploads, and registers as lists (`<register>.csv`) cut to what the asker may see."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from district.kernel.files import content_store
from district.kernel.files.models import StoredFile
from district.kernel.forms.central import problems
from district.kernel.forms.intake import md5_of
from district.kernel.forms.models import FormFile, FormVersion, Register
from district.kernel.forms.registers.csv import lines, note_look


def disposition(name: str) -> str:
    """A file name in a header, in any script."""
    return f"attachment; filename=\"{quote(name)}\"; filename*=UTF-8''{quote(name)}"


def file_answer(file: StoredFile, *, name: str = "") -> Any:
    """A kept file, never run by a browser."""
    answer = FileResponse(content_store.path_of(file.sha256).open("rb"), content_type=file.media_type)
    answer["Content-Disposition"] = disposition(name or file.name)
    answer["ETag"] = f'"{file.sha256[:32]}"'
    return answer


def register_csv(register: Register, account: Any, version: FormVersion) -> bytes:
    """`name,label,__version,…`: what a phone chooses from and fills in by, of items its form names."""
    return b"".join(lines(register, account, version))


def md5_of_file(row: FormFile, account: Any = None) -> str | None:
    """Of a register only for somebody: everybody gets another list."""
    if row.file is not None:
        return md5_of(row.file)
    if row.register is not None and account is not None:
        return hashlib.md5(register_csv(row.register, account, row.version), usedforsecurity=False).hexdigest()
    return None


def sent(request: HttpRequest, row: FormFile) -> HttpResponseBase:
    if row.file is not None:
        answer: HttpResponseBase = file_answer(row.file, name=row.name)
        return answer
    if row.register is None:
        raise problems.not_found()
    content = register_csv(row.register, request.user, row.version)
    tag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    note_look(row.register, request.user, row.version)
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8",
        headers={"ETag": tag, "Content-Disposition": disposition(row.name), "Cache-Control": "private, no-cache"},
    )  # fmt: skip
