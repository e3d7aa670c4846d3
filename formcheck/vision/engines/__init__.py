"""Pose engines: each turns a frame into the people seen in it. `ENGINES` is the one table that names them.

An engine is a folder (or module) with a factory, `create(model_file, *, still=False) -> Engine`, and a row here. One of another
package has its row in that package's own `pyproject.toml`,

    [project.entry-points."formcheck.engines"]
    toy = "my_package.toy:create"

or is added by `register_engine("toy", "my_package.toy:create")`. It is chosen as a model is: `--model toy`, or `--model
toy:FILE` where it has a model file. Other processes are given the name and the place of the factory, never an engine itself.
"""

import importlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from formcheck.core.errors import ModelError
from formcheck.core.wording.language import N_

if TYPE_CHECKING:
    from formcheck.core.interfaces import Engine

GROUP = "formcheck.engines"
"""The group of entry points in which other packages name their engines."""

DEFAULT = "mediapipe"

ENGINES: dict[str, str] = {DEFAULT: "formcheck.vision.engines.mediapipe.landmarker:MediaPipeEngine"}
"""The factory of every engine by the engine's name, as `package.module:name`."""

NAMED_MODELS = ("lite", "full", "heavy")
"""Models of MediaPipe, which are chosen by their names."""

VARIABLE = "FORMCHECK_MODEL"
"""The environment variable that names the model (or the engine and its model) where no option does."""

Progress = Callable[[int, int], None]
"""Called with the bytes fetched so far and the bytes in all."""

Announce = Callable[[str], Progress]
"""Called with the reason before a model is fetched; returns where to report progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineModel:
    """An engine and the model file it looks with: all that another process needs to create the same engine.

    `engine` is its name, `factory` the place of what creates it (`package.module:name`), `file` is `None` for an engine without
    a model file.
    """

    engine: str
    factory: str
    file: Path | None

    @property
    def digest(self) -> str:
        """The SHA-256 of the model file; empty without one. Raises OSError."""
        from formcheck.system.files import digest

        return digest(self.file) if self.file is not None else ""

    def absolute(self) -> Self:
        """Return the same with the whole path of the file: other processes may stand in another folder."""
        return replace(self, file=self.file.absolute() if self.file is not None else None)


def register_engine(name: str, factory: str) -> None:
    """Add an engine under a name of its own.

    Parameters
    ----------
    name
        By which it is chosen, as in `--model NAME` or `--model NAME:FILE`.
    factory
        The place of the function or class that creates it, as `package.module:name`. It is called as
        `create(model_file, still=...)` with a `Path` or `None` and returns an `Engine`; with `still=True` that is shown single
        pictures, each of them mirrored as well. Worker processes import it from there, so it can't lie in a script or notebook.

    Raises
    ------
    ModelError
        Where the name is a model's or taken by another engine, or has other characters than letters, digits, `_`, `-` and `.`,
        or `factory` is not of that form.

    Examples
    --------
    The factory, in `my_package/toy.py`, returns an object with the methods of `formcheck.core.interfaces.Engine`::

        def create(model_file, *, still=False):
            return ToyEngine(model_file)

    It is imported when the engine is first needed, so it need not be there yet:

    >>> from formcheck import register_engine
    >>> register_engine("toy", "my_package.toy:create")

    Then `formcheck.score("clip.mp4", model="toy")` looks with it.
    """
    module, colon, attribute = factory.partition(":")
    if not (module and colon and attribute) or module == "__main__":
        raise ModelError(
            N_(
                "{factory!r}: give the factory of {name!r} as package.module:name; other processes import it from there."
            ).format(factory=factory, name=name)
        )
    if name in NAMED_MODELS or not re.fullmatch(r"\w[\w.-]*", name):
        raise ModelError(
            N_(
                "{name!r} can't be an engine's name: letters, digits, _ - and . only, and none of {models}, "
                "which are models of {default}."
            ).format(name=name, models=", ".join(NAMED_MODELS), default=DEFAULT)
        )
    if engines().get(name, factory) != factory:
        raise ModelError(
            N_("There is an engine called {name!r} already ({factory}). Choose another name.").format(
                name=name, factory=engines()[name]
            )
        )
    ENGINES[name] = factory


def engines() -> dict[str, str]:
    """Return the factory of every known engine by its name: those of `ENGINES`, and those of other packages' entry points."""
    return {**{entry.name: entry.value for entry in entry_points(group=GROUP)}, **ENGINES}


def obtain(explicit: str | None, announce: Announce) -> EngineModel:
    """Return the engine and model that were asked for by `explicit` (an option's text), else by the environment, else the
    default.

    A text that is an engine's name, or begins with one and a colon, means that engine; any other is a model of MediaPipe: one
    of its names, or a file. `announce` is called before a model is fetched. Raises ModelError.
    """
    name, _, file = (explicit or os.environ.get(VARIABLE) or "").partition(":")
    if name and name not in (DEFAULT, *NAMED_MODELS) and (factory := engines().get(name)) is not None:
        if file and not Path(file).is_file():
            raise ModelError(
                N_("--model {name}:{file}: there is no file {path}.").format(name=name, file=file, path=Path(file))
            )
        return EngineModel(engine=name, factory=factory, file=Path(file) if file else None)
    from formcheck.vision.engines.mediapipe import models

    return mediapipe_model(models.obtain(file or None if name == DEFAULT else explicit, announce))


def mediapipe_model(file: Path) -> EngineModel:
    """Return MediaPipe's engine with the pose landmarker bundle `file`."""
    return EngineModel(engine=DEFAULT, factory=ENGINES[DEFAULT], file=file)


def caution_of(model: EngineModel) -> str:
    """Return a sentence on what who chooses this model has to know of its verdicts; empty where there is nothing to say."""
    if model.engine != DEFAULT or model.file is None:
        return ""
    from formcheck.vision.engines.mediapipe import models

    return models.known_model(model.file).caution


def create_engine(model: EngineModel, *, still: bool = False, once: bool = False) -> "Engine":
    """Return a new engine, not opened yet. Raises ModelError.

    `still` is for single pictures: nobody is tracked, and each is looked at twice, as it is and mirrored; with `once`, only as
    it is.
    """
    from formcheck.vision.engines.wrappers import LookTwice

    module, _, attribute = model.factory.partition(":")
    try:
        create = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise ModelError(
            N_("The engine {engine!r} cannot be loaded from {factory} ({reason}).").format(
                engine=model.engine, factory=model.factory, reason=error
            )
        ) from None
    engine = cast("Engine", create(model.file, still=still))
    return LookTwice(engine) if still and not once else engine
