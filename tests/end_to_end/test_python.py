"""Python as people use it: every example of the page and of the docstrings, a plain script, a prompt, a notebook, two
threads.
"""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import formcheck
from formcheck import api
from tests.support.clips import REPO, SAMPLES

pytestmark = pytest.mark.heavy

CLIP = "samples/kneeling_short_hold_p8.mp4"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the samples and pose files in it, which may be written to."""
    for name in ("samples", "poses", "README.md"):
        (tmp_path / name).symlink_to(REPO / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def examples(page: Path) -> Iterator[str]:
    yield from re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.usefixtures("spare_measures")
def test_the_examples_of_the_page_run_one_after_the_other(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    blocks = list(examples(REPO / "docs" / "python.md"))
    assert len(blocks) >= 8
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)  # noqa: S102 - that is what is tried
    assert (checkout / "extension.png").stat().st_size > 5000


@pytest.mark.usefixtures("checkout")
def test_the_examples_of_the_docstrings_tell_the_truth() -> None:
    found = doctest.testmod(api, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted >= 8
    assert found.failed == 0


def test_every_public_name_is_there_and_described() -> None:
    for name in formcheck.__all__:
        value = getattr(formcheck, name)
        assert name.startswith("__") or (value.__doc__ or "").strip(), name
    taken = {path.stem for path in (REPO / "formcheck").iterdir()}
    assert not taken & set(formcheck.__all__), "a package of that name would hide it once it is imported"
    with pytest.raises(AttributeError, match="has no attribute 'scores'"):
        formcheck.scores  # noqa: B018


def run(code: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = folder / "script.py"
    script.write_text(code)
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    return subprocess.run(
        [sys.executable, *options, str(script)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("options", [(), ("-i",)], ids=["script", "prompt"])
def test_an_unguarded_script_runs_once_and_prints_nothing_but_its_own(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Worker processes do not import it, and what native libraries print stays with them."""
    code = f"print('begun')\nfrom formcheck import score\nprint(score({str(REPO / CLIP)!r}, jobs=2).document.pose)\n"
    done = run(code, tmp_path, *options)
    assert done.stdout.splitlines() == ["begun", "kneeling_hip_flexor"]
    assert done.stderr.replace(">>>", "").strip() == ""


def test_photos_and_every_frame_print_nothing_either(tmp_path: Path) -> None:
    code = f"from formcheck import score\nprint(score({str(REPO / CLIP)!r}, every_frame=True).document.pose)\n"
    done = run(code, tmp_path)
    assert (done.stdout, done.stderr) == ("kneeling_hip_flexor\n", "")


def test_a_notebook(tmp_path: Path) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    notebook = nbformat.v4.new_notebook()
    code = (
        f"from formcheck import score\nresult = score({str(REPO / CLIP)!r})\n"
        "result.document.pose, result.measurements()['time_s'].shape"
    )
    notebook.cells = [nbformat.v4.new_code_cell(code)]
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    (output,) = notebook.cells[0].outputs
    assert output["data"]["text/plain"].startswith("('kneeling_hip_flexor', (")


def test_two_threads() -> None:
    clips = [SAMPLES / "kneeling_short_hold_p8.mp4", SAMPLES / "supine_psoas.mp4"]
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda clip: formcheck.score(clip).document.pose, clips))
    assert found == ["kneeling_hip_flexor", "supine_psoas"]


def test_errors_are_of_one_kind(tmp_path: Path) -> None:
    from formcheck.errors import FormcheckError, PoseFileError, SourceError

    with pytest.raises(SourceError, match="there is no such file"):
        formcheck.score(tmp_path / "none.mp4")
    with pytest.raises(PoseFileError, match="did you mean"):
        formcheck.load_stretch("supine_psoaz")
    with pytest.raises(FormcheckError, match="There is no output 'film'"):
        formcheck.score(REPO / CLIP, outputs={"film": tmp_path / "a.mp4"})
    with pytest.raises(FormcheckError, match="is the clip itself"):
        formcheck.score(REPO / CLIP, outputs={"annotate": REPO / CLIP})
    assert list(tmp_path.iterdir()) == []


def test_progress_ends_a_clip_early(tmp_path: Path) -> None:
    done: list[float] = []

    def until(at_s: float, of_s: float | None) -> bool:
        done.append(at_s)
        return at_s < 2.0

    result = formcheck.score(SAMPLES / "kneeling_hip_flexor.mp4", every_frame=True, on_progress=until)
    assert done[-1] >= 2.0
    assert result.document.clip.duration_s < 20.0
