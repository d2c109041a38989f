"""What was typed cannot be taken."""


class Refused(Exception):
    """`code` says why, for the page: see pages/words.py. Nothing was stored; what was typed is still there."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
