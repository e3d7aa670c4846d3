"""What is asked, as files: a pose file is one stretch, a routine file several of them in order.

Only what is pure is exported here; reading and finding files is `stretches.files` and `stretches.routine_files`.
"""

from formcheck.stretches.routine import Bout, Routine, Step, duration_s, expand
from formcheck.stretches.spec import Fault, Limit, PoseSpec, ShapeRange, Target

__all__ = ["Bout", "Fault", "Limit", "PoseSpec", "Routine", "ShapeRange", "Step", "Target", "duration_s", "expand"]
