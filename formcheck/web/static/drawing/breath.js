/** The breathing pacer: a circle that grows with the breath in and shrinks with the breath out, and the word for it. */

import { h, setText, svg } from "../page.js";
import { t } from "../words.js";

const FULL = 46;
const LEAST = 0.35;

export class Pacer {
  constructor() {
    this.circle = svg("circle", { class: "air", cx: 50, cy: 50, r: LEAST * FULL });
    this.word = h("p", { class: "breath_word" });
    const drawing = svg(
      "svg",
      { class: "air_drawing", viewBox: "0 0 100 100", "aria-hidden": "true" },
      svg("circle", { class: "full", cx: 50, cy: 50, r: FULL }),
      this.circle,
    );
    this.element = h("div", { class: "breath" }, drawing, this.word);
  }

  /** @param {import("../server/messages.js").Breath} breath */
  draw({ inhaling, share }) {
    const filled = inhaling ? share : 1 - share;
    this.circle.setAttribute("r", `${FULL * (LEAST + (1 - LEAST) * filled)}`);
    this.element.dataset.air = inhaling ? "in" : "out";
    setText(this.word, inhaling ? t("breathe_in") : t("breathe_out"));
  }
}
