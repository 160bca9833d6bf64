"""Several commands of the service in one process: what one imports and works out is there for the next.

Standard input names them as JSON, each a list of words. The first that fails is named and ends it.
"""

import gc
import json
import signal
import sys

from goldenthread_web.__main__ import main as run

# Definitions are many small objects that stay: Python need not look through them as often as by itself.
_RARELY = (100_000, 20, 50)


def main() -> None:
    """Run the commands one after the other."""
    gc.set_threshold(*_RARELY)
    stops = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for command in json.load(sys.stdin):
        sys.argv[1:] = command
        try:
            run()
        except BaseException:
            sys.stderr.write(f"`{command[0]}` failed.\n")
            raise
        for number, handler in stops.items():
            signal.signal(number, handler)  # a worker stops in its own way, the next command as ever


if __name__ == "__main__":
    main()
