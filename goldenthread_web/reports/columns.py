"""How wide is each column of a printed table? As its words ask for, the same in Word and PDF."""

from goldenthread_web.reports.documents import Text, said

WIDEST = 44  # of a column, in letters that count
A_LINE = 84  # letters from margin to margin
LONGEST_WORD = 14  # what is longer is broken
BESIDE = 3.6  # letters that the space beside the words takes
BOLD = 1.15  # how much wider a letter of a heading is


def shares(columns: tuple[str, ...], rows: tuple[tuple[Text, ...], ...]) -> list[float]:
    """Of each column: room for its longest word, and of what is left by how much it says. In letters."""
    by_column = [[said(row[at]) for row in rows] for at in range(len(columns))]
    least = [
        max(_longest(head) * BOLD, min(max(map(_longest, texts), default=0), LONGEST_WORD)) + BESIDE
        for head, texts in zip(columns, by_column, strict=True)
    ]
    most = [
        min(max(map(len, [head, *texts])), WIDEST) + BESIDE
        for head, texts in zip(columns, by_column, strict=True)
    ]
    wants = [max(0, much - room) for much, room in zip(most, least, strict=True)]
    left = max(0, A_LINE - sum(least)) / (sum(wants) or 1)
    return [round(room + left * want, 2) for room, want in zip(least, wants, strict=True)]


def _longest(text: str) -> int:
    return max(map(len, text.split(" ")))
