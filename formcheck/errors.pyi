# The module is an alias that `formcheck` makes at run time; type checkers look here.
from formcheck.core.errors import *  # noqa: F403
