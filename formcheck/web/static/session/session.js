/** A session: the picture, the panel beside it, the line to the server, and what happens to them. */

import { camera, troubleKey } from "../capture/camera.js";
import { cameraChoice } from "../capture/choice.js";
import { PictureSender } from "../capture/pictures.js";
import { ask } from "../dialog.js";
import { button, h, setText, show } from "../page.js";
import { Connection } from "../server/connection.js";
import { Chimes } from "../sound/chimes.js";
import { Speech } from "../sound/speech.js";
import { t } from "../words.js";
import { doneBoard, lostBoard, painBoard, pausedBoard } from "./boards.js";
import { Keys } from "./keys.js";
import { LiveRegion } from "./live_region.js";
import { Panel } from "./panel.js";
import { Stage } from "./stage.js";
import { keepAwake } from "./wake_lock.js";

/** @typedef {import("../server/messages.js").Screen} Screen */
/** @typedef {import("../server/messages.js").Over} Over */

const CAPTION_MS = 2500;
const CAPTION_PER_LETTER_MS = 70;

export class Session {
  /**
   * @param {import("../server/messages.js").SessionName} name
   * @param {import("../server/messages.js").SessionRequest} request By which it was begun.
   * @param {(address?: string) => void} leave
   */
  constructor(name, request, leave) {
    this.request = request;
    this.leave = leave;
    this.stage = new Stage();
    this.panel = new Panel();
    this.keys = new Keys((key) => this.press(key));
    this.live = new LiveRegion();
    this.speech = new Speech();
    this.chimes = new Chimes();
    this.step = h("span", { class: "step" });
    this.title = h("span", { class: "title" }, name.title);
    this.recording = h("span", { class: "badge recording" }, t("recording"));
    this.muted = h("span", { class: "badge" }, t("sound_off"));
    this.locked = button(t("turn_sound_on"), () => void this.unlock(), { class: "badge" });
    this.board = h("div", { class: "board_place" });
    this.element = h(
      "main",
      { class: "session", id: "main", tabindex: -1, "data-phase": "lost" },
      this.stage.element,
      h(
        "section",
        { class: "panel", "aria-label": t("panel") },
        h("header", { class: "bar" }, h("h1", {}, this.step, this.title), this.recording, this.muted, this.locked),
        this.panel.element,
        this.board,
        this.keys.element,
      ),
      this.live.element,
    );
    /** @type {Screen | null} */
    this.screen = null;
    /** @type {Over | null} */
    this.over = null;
    this.lineOpen = true;
    /** What keeps the session from being shown here. @type {HTMLElement | null} */
    this.obstacle = null;
    /** What is wrong with the camera: the key of the sentence. @type {string | null} */
    this.cameraTrouble = null;
    this.wasHidden = false;
    this.boardKey = "";
    /** What was said just now, and what was to be changed then. @type {{text: string, instruction: string | null} | null} */
    this.caption = null;
    this.captionTimer = 0;
    this.id = name.id;
    this.pictures = new PictureSender(this.stage.video, (picture) => this.connection?.sendPicture(picture));
    /** @type {Connection | null} */
    this.connection = null;
    this.endings = [keepAwake()];
    this.listen(document, "visibilitychange", () => this.hiddenOrNot());
    this.listen(document, "pointerdown", () => void this.unlock());
    this.listen(document, "keydown", () => void this.unlock());
    this.endings.push(camera.listen((trouble) => (trouble !== null ? this.lostCamera(trouble) : void this.openCamera())));
    [this.recording, this.muted, this.locked].forEach((badge) => show(badge, false));
  }

  /** Begin, once the view before it has left the camera. */
  arrive() {
    void this.unlock();
    void this.begin();
    this.element.focus({ preventScroll: true });
  }

  /** @param {EventTarget} target @param {string} type @param {() => void} act */
  listen(target, type, act) {
    target.addEventListener(type, act);
    this.endings.push(() => target.removeEventListener(type, act));
  }

  async begin() {
    this.block(null);
    this.connection = new Connection(this.id, this.request, {
      message: (message) => this.received(message),
      line: (open) => this.line(open),
      refused: (sentences) => this.refused(sentences),
    });
    await this.openCamera();
  }

  /** @param {string | null} [id] */
  async openCamera(id) {
    try {
      if ((id !== undefined || !camera.isLive) && !(await camera.open(id))) return;
    } catch (error) {
      this.lostCamera(troubleKey(error));
      return;
    }
    this.cameraTrouble = null;
    this.rest();
    this.stage.show(camera.stream);
    if (!this.pictures.running) this.pictures.start();
    this.redraw();
  }

