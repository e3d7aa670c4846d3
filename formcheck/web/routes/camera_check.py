"""The camera before a session: the page gives pictures, and is told whether the person is well in them, and what to change."""

import asyncio
import json
from collections.abc import Callable
from contextlib import ExitStack, suppress

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.coaching.agenda import Agenda
from formcheck.coaching.events import SessionPhase
from formcheck.coaching.frame_observer import FrameObserver
from formcheck.coaching.guidance.setup import Advice, InstructionFilter, absence
from formcheck.coaching.tasks import ANYTHING
from formcheck.core.interfaces import Engine, Frame, Image
from formcheck.core.lighting import light_of
from formcheck.core.values import Status
from formcheck.core.wording.language import N_
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.files import load_stretches
from formcheck.vision.camera.backend import clock
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.vision.engines.wrappers import SkipStillFrames
from formcheck.web.camera import picture_of, unpacked
from formcheck.web.screen import Message
from formcheck.web.session import PageSession
from formcheck.web.words import as_shown

SEEN = N_("I see you")
SEEN_FROM_THE_SIDE = N_("I see all of you, from the side")


class CameraCheck:
    """Looks at pictures, in order of time, as the set-up of a session does. Nothing is begun, and nothing is kept.

    `guided` is whether a guided block is to come, which needs no more than somebody who is there.
    """

    def __init__(self, engine: Engine, *, guided: bool) -> None:
        self._engine = engine
        self._guided = guided
        specs = {spec.name: spec for spec in load_stretches()}
        self._observer = FrameObserver(Agenda(specs, ANYTHING, {}), None, BaselineCheck(), engine.traits)
        self._instructions = InstructionFilter()

    def look(self, image: Image, time_s: float) -> Message:
        """Take in a picture; return what to change first, or that all is well, and nothing while neither is known."""
        people, light = self._engine.detect(Frame(image=image, time_s=time_s)), light_of(image)
        if self._guided:
            missing = absence(people, light)
            self._instructions.update([Advice(text=missing)] if missing is not None else [], time_s)
        else:
            moment = self._observer.judge(people, SessionPhase.SETUP, time_s)
            self._instructions.update(self._observer.advice(people, moment, light), time_s)
        advice, well = self._instructions.first, self._instructions.well_since_s is not None
        if advice is not None:
            return {"status": Status.UNSEEN if advice.needed else Status.ADJUST, "text": advice.text}
        text = SEEN if self._guided else SEEN_FROM_THE_SIDE
        return {"status": Status.CORRECT, "text": text} if well else {"status": None, "text": None}


def routes(model: EngineModel, running: Callable[[], PageSession | None]) -> list[WebSocketRoute]:
    """Return what the server answers; `running` is the session that runs, if one does: then there is no look."""

    async def look(socket: WebSocket) -> None:
        if running() is not None:
            await socket.close(code=1008)
            return
        await socket.accept()
        guided = BLOCKS.has(socket.query_params.get("plan", ""))
        with ExitStack() as stack, suppress(WebSocketDisconnect, RuntimeError, KeyError):  # it is gone, or sends something else
            engine = await asyncio.to_thread(stack.enter_context, SkipStillFrames(create_engine(model)))
            check, began_s = CameraCheck(engine, guided=guided), clock()
            seen: Message = {"status": None, "text": None, "taken": None}  # now pictures may come
            while True:
                await socket.send_text(json.dumps(as_shown(seen)))
                taken_ms, jpeg = unpacked(await socket.receive_bytes())
                if (image := picture_of(jpeg)) is not None:
                    seen = await asyncio.to_thread(check.look, image, clock() - began_s)
                seen = {**seen, "taken": taken_ms}

    return [WebSocketRoute("/api/camera", look)]
