"""Named quantities of a body in degrees, from the landmarks of one frame."""

from formcheck.core.measures.accuracy import ReadingErrors as ReadingErrors
from formcheck.core.measures.facing import facing_evidence as facing_evidence
from formcheck.core.measures.facing import near_leg as near_leg
from formcheck.core.measures.joints import BodyLike as BodyLike
from formcheck.core.measures.joints import MeasuredBody as MeasuredBody
from formcheck.core.measures.joints import Roles as Roles
from formcheck.core.measures.joints import body_of as body_of
from formcheck.core.measures.joints import joint_state as joint_state
from formcheck.core.measures.joints import locate as locate
from formcheck.core.measures.joints import outweighing as outweighing
from formcheck.core.measures.joints import overlapping as overlapping
from formcheck.core.measures.joints import size_of as size_of
from formcheck.core.measures.registry import MEASURES as MEASURES
from formcheck.core.measures.registry import register_measure as register_measure
from formcheck.core.measures.table import BodyPart as BodyPart
from formcheck.core.measures.table import Measure as Measure
from formcheck.core.measures.table import SidedMeasure as SidedMeasure
from formcheck.core.measures.table import measure as measure
from formcheck.core.measures.table import missing as missing
from formcheck.core.measures.table import sided as sided
