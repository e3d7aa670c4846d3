"""What was done, kept in the data folder of the person as it happens.

`store` (and with it SQLAlchemy) is imported by those who read, and by the writer's own thread.
"""

from formcheck.people.history.errors import HistoryError
from formcheck.people.history.records import Answer, Entry, Pain, Stretch, Total
from formcheck.people.history.writer import History, Record
from formcheck.system.paths import history_file

__all__ = ["Answer", "Entry", "History", "HistoryError", "Pain", "Record", "Stretch", "Total", "history_file"]
