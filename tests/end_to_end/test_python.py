"""Python as people use it: every example of the page and of the docstrings, a plain script, a prompt, a notebook, two
threads.
"""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import formcheck
from formcheck import api
from formcheck.analysis.scoring import comparison
from formcheck.core.errors import SourceError
from formcheck.pipeline.outputs.formats import movement_dataset
from formcheck.vision import engines
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
@pytest.mark.parametrize(("module", "at_least"), [(api, 8), (comparison, 3), (engines, 2), (movement_dataset, 3)])
def test_the_examples_of_the_docstrings_tell_the_truth(
    module: ModuleType, at_least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "ENGINES", dict(engines.ENGINES))
    found = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted >= at_least
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


def test_of_many_clips_one_that_is_not_there_keeps_no_other(tmp_path: Path) -> None:
    missing = [tmp_path / "none.mp4", tmp_path / ("long" * 100)]
    found = {one.path: one for one in formcheck.score_many([missing[0], REPO / CLIP, missing[1], REPO / CLIP])}
    assert found.keys() == {str(REPO / CLIP), *map(str, missing)}
    assert found[str(REPO / CLIP)].document is not None
    for path in missing:
        assert found[str(path)].document is None
        assert (found[str(path)].error or "").startswith("cannot be read (")
    with pytest.raises(SourceError, match="there is no such file"):
        formcheck.score_many(missing)


def test_progress_ends_a_clip_early(tmp_path: Path) -> None:
    done: list[float] = []

    def until(at_s: float, of_s: float | None) -> bool:
        done.append(at_s)
        return at_s < 2.0

    result = formcheck.score(SAMPLES / "kneeling_hip_flexor.mp4", every_frame=True, on_progress=until)
    assert done[-1] >= 2.0
    assert result.document.clip.duration_s < 20.0


KNEELING = "kneeling_hip_flexor"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: formcheck.score(CLIP, side="Left"), "side: 'Left'"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, stretch=[]), r"stretch: \[\] is none"),
        (lambda: formcheck.score(CLIP, stretch=None), "stretch: None is none"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, stretch=[KNEELING, "nope"]), "no stretch called 'nope'|no pose called 'nope'|'nope'"),
        (lambda: formcheck.score(CLIP, model=Path("none.task")), "there is no file none.task"),
        (lambda: formcheck.score(CLIP, outputs="a.csv"), "outputs: 'a.csv' names no kind"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, outputs=["json"]), "names no kind"),  # type: ignore[list-item]
        (lambda: formcheck.score(CLIP, outputs={"landmarks": "seen.parquet"}), "seen.parquet: --landmarks writes .csv or .trc"),
        (lambda: formcheck.score(CLIP, outputs=5), "outputs: 5 names no kind"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, outputs={"json": None}), "path: None is none"),  # type: ignore[dict-item]
        (lambda: formcheck.score(CLIP, profile=5), "5: the name of a profile"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, from_s="0:01"), "from_s: '0:01' is no number"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, from_s=None), "from_s: None is no number"),  # type: ignore[arg-type]
        (lambda: formcheck.detect(CLIP, to_s="3"), "to_s: '3' is no number"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, mirror="no"), "mirror: 'no' is none. Give True or False"),  # type: ignore[arg-type]
        (lambda: formcheck.detect(CLIP, mirror=None), "mirror: None is none"),  # type: ignore[arg-type]
        (lambda: formcheck.score_many([CLIP], strict=np.ones(2)), "strict: array"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, every_frame="yes"), "every_frame: 'yes' is none"),  # type: ignore[arg-type]
        (lambda: formcheck.score(CLIP, jobs="2"), "jobs: '2' is not a number of processes"),  # type: ignore[arg-type]
        (lambda: formcheck.tune([CLIP], KNEELING, keep=5), "keep: 5 is none. Give a list of names"),  # type: ignore[arg-type]
        (lambda: formcheck.tune([CLIP], None), "name_or_path: None is none"),  # type: ignore[arg-type]
        (lambda: formcheck.load_stretch(None), "name_or_path: None is none"),  # type: ignore[arg-type]
        (lambda: formcheck.evaluate([CLIP], part="Test"), "part: 'Test' is none"),  # type: ignore[arg-type]
        (lambda: formcheck.score_many([CLIP], speed="0.5"), "speed: '0.5' is no number"),  # type: ignore[arg-type]
        (lambda: formcheck.compare("a.mp4", "b.mp4"), r"a: 'a.mp4' is none. Give what score returned"),  # type: ignore[arg-type]
        (lambda: formcheck.write_report(CLIP, "page.html"), "result: 'samples.* is none"),  # type: ignore[arg-type]
        (lambda: formcheck.write_landmarks(CLIP, "seen.csv"), "recording: 'samples.* is none"),  # type: ignore[arg-type]
        (lambda: formcheck.read_landmarks("seen.csv", layout={}), "layout: {} is none"),  # type: ignore[arg-type]
        (lambda: list(formcheck.analyze(5)), "landmarks: 5 is no moment"),  # type: ignore[arg-type]
        (lambda: list(formcheck.analyze([(1, 2, 3)])), r"landmarks: \(1, 2, 3\) is no moment"),  # type: ignore[list-item]
        (lambda: list(formcheck.analyze([(0, None)])), r"landmarks: \(0, None\) is no moment"),  # type: ignore[list-item]
        (lambda: list(formcheck.analyze([(0, [5])])), r"landmarks: \(0, \[5\]\) is no moment"),  # type: ignore[list-item]
        (lambda: list(formcheck.analyze(np.zeros((3, 2)))), "landmarks: array.* is no moment"),
        (lambda: list(formcheck.analyze([("0:01", ())])), "A moment at 0:01 s"),  # type: ignore[list-item]
        (lambda: formcheck.score(CLIP, jobs=-1), "jobs: -1"),
        (lambda: formcheck.score(CLIP, jobs=1.5), "jobs: 1.5"),  # type: ignore[arg-type]
        (lambda: formcheck.detect(CLIP, jobs="two"), "jobs: 'two'"),  # type: ignore[arg-type]
        (lambda: formcheck.score_many([CLIP], jobs=-1), "jobs: -1"),
        (lambda: formcheck.evaluate([CLIP], jobs=-1), "jobs: -1|no label|labels"),
        (lambda: formcheck.score_many([]), "No clip was given"),
        (lambda: formcheck.evaluate([]), "No clip was given"),
        (lambda: formcheck.tune([], KNEELING), "No clip was given"),
        (lambda: formcheck.score_many("none.mp4"), "^none.mp4: there is no such file"),
        (lambda: formcheck.detect("seen.csv"), "is a table of landmarks already"),
        (lambda: formcheck.analyze([], "nope"), "'nope'"),
        (lambda: list(formcheck.analyze([(0.5, ()), (0.4, ())])), "A moment at 0.4 s after one at 0.5 s"),
        (lambda: list(formcheck.analyze([(float("nan"), ())])), "A moment at nan s"),
        (lambda: formcheck.register_engine("full", "a.b:c"), "'full' can't be an engine's name"),
        (lambda: formcheck.register_engine("a:b", "a.b:c"), "'a:b' can't be an engine's name"),
    ],
)
@pytest.mark.usefixtures("checkout")
def test_a_wrong_argument_is_named_in_a_sentence(call: Callable[[], object], said: str) -> None:
    with pytest.raises(formcheck.FormcheckError, match=said):
        call()


