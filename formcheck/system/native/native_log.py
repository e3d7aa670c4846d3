"""Messages of native libraries, sent away from the person's terminal."""

import logging
import os
import sys


def silence_native_messages(*, verbose: bool = False) -> None:
    """Point file descriptor 2 at the null device, and Python's own `sys.stderr` and logging to where these went before.

    MediaPipe and TFLite log to the C-level stderr, which no Python setting reaches. `verbose` leaves everything as it is.
    """
    if verbose:
        return
    try:
        stored = os.dup(2)
    except OSError:
        return  # started without a stderr at all
    before = sys.stderr
    before.flush()
    sys.stderr = os.fdopen(stored, "w", buffering=1, encoding=before.encoding, errors=before.errors)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    for logger in (logging.root, *logging.root.manager.loggerDict.values()):
        for handler in getattr(logger, "handlers", ()):
            if isinstance(handler, logging.StreamHandler) and handler.stream is before:
                handler.setStream(sys.stderr)
