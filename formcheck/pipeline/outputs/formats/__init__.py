"""Files and datasets in the formats of the field: what they need beside formcheck is an extra, asked for before any work."""

import importlib
from types import ModuleType

from formcheck.core import wording
from formcheck.core.errors import OutputError


def extra_module(name: str, *, extra: str, what: str) -> ModuleType:
    """Return the module `name`, which comes with an extra of formcheck. Raises OutputError where it is not installed.

    `what` needs it, as the sentence about that begins.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        raise OutputError(wording.EXTRA_NEEDED.format(what=what, package=package, extra=extra)) from None
