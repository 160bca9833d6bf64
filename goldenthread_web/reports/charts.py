"""How is a chart of a report drawn: on a page as SVG, in a file as a picture that carries its own look?"""

from functools import lru_cache

from markupsafe import Markup

from goldenthread_web.reports.documents import Chart
from goldenthread_web.ui.drawing import trend

# What the stylesheet of the service says of a chart, for where there is no stylesheet.
LOOK = (
    "text{font-family:'Libertinus Serif','Roboto',serif;font-size:16px;fill:#44505a}"
    ".gt-chart__grid{stroke:#e4e9ed}.gt-chart__target{stroke:#1b6b3a;stroke-width:1.5;stroke-dasharray:7 4}"
    ".gt-chart__line{fill:none;stroke:#1d4f7c;stroke-width:2.25;stroke-linejoin:round}"
    ".gt-chart__dot,.gt-chart__line-alone,.gt-chart__last{fill:#1d4f7c}"
    "text.gt-chart__target-word{fill:#1b6b3a}"
    "text.gt-chart__value{fill:#0b0c0c;font-weight:700;font-size:18px}"
)


def drawn(chart: Chart, *, is_small: bool = False) -> Markup:
    """The months as SVG; nothing where fewer than two are known. `is_small`: for a printed page."""
    if sum(value is not None for value in chart.values) < 2:
        return Markup("")
    return trend(
        chart.values,
        chart.months,
        alternative(chart),
        unit="%" if chart.is_percent else "",
        target=chart.target,
        ceiling=100 if chart.is_percent else None,
        small=is_small,
    )


def alternative(chart: Chart) -> str:
    """What the picture shows, for those who do not see it: the sentence, and where the numbers stand."""
    return f"Chart: {chart.title}. {chart.sentence} Every number is in the table below."


@lru_cache(maxsize=64)
def picture(chart: Chart) -> bytes:
    """The months as PNG for a file, its letters no smaller than those beside it; empty where there is nothing
    to draw. The same chart, the same bytes.
    """
    import vl_convert  # only files are drawn so; pages need not wait for it

    svg = str(drawn(chart, is_small=True))
    if not svg:
        return b""
    opening = svg.index(">") + 1
    ground = f'<style>{LOOK}</style><rect width="100%" height="100%" fill="#ffffff"/>'
    named = svg[:opening].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return vl_convert.svg_to_png(f"{named}{ground}{svg[opening:]}", scale=3.0)
