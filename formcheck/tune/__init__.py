"""Running over labelled clips to fit ranges to them, and telling and writing what came out."""

from formcheck.tune.problems import TuneError, telling_apart
from formcheck.tune.report import write_report
from formcheck.tune.run import Tuned, Work, tune
from formcheck.tune.write import edited

__all__ = ["TuneError", "Tuned", "Work", "edited", "telling_apart", "tune", "write_report"]
