# Jobs are found in `jobs.py` files by our own apps, not by procrastinate.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
