"""Notices on the desktop, with buttons, through the notification service of the system.

The library speaks to that service in a thread of its own. A desktop that has none, or a library that fails, is never a reason
for anything else to stop: `trouble` says that there are no notices.
"""

import asyncio
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any, Self

from formcheck.core import wording
from formcheck.core.wording.language import N_, shown
from formcheck.system.signals import join

SHOWN_WITHIN_S = 3.0
"""A service that takes longer than this does not answer."""

_LEAVE_S = 1.0
_SENDER = "formcheck"


class Notices:
    """Shows notices while it is entered. Nothing here raises: see `trouble`."""

    def __init__(self) -> None:
        self.trouble: str | None = None
        """A sentence for the person while no notice can be shown; else `None`."""
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="notices", daemon=True)
        self._notifier: Any = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        join(self._thread, _LEAVE_S)
        if not self._thread.is_alive():
            self._loop.close()

    def show(self, title: str, text: str, buttons: Mapping[str, Callable[[], None]], *, sound: bool = False) -> bool:
        """Show a notice; return whether it was taken. What a button leads to is called in another thread."""
        showing = asyncio.run_coroutine_threadsafe(self._send(title, text, buttons, sound=sound), self._loop)
        try:
            reason = showing.result(SHOWN_WITHIN_S)
        except Exception as error:  # of many kinds, each system has its own
            showing.cancel()
            reason = _told(error)
        self.trouble = wording.NO_NOTICES.format(reason=reason) if reason is not None else None
        return reason is None

    async def _send(self, title: str, text: str, buttons: Mapping[str, Callable[[], None]], *, sound: bool) -> str | None:
        """Show a notice; return why that failed."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from desktop_notifier import DEFAULT_SOUND, Button, DesktopNotifier

        if self._notifier is None:
            self._notifier = DesktopNotifier(app_name=_SENDER)
        taken: list[bool] = []
        with _warnings_kept() as kept:
            with suppress(Exception):
                await self._notifier.clear_all()  # an older one that was not looked at says what is no longer so
            await self._notifier.send(
                title=shown(title),
                message=shown(text),
                buttons=[Button(title=shown(label), on_pressed=act) for label, act in buttons.items()],
                sound=DEFAULT_SOUND if sound else None,
                on_dispatched=lambda: taken.append(True),
            )
        return None if taken else (kept.reason or N_("no answer"))


class _KeptWarnings(logging.Handler):
    """What the library writes to its log, where it says why it failed; on the terminal it would be a traceback."""

    reason: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.reason = _told(error) if error is not None else record.getMessage()


@contextmanager
def _warnings_kept() -> Iterator[_KeptWarnings]:
    log, kept = logging.getLogger("desktop_notifier"), _KeptWarnings()
    log.addHandler(kept)
    log.propagate = False
    try:
        yield kept
    finally:
        log.removeHandler(kept)


def _told(error: BaseException) -> str:
    return str(error).strip().rstrip(".") or type(error).__name__
