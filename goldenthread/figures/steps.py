"""In which order are the statements of a request worked out, and how many of them at a time?

Each waits for those it reads. Two that do not read each other may run together: a statement over one
authority keeps one processor busy, and no more.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Step:
    """One statement under the name of what it makes, and the names it reads."""

    name: str
    reads: tuple[str, ...]
    work: Callable[[], Any]
    is_view: bool = False  # worked out anew at each reading: its readers read what it reads


class Readers:
    """Who still reads what: what nobody will read any more can be let go of."""

    def __init__(self, steps: Sequence[Step]):
        """Count the readers of each name."""
        self._made = {step.name: step for step in steps}
        self._left: dict[str, int] = {}
        for step in steps:
            for name in step.reads:
                self._left[name] = self._left.get(name, 0) + 1

    def done(self, step: Step) -> Iterator[str]:
        """The names that nobody reads any more now that this step is done, readers before what they read."""
        if not step.is_view:
            for name in step.reads:
                yield from self._one_less(name)

    def _one_less(self, name: str) -> Iterator[str]:
        self._left[name] -= 1
        if self._left[name] or name not in self._made:
            return
        yield name
        if self._made[name].is_view:
            for below in self._made[name].reads:
                yield from self._one_less(below)


def in_turn(steps: Sequence[Step], at_once: int) -> Iterator[tuple[Step, Any]]:
    """Work the steps out, some at once, each after those it reads; yields each with what its work gave.

    Steps come after those they read; where there is a choice the first goes first.
    """
    if at_once < 2:
        yield from ((step, step.work()) for step in steps)
        return
    waiting = _Waiting(steps)
    with ThreadPoolExecutor(at_once) as pool:
        under_way: dict[Future[Any], Step] = {}
        while waiting.ready or under_way:
            while waiting.ready and len(under_way) < at_once:
                step = waiting.next()
                under_way[pool.submit(step.work)] = step
            done = wait(under_way, return_when=FIRST_COMPLETED).done
            finished = [(under_way.pop(future), future.result()) for future in done]
            for step, _ in finished:
                waiting.done(step)
            yield from finished


class _Waiting:
    """The steps not begun yet: which may begin, and what the others wait for."""

    def __init__(self, steps: Sequence[Step]):
        self._place = {step.name: place for place, step in enumerate(steps)}
        self._for = {step.name: {name for name in step.reads if name in self._place} for step in steps}
        self._readers: dict[str, list[Step]] = {}
        for step in steps:
            for name in self._for[step.name]:
                self._readers.setdefault(name, []).append(step)
        self.ready = [step for step in steps if not self._for[step.name]]

    def next(self) -> Step:
        """The first of those that may begin."""
        found = min(self.ready, key=lambda step: self._place[step.name])
        self.ready.remove(found)
        return found

    def done(self, step: Step) -> None:
        """Let those begin that waited for this one only."""
        for reader in self._readers.get(step.name, ()):
            self._for[reader.name].discard(step.name)
            if not self._for[reader.name]:
                self.ready.append(reader)
