"""What does the council of the demonstration report of two quarters? Invented words, real figures."""

import time
import tomllib
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import today
from goldenthread_web.reports.files import TYPES, Stamp, file_of
from goldenthread_web.reports.models import Content, Report
from goldenthread_web.reports.queries import content_before
from goldenthread_web.reports.release_services import approve, freeze, let_weaknesses_go, release
from goldenthread_web.reports.services import (
    add_report,
    say_what_became,
    set_priorities,
    start_content,
    write_section,
)
from goldenthread_web.reports.standing import put_together, standing_of

ASKED = "cabinet"  # the report whose making is timed


class Command(BaseCommand):
    """`make_demo_reports`, once everything that reports are made of is there."""

    help = "Write the reports of the demonstration: two quarters, four forums, one public summary."

    def handle(self, *args: object, **options: object) -> None:
        """Write them as the programme manager would; release what the head of service approved."""
        if Content.objects.exists():
            self.stdout.write("There are reports already: nothing was changed.")
            return
        writer, approver = account_of("programme_manager"), account_of("head_of_service")
        said = tomllib.loads((files("goldenthread_web.reports") / "demo.toml").read_text("utf-8"))
        for one in said["contents"]:
            if one["ends_on"] < today():
                self._content(one, writer, approver)
        self._time_it()

    def _content(self, one: dict[str, Any], writer: User, approver: User) -> None:
        days = {name: one[name] for name in ("starts_on", "ends_on", "as_at_on")}
        made = start_content(label=one["label"], title=one["title"], **days, by=writer)
        set_priorities(made, one["priorities"], by=writer)
        before = content_before(made)
        promised = (
            {} if before is None else {priority.number: priority for priority in before.priorities.all()}
        )
        for account in one.get("became", ()):
            number = account.pop("number")
            say_what_became(promised[number], **account, of=made, by=writer)
        for code, text in one["sections"].items():
            write_section(made, code, text=text.strip(), version=0, by=writer)
        for report in one["reports"]:
            self._report(made, report | {"because": one.get("because", "")}, writer, approver)

    def _report(self, content: Content, said: dict[str, Any], writer: User, approver: User) -> None:
        made = add_report(content, said["template"], meeting_on=said["meeting_on"], by=writer)
        if said["because"] and "weaknesses-unanswered" in {one["code"] for one in made.remarks}:
            let_weaknesses_go(made, because=said["because"], by=account_of("director"))
        found = standing_of(made)
        self.stdout.write(f"{found.forum.forum}: {len(found.errors)} errors, {len(found.remarks)} remarks.")
        for one in found.errors:
            self.stdout.write(f"  {one['place']}: {one['sentence']}")
        if said.get("is_released") and not found.errors and said["meeting_on"] <= today():
            freeze(made, by=writer)
            approve(made, digest=made.digest, has_judged=True, by=approver)
            release(made, by=writer)
            self.stdout.write(f"{found.forum.forum}: released.")

    def _time_it(self) -> None:
        report = Report.objects.select_related("content", "body").filter(template=ASKED).last()
        if report is None:
            return
        began = time.monotonic()
        built = put_together(report)
        stamp = Stamp(is_draft=True, version=1, as_at=built.document.as_at, digest=report.digest, on=today())
        made = {kind: len(file_of(kind, built.document, stamp)) for kind in TYPES}
        sizes = ", ".join(f"{kind} {size // 1024} KB" for kind, size in made.items())
        self.stdout.write(f"The report to Cabinet in {time.monotonic() - began:.1f} seconds: {sizes}.")
