"""What is asked, as files: a pose file is one stretch, a block file a guided time, a routine file several of them in order.

Only what is pure is exported here; reading and finding files is `stretches.files`, `stretches.block_files` and
`stretches.routine_files`.
"""

from formcheck.stretches.blocks import BlockPhase, BlockSpec, PressedArea, Pressure
from formcheck.stretches.routine import BlockBout, Bout, Routine, Step, block_bouts, duration_s, expand
from formcheck.stretches.spec import Fault, Limit, Norm, ShapeRange, StretchSpec, Target

__all__ = [
    "BlockBout",
    "BlockPhase",
    "BlockSpec",
    "Bout",
    "Fault",
    "Limit",
    "Norm",
    "PressedArea",
    "Pressure",
    "Routine",
    "ShapeRange",
    "Step",
    "StretchSpec",
    "Target",
    "block_bouts",
    "duration_s",
    "expand",
]
