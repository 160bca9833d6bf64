"""What does whoever writes a section see: its text, who wrote it last, how it reads with its facts?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import today
from goldenthread_web.governance.opening import opener
from goldenthread_web.reports.building import Problem, blocks_of, indicators_of
from goldenthread_web.reports.default_texts import default_text
from goldenthread_web.reports.documents import Section, addresses
from goldenthread_web.reports.forums import Forum, Part, forums, parts, theme_part
from goldenthread_web.reports.frame import Frame, Unresolved
from goldenthread_web.reports.html_file import section_body
from goldenthread_web.reports.models import Content, Draft
from goldenthread_web.reports.queries import written_of

_WIDEST = "cabinet"  # whose view a section is shown in while it is written


@dataclass(frozen=True, kw_only=True)
class ToWrite:
    """A section as a writer meets it. `version` 0: nobody wrote it yet, the text is what it writes itself."""

    code: str
    title: str
    hint: str
    text: str
    version: int
    written_by: str
    written_at: datetime | None
    forums: tuple[str, ...]
    draft: Draft | None = None  # what the person who asks typed in it and did not save


def sections_of(content: Content) -> list[ToWrite]:
    """Every section somebody can write in, without its text."""
    written = {one.code: one for one in content.sections.select_related("written_by")}
    found = []
    for part in _writable(frame_to_write(content)):
        one = written.get(part.code)
        found.append(
            ToWrite(
                code=part.code,
                title=part.title,
                hint=part.hint,
                text="",
                version=0 if one is None else one.version,
                written_by="" if one is None else one.written_by.title,
                written_at=None if one is None else one.written_at,
                forums=tuple(forum.forum for forum in forums().values() if _is_in(part.code, forum)),
            )
        )
    return found


def text_to_write(
    frame: Frame, code: str, *, person: User | None = None, has_text: bool = True
) -> ToWrite | None:
    """One section with its text; None: there is none that anybody writes in.

    `has_text`: what a section nobody wrote says by itself is worked out; else its text is blank.
    """
    part = next((one for one in _writable(frame) if one.code == code), None)
    if part is None:
        return None
    one, draft = written_of(frame.content, code, person)
    text = "" if one is None else one.text
    if not text and has_text:
        text = _own_text(frame, part)
    return ToWrite(
        code=part.code,
        title=part.title,
        hint=part.hint,
        text=text,
        version=0 if one is None else one.version,
        written_by=getattr(one, "author", ""),
        written_at=None if one is None else one.written_at,
        forums=tuple(forum.forum for forum in forums().values() if _is_in(code, forum)),
        draft=draft,
    )


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A text with its facts filled in, and what could not be."""

    body: Markup
    problems: tuple[Problem, ...]


def preview_of(frame: Frame, code: str, text: str, person: User) -> Preview:
    """How a section reads, in the form of the forum that has most sections."""
    part = next(one for one in _writable(frame) if one.code == code)
    frame.want(indicators_of([text]))
    problems: list[Problem] = []
    blocks = tuple(blocks_of(text, part, frame, problems))
    shown = Section(code=f"preview-{code}", title=part.title, number="", blocks=blocks)
    opens = opener(person, addresses([shown]), today())
    return Preview(body=section_body(shown, opens=opens), problems=tuple(problems))


def frame_to_write(content: Content) -> Frame:
    """The facts a writer works with: those of the report for Cabinet, soon after the period."""
    return Frame(
        content=content,
        forum=forums()[_WIDEST],
        body=None,
        meeting_on=content.ends_on + timedelta(days=79),
    )


def _own_text(frame: Frame, part: Part) -> str:
    try:
        return default_text(part, frame)
    except Unresolved as problem:
        return str(problem)


def _writable(frame: Frame) -> list[Part]:
    found = [theme_part(theme.number, theme.title) for theme in frame.themes]
    return [*(part for part in parts().values() if not part.is_fixed), *found]


def _is_in(code: str, forum: Forum) -> bool:
    return code in forum.sections or (code.startswith("theme_") and "themes" in forum.sections)
