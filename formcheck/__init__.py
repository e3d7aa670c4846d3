"""formcheck: a posture and stretch form checker for an ordinary webcam."""

__version__ = "0.1.0"
