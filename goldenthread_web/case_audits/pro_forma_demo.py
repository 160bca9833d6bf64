"""How are the pro formas of the demonstration told? The first of August 2017, and what followed."""

import tomllib
from importlib.resources import files
from typing import Any

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.case_audits import pro_forma_services as services
from goldenthread_web.case_audits.models import ProForma
from goldenthread_web.case_audits.pro_forma_queries import questions_asked, seen_as
from goldenthread_web.config.clock import today
from goldenthread_web.standards.demo import at_work
from goldenthread_web.standards.queries import adopted_editions, edition_on, questions_of, standards_of


def tell() -> int:
    """Write the pro formas whose days have come, as the quality assurance lead would; how many there are."""
    said = tomllib.loads((files("goldenthread_web.case_audits") / "pro_forma_demo.toml").read_text("utf-8"))
    for one in said["pro_formas"]:
        if one["made_on"] <= today():
            _published(_made(one), one)
    for one in said["versions"]:
        if one["made_on"] <= today():
            _published(_next_version(one), one)
    return ProForma.objects.count()


def _made(one: dict[str, Any]) -> ProForma:
    edition, by = edition_on(one["made_on"]), account_of("qa_lead")
    if edition is None:
        raise LookupError("The demonstration's first edition is in force before its first pro forma.")
    made = services.make_pro_forma(
        title=one["title"],
        kind=one["kind"],
        edition=edition,
        standards=one.get("standards", ()),
        cohorts=one.get("cohorts", ()),
        by=by,
        at=at_work(one["made_on"]),
    )
    there = {each.code: each for each in standards_of(edition)}
    for own in one.get("own", ()):
        services.add_own_question(
            made,
            text=own["text"],
            domain=own.get("domain", ""),
            standard=there.get(own.get("standard", "")),
            by=by,
        )
    return made


def _next_version(one: dict[str, Any]) -> ProForma:
    last = ProForma.objects.filter(title=one["title"], published_at__isnull=False).latest("number")
    edition, by = adopted_editions().get(number=one["edition"]), account_of("qa_lead")
    made = services.make_version(last, edition=edition, by=by, at=at_work(one["made_on"]))
    asked = set(made.questions.values_list("question_id", flat=True))
    left = [each for each in questions_of(edition) if each.pk not in asked]
    return services.add_questions(made, left, by=by) if left else made


def _published(made: ProForma, one: dict[str, Any]) -> None:
    by = account_of("qa_lead")
    for question in questions_asked(made):
        if question.question is not None and question.question.code in one.get("leaves_out", ()):
            services.drop_question(question, by=by)
    if "published_on" in one and one["published_on"] <= today():
        seen = seen_as(made, questions_asked(made))
        services.publish_pro_forma(made, seen=seen, by=by, at=at_work(one["published_on"]))
