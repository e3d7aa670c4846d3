"""Which pose model is used: one of three by name, fetched once into the cache, or a file of the person's own.

All three are Google's (Apache-2.0) and share the detector that finds people. Their landmark networks differ in size: `lite`
for slow machines, `heavy` with truer angles at four times the cost, which is less sure of what it sees than `full`, by which
the limits were set. `full` lies in the wheel of an older MediaPipe release, so the default needs nothing but the index that
formcheck itself came from; the other two lie in an npm package alone.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.errors import FormcheckError, ModelError
from formcheck.core.wording.language import N_, joined
from formcheck.system.files import atomic_file, digest
from formcheck.system.paths import make_cache_folder, models_folder
from formcheck.vision.engines import VARIABLE, Announce, Progress
from formcheck.vision.engines.mediapipe import bundle
from formcheck.vision.engines.mediapipe.download import Package, fetched, npm, wheel


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that has a name. `detector` and `landmarks` are its networks: the file in the package, and its SHA-256.

    `traits` say where it errs, and by how much; `caution` is what who chooses it has to know of its verdicts, empty of the one
    that the limits are set for.
    """

    name: str
    size_mb: int
    package: Package
    detector: tuple[str, str]
    landmarks: tuple[str, str]
    traits: EngineTraits = DEFAULT_TRAITS
    caution: str = ""

    @property
    def path(self) -> Path:
        """Where it lies, or will lie once fetched."""
        return models_folder() / f"pose_landmarker_{self.name}.task"

    @property
    def checksum(self) -> Path:
        """The file beside it that has the SHA-256 of what was stored, as the program sha256sum reads it."""
        return self.path.with_name(f"{self.path.name}.sha256")

    @property
    def sound(self) -> bool:
        """Whether the file is there, and what was stored: a damaged network sees nobody, and nothing else would tell.

        Earlier versions stored no checksum: then those within the bundle count.
        """
        if not self.path.is_file():
            return False
        try:
            return self.checksum.read_text(encoding="ascii").split()[:1] == [digest(self.path)]
        except FileNotFoundError:
            return bundle.fault(self.path) is None
        except (OSError, ValueError):
            return False

    @property
    def explanation(self) -> str:
        """Why something is fetched, and what."""
        return N_(
            "formcheck needs a pose model (two networks, {size_mb} MB). It takes them once from {title} and "
            "keeps them in your cache folder; nothing is sent but that request."
        ).format(size_mb=self.size_mb, title=self.package.title)


_WHEEL = wheel("mediapipe==0.10.21", title=N_("the mediapipe 0.10.21 wheel (36 MB) of the package index"))
_NPM = npm("@mediapipe/pose@0.5.1675469404", title=N_("the npm package @mediapipe/pose 0.5.1675469404 (41 MB)"))
_NPM_DETECTOR = (
    # The same weights and operators as in the wheel, in another order of bytes: what it finds is the same to the last bit.
    "package/pose_solution_packed_assets.data",
    "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
)

DEFAULT = Model(
    name="full",
    size_mb=9,
    package=_WHEEL,
    detector=(
        "mediapipe/modules/pose_detection/pose_detection.tflite",
        "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    ),
    landmarks=(
        "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    ),
)


def _of_npm(name: str, size_mb: int, sha256: str, *, traits: EngineTraits = DEFAULT_TRAITS, caution: str = "") -> Model:
    """Return a model whose landmark network lies in the npm package."""
    landmarks = (f"package/pose_landmark_{name}.tflite", sha256)
    return Model(
        name=name,
        size_mb=size_mb,
        package=_NPM,
        detector=_NPM_DETECTOR,
        landmarks=landmarks,
        traits=traits,
        caution=caution,
    )


_LITE = _of_npm(
    "lite",
    6,
    "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    caution=N_("The limits are set for the model full: lite misses more faults, and more often takes a stretch for another."),
)
_HEAVY = _of_npm(
    "heavy",
    31,
    "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
    # Fitted on the tuning part of samples/: with 0.05 and 0.1 kappa is 0.99, as that of full, with 0.2 0.95, with 0.4 (full's
    # number) 0.79; what is labelled unseen is told so with all of them.
    traits=replace(DEFAULT_TRAITS, visible=0.1),
)
MODELS: Mapping[str, Model] = {model.name: model for model in (_LITE, DEFAULT, _HEAVY)}


def known_model(file: Path) -> Model:
    """Return the model that a bundle has by its name, in the cache and at Google's; any other is taken for the default one."""
    return next((model for model in MODELS.values() if model.path.name == file.name), DEFAULT)


def chosen_model(explicit: str | None) -> Model | Path:
    """Return what the person asked for (option, then environment), the default model otherwise. Raises ModelError.

    A name wins over a file that is called so: that one is `./lite`.
    """
    asked = explicit or os.environ.get(VARIABLE) or DEFAULT.name
    if asked in MODELS:
        return MODELS[asked]
    origin = "--model" if explicit else VARIABLE
    named = Path(asked)
    if not named.is_file():
        names = ", ".join(MODELS)
        raise ModelError(
            N_("{origin}: there is no file {named}. Give {names}, or a pose landmarker bundle (a .task file).").format(
                origin=origin, named=named, names=names
            )
        )
    if fault := bundle.fault(named):
        raise ModelError(joined(" ", (f"{origin}: {named}", fault)) + ".")
    return named


def obtain(explicit: str | None, announce: Announce) -> Path:
    """Return a model that can be used now, fetching it if it has a name and is not in the cache, or is damaged there.

    `announce` is called with the reason before anything is fetched and returns where to report progress. Raises ModelError.
    """
    model = chosen_model(explicit)
    if isinstance(model, Path):
        return model
    return model.path if model.sound else fetch(model, announce(joined("", (damage(model), model.explanation))))


def damage(model: Model) -> str:
    """Return a sentence, and a blank after it, on a file in the cache that is not what it should be; empty where none is."""
    if model.sound or not model.path.is_file():
        return ""
    return N_("The pose model {path} is damaged, or of another version. ").format(path=model.path)


def fetch(model: Model, progress: Progress) -> Path:
    """Fetch and build a model into the cache, and return its path. Raises ModelError; leaves nothing half done."""
    output_path = model.path
    try:
        make_cache_folder(output_path.parent)
        found = fetched(model.package, dict((model.detector, model.landmarks)), progress)
        built = bundle.build(found[model.detector[0]], found[model.landmarks[0]])
        with atomic_file(output_path, private=True) as part:
            part.write_bytes(built)
        with atomic_file(model.checksum, private=True) as part:
            part.write_text(f"{sha256(built).hexdigest()}  {output_path.name}\n", encoding="ascii")
    except FormcheckError as error:
        raise ModelError(*error.lines, _ways_out(model)) from None
    except OSError as error:
        raise ModelError(
            N_("The pose model could not be stored in {folder} ({reason}).").format(folder=output_path.parent, reason=error),
            _ways_out(model),
        ) from None
    return output_path


def _ways_out(model: Model) -> str:
    return N_(
        "Two ways out: go online and run `formcheck model {name}` once; or download {file} from "
        "Google's model page, or take any such bundle that you have, and give it with `--model FILE` or "
        "in {variable}."
    ).format(name=model.name, file=model.path.name, variable=VARIABLE)
