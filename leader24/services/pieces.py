"""A long text in pieces that can be sent one after the other."""


def of(text: str, longest: int) -> list[str]:
    """In order and in as few as will do, none longer than that: cut between paragraphs, else lines, else sentences,
    else words, and only where there is nothing else anywhere. The text has no empty ends."""
    found = []
    while len(text) > longest:
        end = _cut(text[: longest + 1], longest)
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*found, text]


def _cut(text: str, longest: int) -> int:
    """Where the first piece ends; not so early that the cut alone would double the number of pieces."""
    for between in ("\n\n", "\n", ". ", " "):
        end = text.rfind(between, longest // 2)
        if end >= 0:
            return min(end + len(between), longest)
    return longest
