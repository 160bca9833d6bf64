"""What a web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread_web.config.settings")
application = get_wsgi_application()
# Every page is read here, which takes seconds; otherwise whoever opens the first one would wait for it.
PAGES = get_resolver().url_patterns
