"""ODK Validate as another judge of an XForm: the jar that comes with pyxform, where there is a Java. No Django."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 60


def is_there() -> bool:
    return shutil.which("java") is not None and _jar().exists()


def objections(xml: str) -> str:
    """What ODK Validate says against the form, empty when it is valid. RuntimeError without Java."""
    if not is_there():
        raise RuntimeError("there is no Java to run ODK Validate with")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xml"
        path.write_text(xml, encoding="utf-8")
        done = subprocess.run(
            ["java", "-Xmx256m", "-Djava.awt.headless=true", "-jar", str(_jar()), str(path)],
            capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    if done.returncode == 0:
        return ""
    from pyxform.validators.error_cleaner import ErrorCleaner

    return (
        ErrorCleaner.odk_validate(done.stderr.decode("utf-8", "replace")).strip() or f"code {done.returncode}"
    )


def _jar() -> Path:
    from pyxform.validators import odk_validate

    return Path(odk_validate.ODK_VALIDATE_PATH)