@pytest.mark.parametrize("given", [None, "", b"clip.mp4", 5, [CLIP], {"clip": CLIP}, np.zeros(1000)], ids=type)
@pytest.mark.parametrize(
    "call",
    [
        formcheck.score,
        formcheck.detect,
        formcheck.calibrate,
        formcheck.read_landmarks,
        lambda given: formcheck.score_many([given]),
        lambda given: formcheck.evaluate([given]),
    ],
)
def test_what_is_no_path_is_told_as_such(call: Callable[[object], object], given: object) -> None:
    with pytest.raises(SourceError, match=r"^path: .* is none\. Give one, as") as caught:
        call(given)
    assert len(str(caught.value)) < 200


def test_a_measure_of_this_process_is_scored_by_it(checkout: Path, spare_measures: None) -> None:
    def leaning(_facing: int, hip: tuple[float, float], knee: tuple[float, float]) -> float:
        return 10.0 * (hip[1] - knee[1])

    formcheck.register_measure(
        formcheck.Measure(
            name="leaning_here",
            joints=("front_hip", "front_knee"),
            formula=leaning,
            zero="level",
            positive="hip above the knee",
            meaning="how far the hip is above the front knee",
            short="lean",
            label_joint="front_knee",
        )
    )
    pose = checkout / f"{KNEELING}.toml"
    text = (REPO / "poses" / f"{KNEELING}.toml").read_text(encoding="utf-8")
    shape = '[[shape]]\nmeasure = "leaning_here"\nrange = [-90, 90]\n\n'
    pose.write_text(text.replace("[[shape]]", f"{shape}[[shape]]", 1), encoding="utf-8")
    (one,) = formcheck.score_many(CLIP, stretch=pose)
    results = [
        formcheck.score(CLIP, stretch=pose, jobs=2),
        formcheck.score(formcheck.detect(CLIP, stretch=pose), stretch=pose),
    ]
    assert one.document is not None
    assert one.document.score is not None
    assert [result.score for result in results] == [one.document.score] * 2
    assert np.isfinite(results[0].measurements()["leaning_here"]).any()
