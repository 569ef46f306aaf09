"""Which uploaded files are accepted as proof. Size, type by content and active content are checked by kernel.files."""

from __future__ import annotations

from district.kernel.files.reading import ReadFile as Attachment
from district.kernel.files.reading import read_file
from district.kernel.files.refusal import Refusal as RefusedAttachment

__all__ = ["MAX_BYTES", "Attachment", "RefusedAttachment", "read_attachment"]

MAX_BYTES = 20 * 1024 * 1024
TAKEN = (".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx")


def read_attachment(name: str, content: bytes) -> Attachment:
    """Checks an upload. Raises RefusedAttachment with the codes of `Refusal`."""
    return read_file(name, content, TAKEN)
