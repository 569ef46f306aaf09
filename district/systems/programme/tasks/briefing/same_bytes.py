"""Office files that are the same bytes for the same content: no clock inside, entries in order, sheets within sheets too."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
INSIDE = (".xlsx",)


def same_bytes(made: bytes, at: str) -> bytes:
    """`at`: the moment written into the properties, ISO 8601 in UTC."""
    out = BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            content = old.read(name)
            if name.endswith(INSIDE):
                content = same_bytes(content, at)
            elif name == "docProps/core.xml":
                content = STAMP.sub(rb"\g<1>" + at.encode() + rb"\g<2>", content)
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
