"""How far somebody gets, what is asked of them for it, and whether it has changed."""

from formcheck.reach.edge import Asked, asked
from formcheck.reach.outings import Outing, outings, percentile
from formcheck.reach.trend import SESSIONS, Trend, trend

__all__ = ["SESSIONS", "Asked", "Outing", "Trend", "asked", "outings", "percentile", "trend"]
