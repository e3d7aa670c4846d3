/** Whether the camera sees the person as it must, in words and with a sign, before anything is begun. */

import { PictureSender } from "../capture/pictures.js";
import { setSign, signDrawing } from "../drawing/signs.js";
import { h, setText, show } from "../page.js";
import { t } from "../words.js";

const EVERY_MS = 250;
/** After so long without a picture, what was seen in the last one holds no longer. */
const SILENT_MS = 2000;

export class Sight {
  /** @param {HTMLVideoElement} video @param {string} plan What is to be begun. */
  constructor(video, plan) {
    this.sign = signDrawing();
    this.words = h("p");
    this.element = h("div", { class: "sight", role: "status", hidden: true }, this.sign, this.words);
    this.plan = plan;
    this.pictures = new PictureSender(video, (picture) => this.send(picture), EVERY_MS);
    this.silence = 0;
    /** @type {WebSocket | null} */
    this.socket = null;
  }

  /** Look from now on, as long as the server answers. */
  begin() {
    this.end();
    const socket = new WebSocket(`ws://${location.host}/api/camera?${new URLSearchParams({ plan: this.plan })}`);
    socket.addEventListener("message", ({ data }) => this.told(JSON.parse(data)));
    socket.addEventListener("close", () => socket === this.socket && this.end());
    this.socket = socket;
    this.tell("elsewhere", t("joining"));
    show(this.element, true);
  }

  /** @param {Uint8Array<ArrayBuffer>} picture */
  send(picture) {
    this.socket?.send(picture);
    this.wait();
  }

  /** Say so, if no picture comes from now on. */
  wait() {
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.tell("unseen", t("no_picture")), SILENT_MS);
  }

  /** @param {import("../server/messages.js").Sight} sight */
  told({ status, text, taken }) {
    if (this.socket === null) return;
    if (!this.pictures.running) {
      this.pictures.start();
      this.wait();
    }
    this.pictures.answered(taken);
    if (status !== null) this.tell(status, text);
  }

  /** @param {import("../server/messages.js").Status} status @param {string | null} text */
  tell(status, text) {
    setSign(this.sign, status);
    setText(this.words, text);
  }

  end() {
    const socket = this.socket;
    this.socket = null;
    this.pictures.stop();
    window.clearTimeout(this.silence);
    this.pictures.underWay = null;
    socket?.close();
    show(this.element, false);
  }
}