  /** @param {string} trouble */
  lostCamera(trouble) {
    this.cameraTrouble = trouble;
    this.rest();
    this.redraw();
  }

  /** Hold pictures back that nobody is seen in, so that the clock stands. */
  rest() {
    this.pictures.resting = document.hidden || this.cameraTrouble !== null;
  }

  async unlock() {
    await this.chimes.unlock().catch(() => {});
    show(this.locked, this.chimes.isLocked && !this.screen?.muted);
  }

  /** @param {string} key */
  press(key) {
    if (key === "full_screen") void fullScreen();
    else if (this.over !== null) this.leave(this.over.then ?? undefined);
    else if (key === "quit" && !(this.request.calibrate || this.request.check)) this.quit();
    else this.connection?.sendKey(key);
  }

  quit() {
    void ask(t("end_session_question"), [t("quit_keeps")], t("end_session"), async () => this.connection?.sendKey("quit"), t("go_on"));
  }

  /** @param {import("../server/messages.js").Message} message */
  received(message) {
    switch (message.type) {
      case "screen":
        this.screen = message;
        this.pictures.answered(message.taken);
        this.draw(message);
        break;
      case "say":
        this.heard(message);
        break;
      case "over":
        this.over = message;
        this.ended();
        if (message.summary === null && message.then !== null) this.leave(message.then);
        break;
      case "elsewhere":
        this.connection?.close();
        this.stopPictures(); // the other window may need the camera
        this.block(lostBoard(t("elsewhere"), [t("elsewhere_what_to_do")], button(t("show_here"), () => void this.begin(), { class: "main" })));
        break;
      case "error":
        this.refused(message.sentences);
        break;
    }
  }

  /** @param {import("../server/messages.js").Say} said */
  heard({ text, chime, urgent }) {
    const muted = this.screen?.muted ?? false;
    const after = chime !== null && !muted ? this.chimes.play(chime) : 0;
    if (text === null) return;
    this.speech.say(text, { urgent, after });
    if (!this.speech.isHeard) this.live.announce(text);
    this.write(text);
  }

  /** Write what is said for a while, where it does not stand there anyhow. @param {string} text */
  write(text) {
    const { instruction = null, coaching, verdict, breath, block } = this.screen ?? {};
    const breathe = breath && t(breath.inhaling ? "breathe_in" : "breathe_out");
    const read = [instruction ?? coaching, verdict?.text, breathe, block?.do, block?.name, block?.rule].includes(text);
    this.caption = read ? null : { text, instruction };
    window.clearTimeout(this.captionTimer);
    const shown = CAPTION_MS + CAPTION_PER_LETTER_MS * text.length;
    this.captionTimer = window.setTimeout(() => (this.caption = null), shown);
  }

  /** @param {boolean} open */
  line(open) {
    this.lineOpen = open;
    this.pictures.underWay = null;
    if (!open) this.speech.silence();
    this.redraw();
  }

  /** @param {string[]} sentences */
  refused(sentences) {
    this.connection?.close();
    this.stopPictures();
    const [what = t("session_over"), ...advice] = sentences;
    this.block(lostBoard(what, advice, this.wayBack()));
  }

  wayBack() {
    const then = this.over?.then ?? null;
    if (then !== null) return button(t("one_question_more"), () => this.leave(then), { class: "main" });
    return button(t(this.request.calibrate ? "back_to_settings" : "back_to_stretches"), () => this.leave(), { class: "main" });
  }

  ended() {
    this.connection?.close();
    this.stopPictures();
    this.redraw();
  }

  stopPictures() {
    this.pictures.stop();
    this.stage.show(null);
    camera.close();
  }

  hiddenOrNot() {
    this.rest();
    this.wasHidden ||= document.hidden && this.over === null;
    document.title = document.hidden && this.over === null ? t("hidden_title") : (this.title.textContent ?? "");
    this.redraw();
  }

  /** Put something before the session; `null` takes it away. @param {HTMLElement | null} obstacle */
  block(obstacle) {
    this.obstacle = obstacle;
    this.redraw();
  }

  redraw() {
    if (this.screen !== null) this.draw(this.screen);
    else this.putBoard(null);
  }

