"""The history of sessions, stored in the person's data folder as they happen.

`database` (and with it SQLite) is imported where the history is read, and by the writer's own thread.
"""

from formcheck.people.history.checks import CheckRecord
from formcheck.people.history.records import (
    Answer,
    Decided,
    Entry,
    GuidedTime,
    GuidedTotal,
    Pain,
    SittingRecord,
    Stretch,
    Total,
)
from formcheck.people.history.writer import History

__all__ = [
    "Answer",
    "CheckRecord",
    "Decided",
    "Entry",
    "GuidedTime",
    "GuidedTotal",
    "History",
    "Pain",
    "SittingRecord",
    "Stretch",
    "Total",
]
