"""What is written of inspections: what was inspected and judged, recommendations, visits, homes."""

from collections.abc import Collection
from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.inspections.frames import frameworks, practice_areas, setting_words
from goldenthread_web.inspections.models import (
    Inspection,
    Judgement,
    Recommendation,
    SettingInspection,
    Visit,
)
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.MARK_FINDINGS)
def enter_inspection(
    *,
    framework: str,
    starts_on: date,
    ends_on: date,
    published_on: date | None = None,
    overall_grade: str = "",
    lead_inspector: str = "",
    url: str = "",
    by: User,
) -> Inspection:
    """Enter an inspection; its grade once the report is published."""
    _refuse_bad_inspection(framework, starts_on, ends_on, published_on, overall_grade)
    made = Inspection.objects.create(
        framework=framework,
        starts_on=starts_on,
        ends_on=ends_on,
        published_on=published_on,
        overall_grade=overall_grade,
        lead_inspector=lead_inspector,
        url=url,
    )
    record("inspection.entered", made, by=by, changes={"framework": framework, "grade": overall_grade})
    return made


@service(Permission.MARK_FINDINGS)
def change_inspection(inspection: Inspection, *, version: int, by: User, **said: object) -> Inspection:
    """Say otherwise what is known of an inspection; `said` are its fields, `version` as it was read."""
    found = Inspection.objects.select_for_update().get(pk=inspection.pk)
    check(found, version)
    for name, value in said.items():
        setattr(found, name, value)
    _refuse_bad_inspection(
        found.framework, found.starts_on, found.ends_on, found.published_on, found.overall_grade
    )
    if found.plan_submitted_on and (not found.published_on or found.plan_submitted_on < found.published_on):
        raise Refused("The plan answers the report: it was handed in after the day the report was published.")
    found.version += 1
    found.save()
    record("inspection.changed", found, by=by, changes={"fields": sorted(said)})
    return found


@service(Permission.MARK_FINDINGS)
def judge(inspection: Inspection, area: str, grade: str, *, by: User) -> Judgement:
    """Enter what an area was judged to be, on the scale of the inspection's framework."""
    frame = inspection.frame
    if area not in {one.code for one in frame.areas_on(inspection.starts_on)}:
        raise Refused(f"The {frame.title.lower()} did not judge that area on that day: choose one it did.")
    if grade not in frame.grades:
        raise Refused(f"The {frame.title.lower()} has no such grade: choose one of its scale.")
    made, _ = Judgement.objects.update_or_create(inspection=inspection, area=area, defaults={"grade": grade})
    record("judgement.set", inspection, by=by, changes={"area": area, "grade": grade})
    return made


@service(Permission.MARK_FINDINGS)
def set_recommendation(
    inspection: Inspection,
    number: int,
    *,
    title: str,
    text: str,
    version: int | None = None,
    by: User,
) -> Recommendation:
    """Enter a recommendation as printed, or put right what was entered. `version`: as it was read."""
    if not text.strip():
        raise Refused("Copy the recommendation from the report, word for word.")
    found = Recommendation.objects.select_for_update().filter(inspection=inspection, number=number).first()
    if found is None:
        found = Recommendation.objects.create(
            inspection=inspection, number=number, title=title.strip(), text=text.strip()
        )
    else:
        if version is None:
            raise Refused(
                f"Recommendation {number} is there already: change that one, or give another number."
            )
        check(found, version)
        found.title, found.text, found.version = title.strip(), text.strip(), found.version + 1
        found.save()
    record("recommendation.set", found, by=by, changes={"number": number})
    return found


@service(Permission.MARK_FINDINGS)
def set_visit(
    number: int,
    *,
    starts_on: date,
    ends_on: date,
    announced_on: date | None = None,
    lead_inspector: str = "",
    team: str = "",
    focus: str = "",
    areas: Collection[str] = (),
    evidence_asked: str = "",
    version: int | None = None,
    by: User,
) -> Visit:
    """Enter a monitoring visit, or change what is known of it. `version`: as it was read."""
    if number < 1:
        raise Refused("Visits are numbered from 1.")
    if ends_on < starts_on:
        raise Refused("A visit ends on or after the day it starts.")
    if announced_on and announced_on > starts_on:
        raise Refused("A visit is announced before it starts: check both days.")
    unknown = sorted(set(areas) - set(practice_areas()))
    if unknown:
        raise Refused(f"There is no area of practice {unknown[0]}: choose from the list.")
    said = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "announced_on": announced_on,
        "lead_inspector": lead_inspector,
        "team": team,
        "focus": focus,
        "areas": list(areas),
        "evidence_asked": evidence_asked,
    }
    found = Visit.objects.select_for_update().filter(number=number).first()
    if found is None:
        found = Visit.objects.create(number=number, **said)
        record("visit.entered", found, by=by, changes={"starts_on": starts_on.isoformat()})
        return found
    if version is None:
        raise Refused(f"Visit {number} is there already: change that one, or give another number.")
    check(found, version)
    for name, value in said.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    record("visit.changed", found, by=by, changes={"starts_on": starts_on.isoformat()})
    return found


@service(Permission.MARK_FINDINGS)
def enter_setting_inspection(
    *,
    setting: str,
    setting_type: str,
    inspected_on: date,
    outcome: str,
    direction: str = "",
    published_on: date | None = None,
    is_own: bool = True,
    url: str = "",
    by: User,
) -> SettingInspection:
    """Enter the inspection of a home, an agency or a school for itself."""
    for kind, code in (("types", setting_type), ("outcomes", outcome)):
        if code not in setting_words(kind):
            raise Refused(f"There is no {code} among the {kind} of settings: choose from the list.")
    if direction and direction not in setting_words("directions"):
        raise Refused(f"There is no direction {direction}: choose from the list.")
    if inspected_on > today():
        raise Refused("An inspection is entered once it was made: the day lies ahead.")
    if SettingInspection.objects.filter(setting=setting.strip(), inspected_on=inspected_on).exists():
        raise Refused("The inspection of this setting on that day is there already.")
    made = SettingInspection.objects.create(
        setting=setting.strip(),
        setting_type=setting_type,
        inspected_on=inspected_on,
        published_on=published_on,
        outcome=outcome,
        direction=direction,
        is_own=is_own,
        url=url,
        entered_by=by,
        entered_at=now(),
    )
    record("setting_inspection.entered", made, by=by, changes={"outcome": outcome, "direction": direction})
    return made


def _refuse_bad_inspection(
    framework: str, starts_on: date, ends_on: date, published_on: date | None, grade: str
) -> None:
    frame = frameworks().get(framework)
    if frame is None:
        raise Refused(f"There is no framework {framework}: choose one of the list.")
    if not frame.holds(starts_on):
        raise Refused(f"The {frame.title.lower()} was not in use on that day: choose the one that was.")
    if ends_on < starts_on:
        raise Refused("Fieldwork ends on or after the day it starts.")
    if published_on and published_on < ends_on:
        raise Refused("A report is published after the fieldwork: check both days.")
    if grade and grade not in frame.grades:
        raise Refused(f"The {frame.title.lower()} has no such grade: choose one of its scale.")
    if grade and not published_on:
        raise Refused("A grade is entered with the day the report was published.")
