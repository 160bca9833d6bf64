"""How long does "who saw this child" take where the trail has a million Events? `python -m bench.trail`.

GOLDENTHREAD_TEST_DATABASE=postgresql asks a PostgreSQL server. What is found must be what was put in.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.web.installation import DATABASE, set_up

EVENTS, AT_ONCE, TIMES = 1_000_000, 50_000, 5
ROWS_A_PAGE = 50


def main() -> int:
    """Fill, ask, say; 1 where something else was found than was put in."""
    set_up()
    from django.db import connection

    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / "trail.sqlite3") if DATABASE == "sqlite" else "goldenthread_bench_trail"
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            return _measured()
        finally:
            connection.creation.destroy_test_db(":memory:", verbosity=0)


def _measured() -> int:
    from django.db import connection, transaction

    from goldenthread_web.trail.queries import Asked, children_of, events
    from tests.web.long_trail import child, fill

    for first in range(1, EVENTS, AT_ONCE):
        with transaction.atomic():
            fill(AT_ONCE, first)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    wanted = [number for number in range(EVENTS, 0, -1) if child(number) == child(77)]
    asked = Asked(child=child(77))
    page_took, all_took = [], []
    for _ in range(TIMES):
        began = time.perf_counter()
        count, shown = events(asked).count(), list(events(asked)[:ROWS_A_PAGE])
        children_of(shown)
        page_took.append(time.perf_counter() - began)
        found = [event.pk for event in events(asked)]
        all_took.append(time.perf_counter() - began - page_took[-1])
        if found != wanted or count != len(wanted) or [one.pk for one in shown] != wanted[:ROWS_A_PAGE]:
            sys.stderr.write("Something else was found than was put in.\n")
            return 1
    sys.stdout.write(
        f"{connection.vendor}: {EVENTS:,} Events, {len(wanted):,} of one child, the slowest of {TIMES}: "
        f"their first page in {max(page_took) * 1000:.0f} ms, all of them in {max(all_took) * 1000:.0f} ms.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