  /** @param {Screen} screen */
  draw(screen) {
    if (!document.hidden && screen.phase !== "lost" && screen.taken !== null) this.wasHidden = false;
    this.speech.mute(screen.muted);
    this.element.dataset.phase = screen.phase;
    this.element.dataset.guided = `${screen.block !== null}`;
    this.stage.draw(screen);
    setText(this.step, screen.step);
    setText(this.title, screen.title);
    show(this.recording, screen.recording && this.over === null);
    show(this.muted, screen.muted);
    if (screen.muted) show(this.locked, false);
    this.putBoard(screen);
    if (this.caption?.instruction !== screen.instruction) this.caption = null; // what is to be changed now comes first
    if (!this.board.hasChildNodes()) this.panel.draw(screen, this.caption?.text ?? null);
    this.keys.draw(this.obstacle === null && this.over === null ? screen.keys : [], screen.answers.map(({ key }) => key));
    this.announce(screen);
    this.element.dataset.taken = `${screen.taken}`;
  }

  /** @param {Screen} screen */
  announce({ phase, verdict, instruction, block, summary }) {
    if (this.board.hasChildNodes()) {
      const told = phase === "done" ? (summary?.headline ?? "") : (this.board.querySelector("h2")?.textContent ?? "");
      this.live.announce(told);
      return;
    }
    const said = block !== null ? [block.name, instruction ?? block.do] : [verdict?.text, instruction];
    this.live.announce(said.filter(Boolean).join(". "));
  }

  /**
   * Show the board that there is to show, if any, in the place of the panel; made anew only where it is another one.
   *
   * @param {Screen | null} screen
   */
  putBoard(screen) {
    const [key, make] = this.whichBoard(screen);
    if (key === this.boardKey) return;
    const inside = this.board.contains(document.activeElement);
    this.boardKey = key;
    const board = make?.() ?? null;
    this.board.replaceChildren(...(board ? [board] : []));
    show(this.board, board !== null);
    show(this.panel.element, board === null);
    this.element.dataset.board = key.split(" ")[0];
    if (board !== null) board.querySelector("h2")?.focus({ preventScroll: true });
    else if (inside) this.element.focus({ preventScroll: true });
  }

  /**
   * @param {Screen | null} screen
   * @returns {[string, (() => HTMLElement) | null]} A name, and what makes the board.
   */
  whichBoard(screen) {
    const over = this.over;
    if (this.obstacle !== null) {
      const obstacle = this.obstacle;
      return [`obstacle ${obstacle.textContent}`, () => obstacle];
    }
    if (over !== null) return ["over", () => doneBoard(over.summary ?? screen?.summary ?? null, over, this.wayBack())];
    if (!this.lineOpen) return ["server", () => lostBoard(t("server_lost"), [t("server_lost_what_to_do")])];
    if (this.cameraTrouble !== null) return this.cameraBoard(this.cameraTrouble);
    switch (screen?.phase) {
      case "paused":
        return [`paused ${screen.instruction}`, () => pausedBoard(screen.instruction ? h("p", {}, screen.instruction) : null)];
      case "pain":
        return ["pain", () => painBoard(screen.instruction ?? t("how_strong"), screen.answers, (key) => this.press(key))];
      case "lost": {
        const what = this.wasHidden ? t("was_hidden") : (screen.instruction ?? t("no_picture"));
        return [`lost ${what}`, () => lostBoard(what, [t("clock_stands")])];
      }
      case "done":
        return [`done ${JSON.stringify(screen.summary)}`, () => doneBoard(screen.summary, null, this.wayBack())];
      case undefined:
        return ["joining", () => lostBoard(t("joining"), [])];
      default:
        return ["", null];
    }
  }

  /** @param {string} key @returns {[string, () => HTMLElement]} */
  cameraBoard(key) {
    const again = () =>
      lostBoard(t(key), [t(`${key}_what_to_do`), t("clock_stands")], cameraChoice((id) => void this.openCamera(id), t("try_camera_again")));
    return [`camera ${key}`, again];
  }

  close() {
    this.connection?.close();
    this.stopPictures();
    this.speech.silence();
    this.chimes.close();
    [this.stage, this.panel, this.keys, this.live].forEach((part) => part.close());
    window.clearTimeout(this.captionTimer);
    this.endings.forEach((end) => end());
    if (document.fullscreenElement) void document.exitFullscreen();
  }
}

async function fullScreen() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Some browsers forbid it, and the page stays as it is.
  }
}
