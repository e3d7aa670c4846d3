"""The check files: shipped ones in `checks/` beside the pose files, and the person's own in their data folder."""

from formcheck.core.errors import PoseFileError
from formcheck.core.wording.language import N_
from formcheck.stretches.checks import CheckSpec, check_text
from formcheck.stretches.files import NamedFiles
from formcheck.system.paths import checks_folder

CHECKS: NamedFiles[CheckSpec] = NamedFiles(
    kind=N_("check"),
    kind_of_file=N_("check file"),
    folder="checks",
    own=checks_folder,
    key="readings",
    error=PoseFileError,
    check=lambda text, path: check_text(text, name=path.stem),
)
