"""Names and places: no old name is left, no name stands for two things, and the packages keep their order."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import formcheck

REPO = Path(__file__).resolve().parents[2]
PACKAGE = REPO / "formcheck"
CODE = sorted(PACKAGE.rglob("*.py"))
PYTHON = [
    *CODE,
    *(path for folder in ("tests", "benchmarks", "samples") for path in sorted((REPO / folder).rglob("*.py"))),
    *sorted((REPO / "docs").glob("*.py")),
]
TEXTS = [path for path in (*PYTHON, REPO / "README.md", REPO / "CONTRIBUTING.md") if path != Path(__file__)]

MODULES = """
core: errors<-outputs/missing geometry<-geometry interfaces<-ports lighting<-light smoothing<-smoothing values<-values
core/measures: facing<-measures/facing joints<-measures/body table<-measures/table
system: display<-outputs/display files<-files
    paths<-datafolder,history/place processes<-workers,cli/apart signals<-cli/stop
system/native: audio_lib<-soundlib media_libs<-media native_log<-quiet
stretches: files<-posefile/load,cli/given routine<-routine/spec,routine/expand routine_files<-routine/load spec<-posefile/spec
    validation<-validation
vision/video: file<-sources/video photo<-sources/photo pixels<-sources/planes,thumbs random_access<-sources/reel
    sparse_reader<-sources/skim writer<-outputs/film
vision/camera: address<-sources/camera/address backend<-sources/camera/lens camera<-sources/camera/capture
    latest<-sources/camera/newest listing<-sources/camera/listing network<-sources/camera/stream usb<-sources/camera/device
vision/engines: wrappers<-engines/sparing,engines/around,engines/early
vision/engines/mediapipe: bundle<-engines/bundle download<-engines/packages landmarker<-engines/blazepose
    models<-engines/model prune<-engines/slim
vision/sampling: interpolation<-sampling/between motion<-sampling/stillness pace<-sampling/pace
analysis: analyzer<-session assessment<-assess cues<-feedback hold_timer<-hold stretch_tracker<-track two_rate_analyzer<-grains
analysis/view: camera_view<-view leg_occlusion<-legs subject<-follow,spotlight
analysis/baseline: capture<-baseline/taking offsets<-baseline/offsets,baseline/lengths validity<-baseline/fit
analysis/scoring: document<-scoring/document result<-scoring/result tally<-scoring/tally
coaching: agenda<-practice/agenda events<-practice/stage
    flow<-practice/course,practice/phases frame_observer<-practice/watch,practice/lowness guided_session<-practice/practice
    presenter<-practice/staging,practice/reading,practice/breathing tasks<-practice/progress,practice/tasks
coaching/readings: calibration<-practice/calibration
coaching/guidance: announcements<-practice/announcer,practice/speech phrases<-practice/words
    setup<-practice/setup,practice/guide
people: person<-cli/person profile<-profile/kept,profile/spec progression<-reach/edge,reach/outings,reach/trend
people/history: database<-history/store errors<-history/trouble records<-history/values tables<-history/tables
    writer<-history/writer
people/safety: answers<-safety/kept questions<-safety/questions
ui: terminal_keys<-live/keyboard
ui/drawing: overlay<-overlay shapes<-marks text_metrics<-letters
ui/screen: bars<-screen/bars cached<-screen/once dial<-screen/dial gauges<-screen/gauges places<-screen/rooms,screen/box
    scene<-screen/layout silhouette<-screen/posture,screen/silhouette text<-screen/words
ui/opencv: base_window<-outputs/pane live_window<-outputs/window,outputs/canvas painter<-outputs/paint sprites<-outputs/sprite
ui/audio: chimes<-outputs/chimes loudspeaker<-outputs/loudspeaker player<-outputs/sound,outputs/tape speak<-outputs/mouth
    speech_queue<-outputs/turns voice<-outputs/voice
pipeline: clip<-app landmark_cache<-sightings
pipeline/parallel: detect<-scan/look run<-scan/run,scan/board segments<-scan/piece
pipeline/outputs: annotated<-outputs/annotated base<-outputs/whole collector<-outputs/kept csv_table<-outputs/table
    json_document<-outputs/document
pipeline/batch: cluster<-batch/cluster discovery<-batch/finding journal<-batch/journal,batch/lines
    run<-batch/run,batch/job
pipeline/live: plan<-cli/plan recorder<-live/record results<-live/report,live/diary,live/chapters
    session<-live/run,live/calibrate worker<-live/worker
tuning: edit_pose_file<-tune/write labels<-labels report<-tune/report,tune/words run<-tune/run,tune/clips,tune/problems
tuning/evaluation: compare<-evaluation/compare counts<-evaluation/counts,evaluate/document run<-evaluate/clips
    motion<-evaluate/motion photos<-evaluate/photos
tuning/fitting: comparison<-tuning/judge error_model<-tuning/errors evidence<-tuning/evidence limits<-tuning/limits
    proposal<-tuning/fit ranges<-tuning/ranges
