"""Does a text hold what would identify a child? Numbers and addresses that have a shape are pointed out."""

import re

_SHAPES = {
    "This looks like an NHS number.": re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b"),
    "This looks like a unique pupil number.": re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]\b"),
    "This looks like a postcode.": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE),
    "This looks like a telephone number.": re.compile(
        r"(?<!\d)(0|\+44 ?)\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)"
    ),
    "This looks like an e-mail address.": re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"),
    "This looks like a date of birth.": re.compile(
        r"\b(dob|d\.o\.b|born|date of birth)\b[^.\n]{0,20}\d", re.IGNORECASE
    ),
}


def warnings_about(text: str) -> list[str]:
    """One sentence for each kind of detail that the text seems to hold."""
    return [sentence for sentence, shape in _SHAPES.items() if shape.search(text)]
