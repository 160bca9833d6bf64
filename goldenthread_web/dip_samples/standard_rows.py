"""Which rows of the standard do finished dip samples give, answer by answer?"""

from collections.abc import Iterable
from typing import Any

from goldenthread_web.dip_samples.models import DipSample, Line


def dip_samples() -> Iterable[dict[str, Any]]:
    """One row per finished dip sample."""
    found = DipSample.objects.filter(state=DipSample.State.FINISHED).order_by("id")
    for one in found.select_related("design_version__design", "sample"):
        yield {
            "sample_id": one.ref,
            "theme": one.design_version.design.code,
            "sampled_on": one.sample.drawn_on,
            "method": one.sample.method,
            "population_count": one.sample.population,
        }


def dip_sample_items() -> Iterable[dict[str, Any]]:
    """One row per child and item of a finished dip sample; without a result where the case was missed."""
    found = Line.objects.filter(dip_sample__state=DipSample.State.FINISHED).order_by("id")
    found = found.select_related("dip_sample__design_version", "child")
    for line in found.prefetch_related("answers", "dip_sample__design_version__items"):
        said = {answer.item_id: answer.said for answer in line.answers.all()}
        for item in line.dip_sample.design_version.items.all():
            yield {
                "sample_id": line.dip_sample.ref,
                "reference": line.child.reference,
                "item": item.code,
                "result": said.get(item.pk),
            }
