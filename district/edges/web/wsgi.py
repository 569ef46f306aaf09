import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
application = get_wsgi_application()

# A page in a manifest without its view fails now, at start, and not at the first click.
_ = get_resolver().url_patterns
