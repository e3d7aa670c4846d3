"""`formcheck live` from end to end: a clip plays as a camera, in real time, before the real program with its real parts."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from formcheck.app import score_clip
from formcheck.cli.plan import plan_of
from formcheck.engines.blazepose import BlazePose
from formcheck.history import Answer
from formcheck.labels import CORRECT, load
from formcheck.live.chapters import Chapters
from formcheck.media import av
from formcheck.ports import ClipInfo, EngineInfo
from formcheck.posefile import find
from formcheck.practice.tasks import ANYTHING
from formcheck.scoring import Document, SessionDocument
from formcheck.session import Session
from formcheck.sources import open_clip
from formcheck.values import Reason, Side
from tests.bodies import upright_body
from tests.clips import REPO, SAMPLES, frames_of, write_clip
from tests.desktop import Desktop, desktop, needed
from tests.sitting import Line, Sitting, sitting
from tests.streamed import streamed

KNEELING = SAMPLES / "kneeling_hip_flexor.mp4"
LONG = SAMPLES / "kneeling_short_hold_p8.mp4"  # held from 0.7 to 10.5 s

heavy = pytest.mark.heavy


def on_desk(test: object) -> object:
    for mark in (heavy, *needed):
        test = mark(test)
    return test
