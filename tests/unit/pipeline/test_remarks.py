"""What is said of a clip beside its score."""

import pytest

from formcheck.core import wording
from formcheck.pipeline.remarks import remarks_of
from formcheck.testing import kneeling, turned
from tests.support.reports import reported
from tests.support.scenes import scene
from tests.support.specs import KNEELING


@pytest.mark.parametrize("still", [False, True])
@pytest.mark.parametrize(("yaw", "oblique"), [(0.0, False), (25.0, True)])
def test_whoever_is_turned_from_side_on_is_told_of_a_photo_as_of_a_clip(yaw: float, *, oblique: bool, still: bool) -> None:
    body = turned(kneeling(), yaw)
    result = reported(KNEELING, [(0.0, (body,))] if still else scene((3, body)), still=still).result
    said = list(remarks_of(result))
    assert (wording.TURNED_PHOTO in said) is (oblique and still)
    assert any(sentence.startswith("Turned from the camera") for sentence in said) is oblique
