"""What is asked, as files: a pose file is one stretch, a routine file several of them in order.

Only what is pure is exported here; reading and finding files is `stretches.files` and `stretches.routine_files`.
"""

from formcheck.stretches.routine import Bout, Routine, Step, duration_s, expand
from formcheck.stretches.spec import Fault, Limit, Norm, ShapeRange, StretchSpec, Target

__all__ = ["Bout", "Fault", "Limit", "Norm", "Routine", "ShapeRange", "Step", "StretchSpec", "Target", "duration_s", "expand"]
