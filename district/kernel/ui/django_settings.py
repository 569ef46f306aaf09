"""Settings of the pages; merged into Django's by `edges.web.settings`."""

CSRF_FAILURE_VIEW = "district.kernel.ui.pages.errors.csrf_failure"
