"""Where do an installation's keys come from? From `python -m goldenthread_web.config.secrets FOLDER`."""

import secrets
import sys
from pathlib import Path

from goldenthread_web.config.installation import SECRETS


def make(folder: Path) -> list[Path]:
    """Make those keys that are missing, readable by their owner alone; what is there stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name in SECRETS:
        path = folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48) + "\n", "utf-8")
            made.append(path)
    return made


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say in which folder: python -m goldenthread_web.config.secrets FOLDER")
    for each in make(Path(sys.argv[1])):
        sys.stdout.write(f"{each}\n")
