"""What a web server calls."""

import logging
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from goldenthread.ingest.extract import Refused
from goldenthread.worklist.items import items

_DOES_NOT_START = 3  # by which gunicorn knows that starting it again would not help

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread_web.config.settings")
try:
    application = get_wsgi_application()
    from goldenthread_web.config.answering import refuse_old_tables, why_not  # needs the settings

    # A database that does not answer may do so in a moment: pages say that they are unavailable until then.
    if _sentence := why_not():
        logging.getLogger(__name__).critical("%s", _sentence)
    else:
        refuse_old_tables()
except Refused as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(_DOES_NOT_START)

# Every page and duty is read here, which takes seconds: whoever opens the first page would wait for it.
PAGES = get_resolver().url_patterns
DUTIES = items()
