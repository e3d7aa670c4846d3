/** What a screen reader says of the session: verdicts and instructions, never more than one message in two seconds. */

import { h } from "../page.js";

const APART_MS = 2000;

export class LiveRegion {
  element = h("p", { class: "unseen_text", "aria-live": "polite", role: "status" });
  /** @type {string | null} */
  next = null;
  last = "";
  lastAt = -Infinity;
  timer = 0;

  /**
   * Say a text once there is room for it; what is newer by then is said instead.
   *
   * @param {string} text
   */
  announce(text) {
    this.next = text === this.last ? null : text;
    if (this.next === null || this.timer !== 0) return;
    this.timer = window.setTimeout(() => this.tell(), Math.max(300, this.lastAt + APART_MS - performance.now()));
  }

  tell() {
    this.timer = 0;
    if (this.next === null || this.next === "") return;
    this.last = this.next;
    this.lastAt = performance.now();
    this.element.textContent = this.next;
    this.next = null;
  }

  close() {
    window.clearTimeout(this.timer);
  }
}
