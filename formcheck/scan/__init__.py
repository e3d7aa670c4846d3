"""A clip looked at quickly: in pieces that any number of processes can share, at as many frames as the movement needs."""

from formcheck.scan.look import Task
from formcheck.scan.piece import Seen
from formcheck.scan.run import scan

__all__ = ["Seen", "Task", "scan"]
