"""Run the program over known material and count: labelled clips, labelled photographs, recorded joint angles."""

from formcheck.evaluate.clips import evaluate_clip
from formcheck.evaluate.document import as_document
from formcheck.evaluate.motion import Motion, evaluate_motion, motions_in
from formcheck.evaluate.photos import PhotoSums, evaluate_photos

__all__ = ["Motion", "PhotoSums", "as_document", "evaluate_clip", "evaluate_motion", "evaluate_photos", "motions_in"]
