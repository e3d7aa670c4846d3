"""Writes the history of a running session in a thread of its own: the session never waits for the disk, nor fails with it.

Each update is the whole state of the session so far. So one that was not yet written when the next comes is dropped, and one
that could not be written (a locked file, a full disk) is made good by the next: nothing has to be queued.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from formcheck.core.errors import HistoryError
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_
from formcheck.people.history.records import Entry, GuidedTime, Pain, SittingRecord, Stretch
from formcheck.system.paths import history_file
from formcheck.system.signals import join

EVERY_S = 0.5
"""Seconds between two writes at least: a crash may cost a second at most, and a disk needs no more wear than that."""

PATIENCE_S = 3.0
"""How long, in seconds, the beginning and the end of a session wait for the disk: a slow disk that spins up takes as long."""


def new_entry(plan: str, profile: str | None = None, **told: Any) -> Entry:
    """Return the entry of a session that begins now; `told` are further fields of `Entry`."""
    return Entry(id=uuid4().hex, started=datetime.now().astimezone(), version=__version__, plan=plan, profile=profile, **told)


class Record:
    """The entry of one session, as it grows.

    One that was cut off and goes on does so with a clock of its own, which begins `begins_s` after that of the entry; the pain
    that was told before stays.
    """

    def __init__(self, history: "History", entry: Entry, begins_s: float = 0.0) -> None:
        self._history = history
        self._entry = entry
        self._begins_s = begins_s
        self._earlier = entry.pains

    def update(self, stretches: Sequence[Stretch], pains: Sequence[Pain] = (), blocks: Sequence[GuidedTime] = ()) -> None:
        """Set the session's state: its stretches, pains and guided blocks so far, in order. Returns at once, never raises."""
        begins_s = self._begins_s
        done = [replace(one, started_s=one.started_s + begins_s) for one in stretches]
        guided = [replace(one, started_s=one.started_s + begins_s) for one in blocks]
        hurt = [*self._earlier, *(replace(one, time_s=one.time_s + begins_s) for one in pains)]
        self._put(replace(self._entry, stretches=tuple(done), pains=tuple(hurt), blocks=tuple(guided)))

    def sit(self, sitting: SittingRecord) -> None:
        """Set what has been counted at the desk so far. Returns at once, never raises."""
        self._put(replace(self._entry, sitting=sitting))

    def end(self) -> None:
        """Record that the session came to an orderly end."""
        self._put(replace(self._entry, ended=datetime.now().astimezone()))

    def _put(self, entry: Entry) -> None:
        if entry != self._entry:
            self._entry = entry
            self._history.put(entry)


class History:
    """Stores entries in the database at `path`. Nothing here raises: see `trouble`."""

    def __init__(self, path: Path) -> None:
        self.trouble: str | None = None
        """A sentence for the person while the session cannot be stored; else `None`."""
        self._path = path
        self._changed = threading.Condition()
        self._waiting: dict[str, Entry] = {}
        self._closing = threading.Event()
        self._tried = threading.Event()
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)

    @classmethod
    def open(cls) -> Self:
        """Return the person's own history, still to be entered."""
        return cls(history_file())

    def begin(self, entry: Entry, begins_s: float = 0.0) -> Record:
        """Begin to store the entry of a session; on return `trouble` says why it is not stored.

        `begins_s` is when the session goes on, for one that was cut off: seconds after it was begun.
        """
        self.put(entry)
        self._tried.wait(PATIENCE_S)
        return Record(self, entry, begins_s)

    def put(self, entry: Entry) -> None:
        """Queue `entry` for writing, in place of its earlier state."""
        with self._changed:
            self._waiting[entry.id] = entry
            self._changed.notify()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closing.set()
            self._changed.notify()
        join(self._thread, PATIENCE_S)

    def _run(self) -> None:
        from formcheck.people.history.database import Store

        store: Store | None = None
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing.is_set())
                entries, self._waiting = self._waiting, {}
                last = self._closing.is_set()
            try:
                for entry in entries.values():
                    store = store or Store(self._path).__enter__()  # a session that never began leaves no file
                    store.save(entry)
                self.trouble = None
            except HistoryError as error:
                self.trouble = N_("This session is not being kept. {error}").format(error=error)
                with self._changed:
                    self._waiting = entries | self._waiting
            self._tried.set()
            if last:
                break
            self._closing.wait(EVERY_S)
        if store is not None:
            store.__exit__(None, None, None)
