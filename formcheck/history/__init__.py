"""What was done, kept in the data folder of the person as it happens.

`store` (and with it SQLAlchemy) is imported by those who read, and by the writer's own thread.
"""

from formcheck.history.place import history_file
from formcheck.history.trouble import HistoryError
from formcheck.history.values import Answer, Entry, Pain, Stretch, Total
from formcheck.history.writer import History, Record

__all__ = ["Answer", "Entry", "History", "HistoryError", "Pain", "Record", "Stretch", "Total", "history_file"]
