from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import override_settings

from district.kernel.ui.shell import MODULES
from district.kernel.ui.static_files import StaticFiles

OURS = Path(__file__).parents[1] / "static"


def test_before_collecting_a_name_stays_as_it_is():
    assert StaticFiles(location="/nonexistent", base_url="/static/").url("ui/shell.css") == "/static/ui/shell.css"


def test_collected_files_carry_their_digest_and_later_ones_their_name(tmp_path):
    with override_settings(STATIC_ROOT=str(tmp_path), STATICFILES_DIRS=[str(OURS)], STATICFILES_FINDERS=[
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]):
        call_command("collectstatic", interactive=False, verbosity=0)
        store = StaticFiles(location=str(tmp_path), base_url="/static/")

        url = store.url("ui/shell.css")
        assert url != "/static/ui/shell.css"
        assert (tmp_path / url.removeprefix("/static/")).exists()
        assert (tmp_path / (url.removeprefix("/static/") + ".gz")).exists()
        assert store.url("ui/made-later.css") == "/static/ui/made-later.css"


def test_every_module_of_the_import_map_exists():
    # Neither the script of the frame nor a worker is a module that another imports.
    assert {path.stem for path in OURS.glob("ui/*.js")} == {*MODULES, "shell", "offline_worker"}


@pytest.mark.parametrize("path", sorted(OURS.rglob("*.js")), ids=lambda path: path.name)
def test_our_scripts_name_no_other_host_and_make_no_code_from_text(path: Path):
    text = path.read_text("utf-8")
    assert "://" not in text.replace("http://www.w3.org", "")
    for forbidden in (".innerHTML", "eval(", "new Function", "document.write", "insertAdjacentHTML"):
        assert forbidden not in text


def test_the_storage_of_the_settings_is_ours():
    assert isinstance(storages["staticfiles"], StaticFiles)
