import logging
import os

from district.kernel import home

# Jobs are found in `jobs.py` files by our own apps, not by procrastinate.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

# One line for each registered task and each deferred job, in every process, tells nobody anything.
for _name in ("procrastinate.blueprints", "procrastinate.periodic", "procrastinate.jobs", "procrastinate.worker"):
    logging.getLogger(_name).setLevel(logging.WARNING)

# Mail is sent by jobs. Until DISTRICT_SMTP_HOST names a server it is kept as files: nothing leaves unasked.
EMAIL_HOST = os.environ.get("DISTRICT_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("DISTRICT_SMTP_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("DISTRICT_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DISTRICT_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("DISTRICT_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(home.home() / "mail")
DEFAULT_FROM_EMAIL = os.environ.get("DISTRICT_MAIL_FROM", "district@localhost")
