/** The clock of a hold: a ring that fills, the whole seconds large in it, and below whether it runs, by a shape and a word. */

import { h, setText, svg } from "../page.js";
import { t } from "../words.js";

const RADIUS = 44;
const AROUND = 2 * Math.PI * RADIUS;

export class Ring {
  constructor() {
    this.filled = svg("circle", { class: "filled", cx: 50, cy: 50, r: RADIUS, "stroke-dasharray": AROUND });
    this.number = svg("text", { class: "number", x: 50, y: 45.5 });
    this.caption = svg("text", { class: "of", x: 50, y: 72.5 });
    this.shape = svg("path");
    this.word = h("span");
    this.drawing = svg(
      "svg",
      { viewBox: "0 0 100 100", role: "img" },
      svg("circle", { cx: 50, cy: 50, r: RADIUS }),
      this.filled,
      this.number,
      this.caption,
    );
    const shape = svg("svg", { class: "shape", viewBox: "-6 -6 12 12", "aria-hidden": "true" }, this.shape);
    this.element = h("div", { class: "ring" }, this.drawing, h("p", { class: "running" }, shape, this.word));
  }

  /**
   * Show the time that was held of a goal.
   *
   * @param {import("../server/messages.js").Screen} screen
   */
  clock(screen) {
    const state = screen.counting ? "running" : screen.held_s > 0 ? "stopped" : "waiting";
    this.set(state, screen.goal_s ? Math.min(1, screen.held_s / screen.goal_s) : 0, `${screen.held}`, screen.of_goal ?? t("ring_seconds"));
    setText(this.word, t(`ring_${state}`));
  }

  /**
   * Show seconds that are left.
   *
   * @param {number} count
   * @param {string} caption
   */
  count(count, caption) {
    this.set("count", 0, `${count}`, caption);
    setText(this.word, "");
  }

  /** @type {(state: string, share: number, number: string, caption: string) => void} */
  set(state, share, number, caption) {
    this.element.dataset.state = state;
    this.filled.setAttribute("stroke-dashoffset", `${AROUND * (1 - share)}`);
    this.filled.toggleAttribute("hidden", share === 0);
    this.number.dataset.digits = `${Math.min(3, number.length)}`;
    setText(this.number, number);
    setText(this.caption, caption);
    this.shape.setAttribute("d", SHAPES[state]);
    const label = t("ring_label", { number, caption });
    if (this.drawing.getAttribute("aria-label") !== label) this.drawing.setAttribute("aria-label", label);
  }
}

/** @type {Record<string, string>} A triangle and two bars. */
const SHAPES = { running: "M-3 -4 L4 0 L-3 4 Z", stopped: "M-2.5 -4 V4 M2.5 -4 V4", waiting: "", count: "" };
