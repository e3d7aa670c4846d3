/** The line to the running session: messages come in, pictures and keys go out. A line that breaks is joined again. */

import * as api from "./api.js";
import { Trouble } from "./api.js";

const AGAIN_MS = 1000;

/**
 * @typedef {object} Heard
 * @property {(message: import("./messages.js").Message) => void} message
 * @property {(open: boolean) => void} line Whether the server is there.
 * @property {(sentences: string[]) => void} refused The session can't go on.
 */

export class Connection {
  /**
   * @param {string} id Of the session.
   * @param {import("./messages.js").SessionRequest} request By which it was begun.
   * @param {Heard} heard
   */
  constructor(id, request, heard) {
    this.id = id;
    this.request = request;
    this.heard = heard;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.wanted = true;
    this.timer = 0;
    this.open();
  }

  open() {
    const socket = new WebSocket(`ws://${location.host}/api/session/pictures`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.addEventListener("open", () => this.heard.line(true));
    socket.addEventListener("message", (event) => this.heard.message(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      if (this.socket !== socket || !this.wanted) return;
      this.heard.line(false);
      this.later();
    });
  }

  later() {
    this.timer = window.setTimeout(() => void this.join(), AGAIN_MS);
  }

  /** Join the session again, of a server that was started anew as well. */
  async join() {
    try {
      const { session } = await api.state();
      if (session === null) this.id = (await api.start({ ...this.request, resume: this.id })).id;
      if (this.wanted) this.open();
    } catch (error) {
      if (!this.wanted) return;
      if (error instanceof Trouble && error.status >= 400 && error.status < 500) this.heard.refused(error.sentences);
      else this.later();
    }
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** @param {Uint8Array<ArrayBuffer>} picture */
  sendPicture(picture) {
    if (this.isOpen) this.socket?.send(picture);
  }

  /** @param {string} key */
  sendKey(key) {
    if (this.isOpen) this.socket?.send(JSON.stringify({ key }));
  }

  close() {
    this.wanted = false;
    window.clearTimeout(this.timer);
    this.socket?.close();
  }
}
