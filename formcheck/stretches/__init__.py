"""What is asked, as files: a pose file is one stretch, a block file a guided time, a routine file several of them in order.

Exported here is what a stretch is; blocks, routines, checks and programmes lie beside it, and so does reading and finding
files (`stretches.files`, `stretches.block_files`, ...).
"""

from formcheck.stretches.spec import Fault, Limit, Norm, ShapeRange, StretchSpec, Target

__all__ = ["Fault", "Limit", "Norm", "ShapeRange", "StretchSpec", "Target"]
