"""Which challenges does somebody want to see? The filters of the list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from goldenthread_web.challenges.models import Challenge
from goldenthread_web.challenges.queries import Standing
from goldenthread_web.challenges.rules import choices, stages

SHOWS: dict[str, tuple[str, Callable[[Challenge, Standing], bool]]] = {
    "open": ("Open ones", lambda one, how: one.is_open),
    "waiting": ("Waiting for an answer", lambda one, how: one.is_open and not how.is_answered),
    "late": ("Late", lambda one, how: one.is_open and (how.is_answer_late or not how.is_in_time)),
    "all": ("Resolved ones too", lambda one, how: True),
}


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What was asked for, each blank where it was not."""

    show: str = "open"
    theme: str = ""
    stage: str = ""
    team: str = ""

    def keeps(self, one: Challenge, how: Standing) -> bool:
        """Whether a challenge is among those asked for."""
        return (
            SHOWS[self.show][1](one, how)
            and self.theme in ("", one.theme)
            and self.stage in ("", one.stage)
            and self.team in ("", one.team)
        )


def narrowed(given: QueryDict, teams: Iterable[str]) -> Narrowed:
    """What a person asked for; whatever is not understood is left out."""
    show, theme, stage, team = (given.get(name, "") for name in ("show", "theme", "stage", "team"))
    return Narrowed(
        show=show or "open",
        theme=theme if theme in choices("themes") else "",
        stage=stage if stage in stages() else "",
        team=team if team in set(teams) else "",
    )


def fields(asked: Narrowed, teams: Iterable[str]) -> list[dict[str, Any]]:
    """The fields of the filters, as the component takes them."""
    shows = [{"value": code, "text": words} for code, (words, _) in SHOWS.items()]
    titles = {one.key: one.title for one in stages().values()}
    found = [
        {"name": "show", "label": "Show", "value": asked.show, "options": shows},
        _select("theme", "Theme", choices("themes"), asked.theme, "Every theme"),
        _select("stage", "Stage", titles, asked.stage, "Every stage"),
    ]
    named = {one: one for one in sorted(set(teams))}
    return [*found, _select("team", "Team", named, asked.team, "Every team")] if len(named) > 1 else found


def _select(name: str, label: str, words: dict[str, str], value: str, all_of: str) -> dict[str, Any]:
    options = [{"value": "", "text": all_of}]
    options += [{"value": code, "text": said} for code, said in words.items()]
    return {"name": name, "label": label, "value": value, "options": options}
