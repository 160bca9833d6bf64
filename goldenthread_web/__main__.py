"""Which command of the service is wanted? `python -m goldenthread_web migrate`, `work` and the rest."""

import os
import sys

from goldenthread.ingest.extract import Refused


def main() -> None:
    """Run one command; a refusal is one sentence and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread_web.config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
