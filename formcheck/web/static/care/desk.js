/**
 * A day at the desk, seen by the page: it looks now and then, wherever in the app the person is, and also while the page is hidden.
 * The camera is opened for each look and closed again, so that calls can have it.
 */

import { camera, stop } from "../capture/camera.js";
import { button, h, show } from "../page.js";
import * as api from "../server/api.js";
import { troubleNote } from "../views.js";
import { t } from "../words.js";

/** @typedef {import("../server/messages.js").SittingState} SittingState */

/** A picture needs so few lines: head and shoulders fill much of it. It stays far below what the server takes. */
const LINES = 360;
const QUALITY = 0.7;
/** So long a camera adapts to the light. */
const ADAPT_MS = 700;
/** So long after it was closed a camera counts as free for everybody. */
const CLOSED_MS = 1000;

class Desk {
  constructor() {
    /** @type {SittingState} */
    this.state = { running: false };
    /** What keeps the camera from giving a picture, if anything does. @type {unknown} */
    this.trouble = null;
    /** Called when anything has changed. */
    this.changed = () => {};
    /** What is said at the end of every page of the app: a prompt. */
    this.element = h("aside", { class: "prompt", "aria-live": "assertive", hidden: true });
    /** @type {Map<number, () => void>} */
    this.waiting = new Map();
    this.turn = 0;
    /** @type {Worker | null} */
    this.clock = null;
  }

  /** Go on with a day that the server knows of, where this page was loaded anew. */
  async resume() {
    this.take(await api.sitting());
    if (this.state.running) this.go();
  }

  /** @param {{every_s: number, prompts: boolean, profile: string | null}} day */
  async begin(day) {
    // Who does not answer it has the prompts on the page all the same.
    if (day.prompts && "Notification" in window && Notification.permission === "default") void Notification.requestPermission();
    this.take(await api.beginSitting(day));
    this.go();
  }

  async end() {
    const state = await api.endSitting();
    this.turn += 1;
    this.put(null);
    this.take(state);
  }

  async snooze() {
    const state = await api.snoozeSitting();
    this.put(null);
    this.take(state);
  }

  go() {
    this.turn += 1;
    void this.looks(this.turn);
  }

  /** @param {number} turn */
  async looks(turn) {
    while (turn === this.turn && this.state.running) {
      const began = performance.now();
      const jpeg = await this.picture();
      if (turn !== this.turn) return;
      const state = await api.look(jpeg).catch((error) => stateAfter(error, this.state));
      if (turn !== this.turn) return; // the day has ended meanwhile
      this.take(state);
      const every = (this.state.every_s ?? 60) * 1000;
      await this.wait(Math.max(1000, every - (performance.now() - began)));
    }
  }

  /** A picture, or nothing: of a session that has the camera, or of one that gives none. @returns {Promise<Blob | null>} */
  async picture() {
    if (camera.isLive) return null;
    let stream = null;
    try {
      const id = camera.remembered;
      const size = { width: { ideal: 640 }, height: { ideal: LINES } };
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: id ? { ...size, deviceId: id } : size });
      await this.wait(ADAPT_MS);
      const jpeg = await seen(stream);
      this.trouble = null;
      return jpeg;
    } catch (error) {
      this.trouble = error;
      return null;
    } finally {
      stop(stream);
      if (stream !== null) await this.wait(CLOSED_MS);
    }
  }

  /** @param {SittingState} state */
  take(state) {
    this.state = state;
    if (state.prompt) this.prompt(state.prompt);
    this.changed();
  }

  /** @param {import("../server/messages.js").Prompt} prompt */
  prompt({ title, text, plan }) {
    const stretch = () => {
      this.put(null);
      location.hash = `#/plan?${new URLSearchParams({ plan: plan ?? "" })}`;
    };
    this.element.setAttribute("aria-label", t("sitting_prompt"));
    const ways = [
      plan !== null && button(this.state.prompt?.stretch ?? "", stretch, { class: "main" }),
      button(this.state.snooze ?? "", () => void this.snooze().catch((error) => this.element.append(troubleNote(error)))),
      button(t("sitting_seen"), () => this.put(null)),
    ];
    this.put(h("div", {}, h("p", {}, h("strong", {}, title)), h("p", {}, text), h("p", { class: "ways" }, ...ways)));
    if ("Notification" in window && Notification.permission === "granted") {
      const notice = new Notification(title, { body: text, tag: "sitting" });
      notice.addEventListener("click", () => window.focus());
    }
  }

  /** @param {HTMLElement | null} prompt */
  put(prompt) {
    this.element.replaceChildren(...(prompt ? [prompt] : []));
    show(this.element, prompt !== null);
  }

  /** Wait, also while the page is hidden. @param {number} ms @returns {Promise<void>} */
  wait(ms) {
    if (this.clock === null) {
      this.clock = new Worker("/static/care/clock.js", { type: "module" });
      this.clock.addEventListener("message", ({ data }) => {
        this.waiting.get(data)?.();
        this.waiting.delete(data);
      });
    }
    const id = Math.max(0, ...this.waiting.keys()) + 1;
    this.clock.postMessage({ id, ms });
    return new Promise((done) => this.waiting.set(id, done));
  }
}

export const desk = new Desk();

/** How the day stands where a look was not taken: over where the server says so, else as before. @param {unknown} error @param {SittingState} before @returns {SittingState} */
function stateAfter(error, before) {
  const refused = error instanceof api.Trouble && error.status > 0;
  return refused ? { running: false, trouble: error.sentences[0] ?? null } : { ...before, prompt: null };
}

/** The picture of now, small. A hidden page shows no film, so the camera is asked for a single picture where it can be. @param {MediaStream} stream */
async function seen(stream) {
  const [track] = stream.getVideoTracks();
  const image = "ImageCapture" in window ? await new ImageCapture(track).grabFrame() : await played(stream);
  const share = Math.min(1, LINES / image.height);
  const canvas = new OffscreenCanvas(Math.round(image.width * share), Math.round(image.height * share));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
}

/** @param {MediaStream} stream @returns {Promise<ImageBitmap>} */
async function played(stream) {
  const video = h("video", { playsinline: true });
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  const image = await createImageBitmap(video);
  video.srcObject = null;
  return image;
}
