"""A pytest plugin: a private home and a private PostgreSQL for each run of the tests.

It is loaded with `-p` before pytest-django reads the settings. With TEST_DATABASE_URL set, that server is used
instead of an embedded one.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ["DISTRICT_HOME"] = tempfile.mkdtemp(prefix="district-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
os.environ.pop("DATABASE_URL", None)

if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.chmod(os.environ["DISTRICT_HOME"], 0o711)  # noqa: S103 - the server's user has to pass
    from district.edges import postgres

    _server = postgres.start(fsync="off", full_page_writes="off", shared_buffers="64MB")
    atexit.register(shutil.rmtree, postgres.layout().data, ignore_errors=True)
    atexit.register(postgres.stop, _server)

atexit.register(shutil.rmtree, os.environ["DISTRICT_HOME"], ignore_errors=True)
