"""The invented town's timetable as the edition in force: small, so that tests with the database are fast."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date

from district.kernel.clock import now, today

from ..models import Edition
from . import town


def town_feed() -> bytes:
    """The town's feed, valid in the years around now; lines `line-o` and `line-b`, stops `s0` … `s13`."""
    made = io.BytesIO()
    years = f"daily,1,1,1,1,1,1,1,{today().year - 1}0101,{today().year + 1}1231\r\n"
    with zipfile.ZipFile(io.BytesIO(town.feed())) as source, zipfile.ZipFile(made, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "calendar.txt":
                text = text.split(b"\n")[0] + b"\n" + years.encode()
            archive.writestr(name, text)
    return made.getvalue()


def town_edition() -> Edition:
    """Published, and in force today."""
    packed = town_feed()
    return Edition.objects.create(
        title="演示小镇", state=Edition.State.PUBLISHED, valid_from=date(today().year - 1, 1, 1),
        valid_to=date(today().year + 1, 12, 31), feed=packed, sha256=hashlib.sha256(packed).hexdigest(),
        is_simulated=True, published_at=now(),
    )  # fmt: skip
