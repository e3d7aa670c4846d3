"""Routine files: several stretches in order, with sides, repetitions and rests."""

from formcheck.routine.expand import Bout, duration_s, expand
from formcheck.routine.load import RoutineError, find, known, load_all, specs_of
from formcheck.routine.spec import Routine, Step

__all__ = [
    "Bout",
    "Routine",
    "RoutineError",
    "Step",
    "duration_s",
    "expand",
    "find",
    "known",
    "load_all",
    "specs_of",
]
