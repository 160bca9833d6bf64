"""How does an invented person answer? So that of a hundred as many agree as the story says."""


def answer(share: int, roll: int) -> str:
    """A code of the code set survey_answer; `roll` is a number under a hundred."""
    if roll < share:
        return "strongly_agree" if roll * 3 < share else "agree"
    left = (roll - share) / max(100 - share, 1)
    return "neither" if left < 0.4 else "disagree" if left < 0.8 else "strongly_disagree"
