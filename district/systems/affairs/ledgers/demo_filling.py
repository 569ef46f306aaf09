"""A filled form as a phone sends it: the form's own empty instance with answers put in. For demonstration and tests."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from lxml import etree

from district.kernel.forms.design.xform import XF, H, parsed
from district.kernel.forms.models import Entity, FormVersion


def filled_xml(
    version: FormVersion,
    answers: Mapping[str, str],
    *,
    at: datetime,
    seconds: int = 60,
    entity: Entity | None = None,
    instance_id: str = "",
) -> bytes:
    """`answers`: path → text. `entity` is the record the form is about, as it stood on the phone."""
    model = parsed(version.xform).find(f"{H}head/{XF}model")
    root = model.find(f"{XF}instance")[0]
    times = {"start": at - timedelta(seconds=seconds), "end": at}
    told = {name: moment.isoformat(timespec="milliseconds") for name, moment in times.items()}
    for path, text in {**told, **answers}.items():
        node = root
        for name in path.split("/"):
            found = next((child for child in node if etree.QName(child).localname == name), None)
            if found is None:
                break
            node = found
        else:
            node.text = text
    for node in root.iter():
        name = etree.QName(node).localname
        if name == "instanceID":
            node.text = instance_id or f"uuid:{uuid.uuid4()}"
        elif name == "entity" and entity is not None:
            node.set("id", str(entity.uuid))
            node.set("update", "1")
            node.set("baseVersion", str(entity.version))
    return etree.tostring(root, encoding="utf-8")
