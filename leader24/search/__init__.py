"""Finds conversations by words, beginnings, phrases and phone fragments, newest first.

Knows no database: it is given entries, and gives back ids. Whatever it holds can be built again at any time.
"""

from leader24.search.entries import Entry, Text
from leader24.search.folders import Missing, Outdated, RebuildFailed, create, rebuild, switch
from leader24.search.index import All, Found, Hit, Index
from leader24.search.passages import Passage, passage
from leader24.search.query import Query, parse
from leader24.search.store import Damaged

__all__ = [
    "All",
    "Damaged",
    "Entry",
    "Found",
    "Hit",
    "Index",
    "Missing",
    "Outdated",
    "Passage",
    "Query",
    "RebuildFailed",
    "Text",
    "create",
    "parse",
    "passage",
    "rebuild",
    "switch",
]
