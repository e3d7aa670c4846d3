/** The keys that work now, as buttons to press and on the keyboard. */

import { h, setText } from "../page.js";
import { t } from "../words.js";

/** @typedef {import("../server/messages.js").KeyCap} KeyCap */

export class Keys {
  /** @param {(key: string) => void} press */
  constructor(press) {
    this.press = press;
    this.element = h("div", { class: "keys", role: "group", "aria-label": t("keys") });
    /** @type {KeyCap[]} */
    this.caps = [];
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    document.addEventListener("keydown", this.typed);
  }

  /**
   * @param {KeyCap[]} caps
   * @param {string[]} elsewhere Keys that have a larger button of their own.
   */
  draw(caps, elsewhere) {
    this.caps = caps;
    const shown = caps.filter(({ key }) => !elsewhere.includes(key) && (key !== "full_screen" || document.fullscreenEnabled));
    for (const [key, found] of this.buttons) {
      if (!shown.some((cap) => cap.key === key)) {
        found.remove();
        this.buttons.delete(key);
      }
    }
    shown.forEach(({ key, cap, text }, i) => {
      const found = this.buttons.get(key) ?? this.make(key);
      if (this.element.children[i] !== found) this.element.insertBefore(found, this.element.children[i] ?? null);
      setText(found.children[0], cap);
      setText(found.children[1], text);
      found.setAttribute("aria-keyshortcuts", cap);
    });
  }

  /** @param {string} key */
  make(key) {
    const found = h("button", { type: "button", "data-key": key }, h("kbd"), h("span"));
    found.addEventListener("click", (event) => {
      this.press(key);
      // A button that was pressed by hand gives the keyboard back: the space bar pauses again.
      if (event.detail > 0) found.blur();
    });
    this.buttons.set(key, found);
    return found;
  }

  /** @param {KeyboardEvent} event */
  typed = (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]") !== null) return;
    const place = event.target instanceof Element ? event.target : null;
    if (place?.closest("input, select, textarea")) return;
    if (event.key === " " && place?.closest("button, a, summary")) return;
    const typed = event.key === " " ? "space" : event.key.toLowerCase();
    const found = this.caps.find(({ cap }) => cap === typed);
    if (found === undefined) return;
    event.preventDefault();
    this.press(found.key);
  };

  close() {
    document.removeEventListener("keydown", this.typed);
  }
}
