"""Which command of the service is wanted? `python -m goldenthread_web migrate`, `work` and the rest."""

import os
import sys

from django.db.utils import Error

from goldenthread.ingest.extract import Refused
from goldenthread_web.accounts.refusals import Refused as RefusedByAService


def main() -> None:
    """Run one command; a refusal is one sentence and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread_web.config.settings")
    from django.core.management import execute_from_command_line

    from goldenthread_web.config.answering import sentence_about

    try:
        execute_from_command_line(sys.argv)
    except (Refused, RefusedByAService) as refusal:
        _refuse(str(refusal))
    except Error as problem:
        sentence = sentence_about(problem)
        if not sentence:
            raise
        _refuse(sentence)


def _refuse(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(2)


if __name__ == "__main__":
    main()
