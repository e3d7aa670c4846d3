from pathlib import Path

import pytest

from formcheck.core.errors import OutputError
from formcheck.pipeline.outputs.report import check_linkable
from formcheck.vision.video import open_clip
from tests.unit.vision.test_as_filmed import rated


@pytest.mark.parametrize(("rate", "linked"), [("240", False), ("30", True)])
def test_slow_motion_is_not_linked_as_it_plays_at_another_pace(rate: str, linked: bool, tmp_path: Path) -> None:
    with open_clip(rated(tmp_path / "clip.mp4", {"com.android.capture.fps": rate}, fps=30)) as source:
        if linked:
            check_linkable(source)
        else:
            with pytest.raises(OutputError, match="--link-video plays a clip as it is"):
                check_linkable(source)
