"""formcheck: a posture and stretch form checker for an ordinary webcam."""

from formcheck.core.version import __version__ as __version__
