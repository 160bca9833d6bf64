"""Pro formas: made from the standards, changed while drafts, refused with a question that cites none."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.case_audits import pro_forma_queries as queries
from goldenthread_web.case_audits import pro_forma_services as services
from goldenthread_web.case_audits.models import AuditProgramme, ProForma, ProFormaQuestion
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.standards import standard_services
from goldenthread_web.standards.domains import domains
from goldenthread_web.standards.library import default_standards
from goldenthread_web.standards.models import Standard
from goldenthread_web.standards.queries import questions_of
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, at
from tests.web.standards_builders import a_draft, adopted, an_edition, proposed, said_of, the_standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return an_edition()


@pytest.fixture
def lead():
    return a_person("qa_lead")


def a_pro_forma(
    edition, by, *, title="Ten-day reviews", kind="thematic", standards=("ten-day-review",), **more
):
    return services.make_pro_forma(
        title=title, kind=kind, edition=edition, standards=standards, by=by, **more
    )


def published(pro_forma, by):
    seen = queries.seen_as(pro_forma, queries.questions_asked(pro_forma))
    return services.publish_pro_forma(pro_forma, seen=seen, by=by, at=at("2017-08-18 10:00"))


def texts(pro_forma):
    return [one.text for one in queries.questions_asked(pro_forma)]


def test_it_asks_what_the_standards_ask(edition, lead):
    made = a_pro_forma(edition, lead)
    assert (made.code, made.number, str(made)) == ("ten-day-reviews", 1, "Ten-day reviews, version 1")
    asked = queries.questions_asked(made)
    assert [one.question.code for one in asked] == ["reviewed-at-day-ten", "day-ten-made-a-difference"]
    assert all(one.standard == one.question.standard and one.domain == "assessment" for one in asked)
    event = Event.objects.get(what="pro_forma.made")
    assert event.changes == {"pro_forma": "ten-day-reviews", "version": 1, "questions": 2}


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_knows_what_it_usually_asks(edition, kind):
    found = queries.matching(edition, kind=kind)
    every = sum(len(one.questions) for one in default_standards())
    assert len(found) == {"full": every, "re_audit": every, "thematic": 0}.get(kind, len(found))
    assert kind == "thematic" or len(found) >= 5
    usual = queries._usual(kind).get("standards", ())
    assert set(usual) <= {one.code for one in default_standards()}


def test_domains_standards_and_cohorts_choose_together(edition):
    found = queries.matching(edition, kind="full", in_domains=["identity"], standards=["ten-day-review"])
    assert {one.standard.domain for one in found} == {"identity", "assessment"}
    of_care = queries.matching(edition, kind="full", cohorts=["looked_after"])
    assert all(not one.cohorts or "looked_after" in one.cohorts for one in of_care)
    assert "home-for-good" in {one.code for one in of_care}
    assert "reviewed-at-day-ten" not in {one.code for one in of_care}
    everybody = queries.matching(edition, kind="full", cohorts=["open_cases"])
    assert len(everybody) == questions_of(edition).count()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"title": " ... "}, "Give it a title"),
        ({"kind": "quick"}, "kind of case audit"),
        ({"standards": ()}, "matches that"),
        ({"cohorts": ["looked_after"]}, "matches that"),
    ],
)
def test_one_that_says_nothing_is_refused(edition, lead, other, sentence):
    with pytest.raises(Refused, match=sentence):
        a_pro_forma(edition, lead, **other)


def test_it_is_made_from_standards_that_hold(lead):
    with pytest.raises(Refused, match="not adopted"):
        a_pro_forma(a_draft(), lead)


def test_a_title_is_used_once(edition, lead):
    a_pro_forma(edition, lead)
    with pytest.raises(Refused, match="new version"):
        a_pro_forma(edition, lead)


def test_only_those_who_keep_the_standards_write(edition):
    with pytest.raises(NotAllowed):
        a_pro_forma(edition, a_person("auditor"))


def test_a_question_that_cites_no_standard_is_drafted_and_not_published(edition, lead):
    draft = a_pro_forma(edition, lead)
    long = "Did somebody ask the school, the nursery, the health visitor and the family doctor what they saw?"
    services.add_own_question(draft, text="Was it a good day?", domain="referral", by=lead)
    with pytest.raises(
        Refused, match=r"^Question 1 \(“Was it a good day\?”\) cites no practice standard: name one for it"
    ):
        published(draft, lead)
    services.add_own_question(draft, text=long, domain="multi_agency", by=lead)
    with pytest.raises(
        Refused, match=r"^Questions 1 \(.*\), 4 \(“Did somebody ask .* …”\) cite no"
    ) as refused:
        published(draft, lead)
    assert str(refused.value).count(". ") == 0  # one sentence
    draft.refresh_from_db()
    assert draft.published_at is None
    first, *_, last = queries.questions_asked(draft)
    cited = services.cite_standard(first, the_standard(edition, "threshold-applied-evenly"), by=lead)
    assert cited.domain == "referral"
    services.drop_question(last, by=lead)
    assert published(draft, lead).published_by == lead
    whats = ["pro_forma.question_added", "pro_forma.standard_cited", "pro_forma.question_dropped"]
    for what in (*whats, "pro_forma.published"):
        assert Event.objects.filter(what=what).exists(), what


def test_an_own_question_goes_to_the_domain_of_its_standard(edition, lead):
    draft = a_pro_forma(edition, lead)
    one = the_standard(edition, "minutes-in-time")
    made = services.add_own_question(draft, text="Was it short?", domain="plan", standard=one, by=lead)
    assert made.domain == "multi_agency"
    for refused, sentence in (
        ({"text": " ", "standard": one}, "Write the question"),
        ({"text": "And?"}, "Choose the domain"),
        ({"text": "And?", "domain": "money"}, "Choose the domain"),
    ):
        with pytest.raises(Refused, match=sentence):
            services.add_own_question(draft, **refused, by=lead)
    with pytest.raises(Refused, match="rests on its own"):
        services.cite_standard(queries.questions_asked(draft)[0], one, by=lead)


def test_a_standard_of_another_edition_is_refused(edition, lead):
    draft = a_pro_forma(edition, lead)
    other = the_standard(a_draft(on="2017-12-20"))
    with pytest.raises(Refused, match="made from Edition 1"):
        services.add_own_question(draft, text="Was it?", standard=other, by=lead)
    with pytest.raises(Refused, match="come from Edition 1"):
        services.add_questions(draft, list(questions_of(other.edition))[:1], by=lead)


def test_more_of_the_standards_is_added_and_nothing_twice(edition, lead):
    draft = a_pro_forma(edition, lead)
    every = list(questions_of(edition))
    ten_day = [one for one in every if one.standard.code == "ten-day-review"]
    with pytest.raises(Refused, match="asked already"):
        services.add_questions(draft, ten_day, by=lead)
    services.add_questions(draft, [*ten_day, every[0]], by=lead)
    assert draft.questions.count() == 3 and texts(draft)[0] == every[0].text
    assert Event.objects.get(what="pro_forma.questions_added").changes["questions"] == 1


@pytest.mark.both_databases
def test_questions_are_put_in_another_order_within_their_domain(edition, lead):
    draft = a_pro_forma(edition, lead, standards=("ten-day-review", "meaning-for-this-child", "no-drift"))
    first, second, *_ = queries.questions_asked(draft)
    services.move_question(second, is_up=True, by=lead)
    assert [one.pk for one in queries.questions_asked(draft)][:2] == [second.pk, first.pk]
    services.move_question(second, is_up=False, by=lead)
    assert [one.pk for one in queries.questions_asked(draft)][:2] == [first.pk, second.pk]
    with pytest.raises(Refused, match="first of its domain"):
        services.move_question(first, is_up=True, by=lead)
    last = queries.questions_asked(draft)[-1]
    with pytest.raises(Refused, match="last of its domain"):
        services.move_question(last, is_up=False, by=lead)
    assert Event.objects.filter(what="pro_forma.question_moved").count() == 2


def test_the_title_of_a_draft_changes_once_seen_and_is_used_once(edition, lead):
    first = published(a_pro_forma(edition, lead), lead)
    code, title = first.code, first.title
    other = services.make_pro_forma(title="Other", kind="full", edition=edition, by=lead)
    seen = queries.title_seen(other)
    for taken in (title, title.upper(), " "):
        with pytest.raises(Refused, match="There is a pro forma of that title|Give it a title"):
            services.retitle_pro_forma(other, seen=seen, title=taken, by=lead)
    services.retitle_pro_forma(other, seen=seen, title=" Leaving care ", by=lead)
    other.refresh_from_db()
    assert (other.code, other.title) == ("other", "Leaving care")
    assert Event.objects.get(what="pro_forma.retitled").changes == {"pro_forma": "other", "version": 1}
    with pytest.raises(SavedMeanwhile):
        services.retitle_pro_forma(other, seen=seen, title="Care leavers", by=lead)
    # Neither its first title nor its present one is free.
    for taken in ("Other", "leaving care"):
        with pytest.raises(Refused, match="pro forma of that title"):
            services.make_pro_forma(title=taken, kind="full", edition=edition, by=lead)
    # The next version may be called otherwise; the published one keeps its title.
    second = services.make_version(first, edition=edition, by=lead)
    services.retitle_pro_forma(second, seen=queries.title_seen(second), title="Sooner", by=lead)
    first.refresh_from_db()
    assert (first.title, second.code) == (title, code)


def test_parts_are_numbered_from_one_end_to_the_other(edition, lead):
    draft = services.make_pro_forma(title="All", kind="full", edition=edition, by=lead)
    parts = queries.parts_of(queries.questions_asked(draft))
    assert [part.domain.code for part in parts] == list(domains())
    numbers = [one.number for part in parts for one in part.questions]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(part.questions[0].is_first and part.questions[-1].is_last for part in parts)


def test_what_is_published_is_what_was_seen(edition, lead):
    draft = a_pro_forma(edition, lead)
    seen = queries.seen_as(draft, queries.questions_asked(draft))
    services.drop_question(queries.questions_asked(draft)[0], by=lead)
    with pytest.raises(SavedMeanwhile):
        services.publish_pro_forma(draft, seen=seen, by=lead)
    seen = queries.seen_as(draft, queries.questions_asked(draft))
    services.retitle_pro_forma(draft, seen=queries.title_seen(draft), title="Renamed", by=lead)
    with pytest.raises(SavedMeanwhile):
        services.publish_pro_forma(draft, seen=seen, by=lead)
    draft.refresh_from_db()
    services.drop_question(queries.questions_asked(draft)[0], by=lead)
    with pytest.raises(Refused, match="asks nothing yet"):
        published(draft, lead)


def test_what_is_published_changes_no_more(edition, lead):
    one = published(a_pro_forma(edition, lead), lead)
    question = queries.questions_asked(one)[0]
    for write in (
        lambda: services.drop_question(question, by=lead),
        lambda: services.move_question(question, is_up=False, by=lead),
        lambda: services.add_own_question(one, text="?", domain="plan", by=lead),
        lambda: services.retitle_pro_forma(one, seen=queries.title_seen(one), title="Other", by=lead),
        lambda: services.discard_pro_forma(one, by=lead),
        lambda: published(one, lead),
    ):
        with pytest.raises(Refused, match="never changed"):
            write()


def test_what_is_gone_meanwhile_is_said(edition, lead):
    draft = a_pro_forma(edition, lead)
    question = queries.questions_asked(draft)[0]
    services.drop_question(question, by=lead)
    with pytest.raises(Refused, match="took this question out"):
        services.drop_question(ProFormaQuestion(pk=question.pk, pro_forma=draft), by=lead)
    key = draft.pk
    services.discard_pro_forma(draft, by=lead)
    with pytest.raises(Refused, match="threw this draft away"):
        services.discard_pro_forma(ProForma(pk=key), by=lead)
    assert Event.objects.filter(what="pro_forma.discarded").exists()


def test_a_new_version_takes_the_words_of_a_later_edition(edition, lead):
    first = a_pro_forma(edition, lead, standards=("ten-day-review", "no-drift"))
    services.add_own_question(first, text="And today?", standard=the_standard(edition), by=lead)
    first = published(first, lead)
    draft = a_draft(on="2017-12-20")
    one = the_standard(draft)
    standard_services.remove_standard(the_standard(draft, "no-drift"), version=1, by=draft.drafted_by)
    question = one.questions.all()[0]
    standard_services.change_question(
        question, version=1, text="Was it held on day ten?", by=draft.drafted_by
    )
    said = said_of(one, domain="oversight")
    standard_services.change_standard(one, version=1, by=draft.drafted_by, **said)
    later = adopted(proposed(draft, on="2017-12-21"), on="2017-12-22")
    second = services.make_version(first, edition=later, by=lead)
    assert (second.number, second.edition, second.title) == (2, later, first.title)
    asked = {one.text: one for one in queries.questions_asked(second)}
    assert asked["Was it held on day ten?"].domain == "oversight"
    assert asked["And today?"].standard.edition == later
    orphan = asked["Where the plan did not work, was something else decided in time for this child?"]
    assert orphan.standard is None and orphan.question is None and orphan.domain == "plan"
    with pytest.raises(Refused, match="cites no practice standard"):
        published(second, lead)
    with pytest.raises(Refused, match="being written already"):
        services.make_version(first, edition=later, by=lead)
    with pytest.raises(Refused, match="draft itself"):
        services.make_version(second, edition=later, by=lead)


def test_a_version_is_made_from_standards_that_hold(edition, lead):
    first = published(a_pro_forma(edition, lead), lead)
    with pytest.raises(Refused, match="not adopted"):
        services.make_version(first, edition=a_draft(on="2017-12-20"), by=lead)


def test_one_is_withdrawn_when_no_programme_asks_it(edition, lead):
    draft = a_pro_forma(edition, lead)
    with pytest.raises(Refused, match="never published"):
        services.withdraw_pro_forma(draft, by=lead)
    one = published(draft, lead)
    programme = AuditProgramme.objects.create(
        title="Every month",
        kind="thematic",
        cycle="monthly",
        pro_forma=one,
        size=5,
        days=20,
        starts_on=date(2017, 9, 1),
        owner="Head of service",
        made_by=lead,
        made_at=at("2017-09-01 09:00"),
    )
    with pytest.raises(Refused, match="“Every month” asks it"):
        services.withdraw_pro_forma(one, by=lead)
    AuditProgramme.objects.filter(pk=programme.pk).update(ends_on=date(2017, 10, 1))
    assert services.withdraw_pro_forma(one, by=lead).withdrawn_at is not None
    with pytest.raises(Refused, match="withdrawn already"):
        services.withdraw_pro_forma(one, by=lead)
    assert Event.objects.get(what="pro_forma.withdrawn").changes == {
        "pro_forma": "ten-day-reviews",
        "version": 1,
    }


def test_drafts_are_listed_for_those_who_write_them(edition, lead):
    draft = a_pro_forma(edition, lead)
    services.add_own_question(draft, text="And?", domain="plan", by=lead)
    assert [(one.asked, one.uncited) for one in queries.pro_formas(with_drafts=True)] == [(3, 1)]
    assert not queries.pro_formas(with_drafts=False)


@pytest.mark.both_databases
def test_the_database_keeps_what_is_published(edition, lead):
    one = published(a_pro_forma(edition, lead), lead)
    other = a_pro_forma(edition, lead, title="Other", standards=("no-drift",))
    question, loose = one.questions.all()[0], other.questions.all()[0]
    for write in (
        lambda: ProForma.objects.filter(pk=one.pk).update(title="Other words"),
        lambda: ProForma.objects.filter(pk=one.pk).update(published_at=None),
        lambda: ProForma.objects.filter(pk=one.pk)._raw_delete("default"),
        lambda: ProFormaQuestion.objects.filter(pk=question.pk).update(text="Other?"),
        lambda: ProFormaQuestion.objects.filter(pk=question.pk).delete(),
        lambda: ProFormaQuestion.objects.filter(pk=loose.pk).update(pro_forma=one, position=99),
        lambda: ProFormaQuestion.objects.create(pro_forma=one, position=99, domain="plan", text="Late?"),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            write()
    ProForma.objects.filter(pk=one.pk).update(withdrawn_at=at("2018-01-02 09:00"))
    assert Standard.objects.filter(edition=edition).exists()
