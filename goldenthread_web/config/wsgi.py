"""What a web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from goldenthread.worklist.items import items

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread_web.config.settings")
application = get_wsgi_application()
# Every page and duty is read here, which takes seconds: whoever opens the first page would wait for it.
PAGES = get_resolver().url_patterns
DUTIES = items()
