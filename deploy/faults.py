"""Which of the locked dependencies have a publicly known fault? `make faults`, on a machine with a network.

Exit code 0: none is known. 1: at least one is, of whatever weight. 2: it could not be asked, which is no
answer: nothing is known then.
"""

import json
import subprocess
import sys
from pathlib import Path

_LOCKS = Path(__file__).resolve().parents[1] / "requirements"
_ASK = ["--vulnerability-service=osv", "--disable-pip", "--require-hashes", "--format=json"]
_ASK += ["--progress-spinner=off"]


def answer(said: str, complaint: str) -> tuple[int, str]:
    """What to end with and what to say, from what pip-audit wrote and what it complained of."""
    try:
        asked = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        why = (complaint.strip().splitlines() or ["it said nothing"])[-1].partition(":")[0]
        return 2, f"NOT CHECKED: whether a dependency has a known fault could not be asked ({why})."
    left_out = [one["name"] for one in asked if "skip_reason" in one]
    if left_out or not asked:
        return 2, f"NOT CHECKED: nothing is known of {', '.join(left_out) or 'any dependency'}."
    found = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in "
        f"{' or '.join(fault.get('fix_versions') or ['no version yet'])}"
        for one in asked
        for fault in one["vulns"]
    ]
    if found:
        return 1, "\n".join([*found, f"{len(found)} known faults: take the mended versions (`make lock`)."])
    return 0, f"No fault is known in the {len(asked)} locked dependencies."


def main(locks: list[str]) -> int:
    """Ask for each lock file in turn; the gravest answer."""
    worst = 0
    for lock in locks:
        ran = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "pip_audit", *_ASK, f"--requirement={_LOCKS / lock}"],
            capture_output=True,
            text=True,
            check=False,
        )
        code, sentence = answer(ran.stdout, ran.stderr)
        sys.stdout.write(f"{lock}: {sentence}\n")
        worst = max(worst, code)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["web.txt"]))