tuning/drafting: findings<-draft/finding hold_search<-draft/still,draft/legs proposal<-draft/propose,draft/phrases
    toml_text<-draft/text
tuning/labeling: editor<-marking/desk,marking/palette filming<-marking/filming filming_window<-record/shoot
    intervals<-marking/strip,marking/marks job<-record/job label_file<-marking/document run<-record/wind
    screen<-marking/screen window<-outputs/easel
cli:  progress<-cli/side_by_side safety<-cli/cleared,safety/ask
cli/commands: calibrate<-cli/calibrate doctor<-cli/doctor evaluate<-cli/evaluate history<-cli/history live<-cli/live
    model<-cli/model new<-cli/new poses<-cli/poses,cli/routines profiles<-cli/profiles record<-cli/record
    score<-cli/score,cli/many tune<-cli/tune
cli/reports: batch<-cli/many_table,cli/many_summary clip<-outputs/summary session<-cli/recap
"""
"""The modules, each with the old ones that became it, by folder."""

PACKAGES = {"web",
    "analysis", "cli", "coaching", "core", "people", "pipeline", "stretches", "system", "tuning", "ui", "vision",
}  # fmt: skip

RENAMED = """
Grains:TwoRateAnalyzer Trails:MedianWindows Misfit:BaselineMismatch Lowness:PictureFocus DeviceLens:UsbCamera
StreamLens:NetworkCamera Sightings:LandmarkRecording WholeFile:AtomicFileOutput Hurt:PainReport
_Mouth:SpeechProcess PoseSpec:StretchSpec Skim:SparseReader Outing:SessionReach Easel:LabelingWindow Winding:LabelingRun
Glance:SparseFrame Reel:SeekableVideo Developer:FrameConverter Spotlight:SubjectSelector Followed:SubjectState
Sparing:SkipStillFrames Around:EngineWrapper Palette:KeyMap Pane:CvWindow Tape:AudioBuffer Turns:SpeechQueue Spell:PhaseTimer
Chapters:PerStretchResults Shooting:FilmingRun open_lens:open_backend
"""
"""Old class and function names that mean nothing else, and so occur nowhere."""

REUSED = """
Session:FormAnalyzer Track:StretchTracker Clock:HoldTimer Looking:ViewState Coach:CueSelector
Trail:MedianWindow Fit:BaselineCheck Taking:BaselineCapture Reading:StraightReading Practice:GuidedSession Course:SessionFlow
Watch:FrameObserver Task:StretchTask Stage:ScreenState Told:StepResult Guide:InstructionFilter
Speech:SpeechScheduler Phase:SessionPhase Row:SummaryRow Look:DetectionJob Piece:Segment Seen:SegmentDetections
Board:SharedProgress Shot:CapturedFrame Lens:CameraBackend Newest:LatestValue Device:LocalCamera Found:CameraEntry
State:CameraState BlazePose:MediaPipeEngine
Kept:MomentCollector Clip:ClipFile Job:ScoreJob Outcome:ClipResult Earlier:PreviousResults Interval:LabelInterval
Sight:VisibilityCounts Wishes:TuningConstraints Finding:MeasureFinding Desk:LabelEditor
Marks:EditHistory Wish:EditorRequest Still:CachedMarks Plate:TextBackground Rooms:ScreenLayout Posture:TargetSilhouette
Asked:PersonalGoal Part:BodyPart
"""
"""Old class names that are common words: no class of formcheck is called so, but in samples and tests they may occur."""

_IMPORT = re.compile(r"\bfrom (formcheck\b[\w.]*) import (\([^)]*\)|[^\n;\"'\\]*)")
"""An import in code, or in a program within a string: those no type checker sees."""

REUSED_ELSEWHERE = {
    "analysis": {"Legs"},
    "analysis/scoring": {"Engine"},
    "coaching": {"Mark", "Progress"},
    "pipeline/live": {"Pace"},
    "tuning": {"Camera", "Frame", "Hold", "View"},
}
"""Old class names that another package uses rightly, by the folder in which they are old."""


def _pairs(table: str) -> dict[str, str]:
    return {old: new for old, _, new in (pair.partition(":") for pair in table.split())}


def _old_modules() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in MODULES.replace("\n    ", " ").strip().splitlines():
        folder, _, entries = line.partition(": ")
        for entry in entries.split():
            new, _, olds = entry.partition("<-")
            table |= dict.fromkeys(olds.split(","), f"{folder}/{new}")
    return table


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(_text(path))))


def _classes(path: Path) -> Iterator[str]:
    return (node.name for node in _nodes(path) if isinstance(node, ast.ClassDef))


def _module(path: Path) -> str:
    parts = path.relative_to(REPO).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_old_module_is_left() -> None:
    table = _old_modules()
    assert {new for new in table.values() if not ((PACKAGE / f"{new}.py").is_file() or (PACKAGE / new).is_dir())} == set()
    assert {old for old in table if (PACKAGE / f"{old}.py").exists()} == set()
    nested = [old for old in table if "/" in old]
    packages = "|".join({old.partition("/")[0] for old in nested} - PACKAGES)
    modules = "|".join(old.replace("/", "[./]") for old in table)
    ways = (
        rf"\b(?:from|import) formcheck\.(?:{packages})\b",
        rf"\bformcheck(?:/(?:{packages})/|\.(?:{packages})\.\w)",
        rf"\bformcheck[./](?:{modules})\b(?=[. ]|\.py)(?![./\w]*\()",
        rf"(?<![\w/.])(?:{'|'.join(nested)})\.(?:py|toml|html)\b",
    )
    old = re.compile("|".join(ways))
    assert {(path.name, match.group()) for path in TEXTS for match in old.finditer(_text(path))} == set()


def test_no_old_class_name_is_left() -> None:
    word = re.compile(rf"\b(?:{'|'.join(_pairs(RENAMED))})\b")
    assert {(path.name, match.group()) for path in TEXTS for match in word.finditer(_text(path))} == set()
    assert {(path.name, name) for path in CODE for name in _classes(path) if name in _pairs(REUSED)} == set()
    names = {
        (path.name, name) for path in TEXTS for _, line in _IMPORT.findall(_text(path)) for name in re.findall(r"\w+", line)
    }
    assert {(name, word) for name, word in names if word in _pairs(REUSED)} == set()
    for folder, old in REUSED_ELSEWHERE.items():
        assert {name for path in CODE if path.is_relative_to(PACKAGE / folder) for name in _classes(path)} & old == set()


def test_the_new_names_are_there() -> None:
    defined = {
        node.name
        for path in CODE
        for node in _nodes(path)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {new for new in [*_pairs(RENAMED).values(), *_pairs(REUSED).values()] if new not in defined} == set()


def _defined(path: Path) -> Iterator[str]:
    """Yield what another module can import from `path`."""
    for node in _nodes(path):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
    yield from (child.stem for child in path.parent.iterdir() if path.name == "__init__.py")


def test_programs_within_strings_import_what_is_there() -> None:
    there = {_module(path): set(_defined(path)) for path in CODE}
    there["formcheck"] |= set(formcheck.__all__)
    there["formcheck.errors"] = there["formcheck.core.errors"]
    missing = {
        (path.name, module, name)
        for path in PYTHON
        if path not in (Path(__file__), PACKAGE / "__init__.py", PACKAGE / "api.py")  # these speak of imports in prose
        for module, line in _IMPORT.findall(_text(path))
        for name in re.findall(r"(?<!as )\b[A-Za-z_]\w*", re.sub(r"#.*|\bas \w+", "", line))
        if name not in there.get(module, ())
    }
    assert missing == set()


def test_one_class_one_name() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in CODE:
        for name in _classes(path):
            places[name].append(_module(path))
    assert {name: where for name, where in places.items() if len(where) > 1 and not name.startswith("_")} == {}


def test_twelve_packages() -> None:
    entries = {
        path.name for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "__init__.py", "__main__.py", "py.typed")
    }
    entries -= {"errors.pyi"}  # for type checkers alone
    modules = {name for name in entries if name.endswith(".py")}
    assert entries - modules == PACKAGES
    assert len(modules) <= 2


@pytest.mark.parametrize("folder", sorted({path.parent for path in CODE} - {PACKAGE}), ids=_module)
def test_a_folder_has_twelve_entries_at_most(folder: Path) -> None:
    if folder.relative_to(PACKAGE).parts == ("cli", "commands"):  # one file a command
        return
    entries = [
        path.name for path in folder.iterdir() if path.name not in ("__pycache__", "__init__.py", "__main__.py", "py.typed")
    ]
    assert len(entries) <= 12


def _imported(path: Path, modules: set[str]) -> Iterator[str]:
    """Yield the modules of formcheck that `path` imports when it is imported itself."""
    waiting: list[ast.AST] = list(ast.parse(_text(path)).body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            for name in (f"{node.module}.{alias.name}" for alias in node.names):
                yield from (one for one in (name if name in modules else node.module,) if one in modules)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def test_no_module_imports_itself_by_way_of_others() -> None:
    modules = {_module(path) for path in CODE}
    graph = {_module(path): set(_imported(path, modules)) for path in CODE}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", "docs/python.md"])
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    """Of a path with a placeholder, what comes before it."""
    text = _text(REPO / page)
    named = re.findall(r"`((?:formcheck|tests|poses|samples|benchmarks|docs)/[\w./<>-]*)`", text)
    named += [link for link in re.findall(r"\]\(([\w./-]+)\)", text) if "://" not in link]
    folder = (REPO / page).parent
    missing = [name for name in named if not any((root / name.split("<")[0]).exists() for root in (REPO, folder))]
    assert missing == []
    assert named


def test_the_counts_of_files_in_the_table_of_changes_are_true() -> None:
    """Where a row says that one file is to be made or changed, it names one place."""
    table = _text(REPO / "CONTRIBUTING.md").partition("## Where a change goes")[2].partition("## Habits")[0]
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 12
    for what, count, which in rows:
        assert re.match(r"\d", count), what
        assert re.search(r"`[\w./<>]+`|TOML file", which), what
