"""`make new` writes a folder that already passes check and test, and nothing else has to change."""

import os
import shutil
import subprocess
import sys

import pytest

from district.kernel import home


@pytest.mark.slow
def test_a_new_system_passes_its_tests_and_the_checks(tmp_path):
    checkout = tmp_path / "checkout"
    ignored = shutil.ignore_patterns("__pycache__", ".mypy_cache", "*.pyc")
    for name in ("district", "tests", "docs", "bench", "tools", ".ci"):
        shutil.copytree(home.CHECKOUT / name, checkout / name, ignore=ignored)
    for path in home.CHECKOUT.glob("*.*"):
        if path.is_file():
            shutil.copy(path, checkout / path.name)
    shutil.copy(home.CHECKOUT / "Makefile", checkout)
    for name in ("node_modules", ".test_database"):
        if (home.CHECKOUT / name).exists():
            (checkout / name).symlink_to(home.CHECKOUT / name)
    ours = ("DISTRICT_", "DJANGO_", "PYTEST_XDIST")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    environment["PYTHONPATH"] = str(checkout)
    environment["DISTRICT_HOME"] = str(tmp_path / "home")

    def run(*arguments):
        done = subprocess.run([sys.executable, *arguments], cwd=checkout, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    run("-m", "district", "new", "traffic", "10")
    run("-m", "district", "docs")
    run("-m", "pytest", "district/systems/traffic", "tests/test_architecture.py", "-k", "traffic or architecture and not host")
    run("-m", "district", "check", "ruff", "contracts", "migrations", "docs", "lock")
