"""What is asked when a child is handed to a worker?"""

from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.supervision.forms import day_field, words_field


class DirectionForm(CheckedTexts):
    """What to do first, by when, and by when the first visit."""

    texts = ("first",)
    given_on = day_field("Direction given on")
    first = words_field("What is the worker to do first, and why?", rows=5)
    first_by_on = day_field("By when?")
    first_visit_by_on = day_field("First visit by")
