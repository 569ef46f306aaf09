"""Sources of kind `file` and `folder`: a kept file as deliveries of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from district.kernel.connectors.deliveries import start
from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.reading import open_rows
from district.kernel.connectors.models import Run, Source
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.rows import Rows
from district.kernel.connectors.uploads import attach_to
from district.kernel.files import content_store
from district.kernel.files.models import StoredFile

IS_REPLAYED = True


@transaction.atomic
def start_file(source: Source, file: StoredFile, account: Any = None, **given: Any) -> Run:
    """A delivery of a kept file, read by the worker."""
    delivery = start(
        source, account, content_sha256=file.sha256, size=file.size, file=file.pk, name=file.name, **given
    )
    attach_to(file, delivery, account)
    return delivery


def open_run(delivery: Run) -> Iterator[Rows]:
    """Raises Refused (`file_gone`) when the file was taken away, else what its reader raises."""
    file = StoredFile.objects.filter(pk=delivery.input.get("file", 0)).first()
    if file is None or not content_store.path_of(file.sha256).exists():
        raise Refused("file_gone", "这一批的文件已不在，请重新上传", field="file")
    return _rows(delivery, file)


def _rows(delivery: Run, file: StoredFile) -> Iterator[Rows]:
    options = Options.of({**delivery.source.settings, **delivery.input})
    with open_rows(content_store.path_of(file.sha256), file.name, options) as reading:
        yield from reading
        delivery.notes = reading.notes()
        delivery.input = {**delivery.input, "shown": reading.shown()}
