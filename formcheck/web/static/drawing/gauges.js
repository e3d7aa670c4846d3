/** The few angles that matter most, each with a needle over its target range: name, number, sign. */

import { h, setText, svg } from "../page.js";
import { FittedText } from "../session/fit_text.js";
import { t } from "../words.js";
import { setSign, signDrawing } from "./signs.js";

const LONG = 100;

export class Gauges {
  constructor() {
    this.element = h("ul", { class: "gauges" });
    /** @type {GaugeRow[]} */
    this.rows = [];
  }

  /** @param {import("../server/messages.js").Gauge[]} gauges */
  draw(gauges) {
    while (this.rows.length > gauges.length) this.rows.pop()?.element.remove();
    while (this.rows.length < gauges.length) {
      const row = new GaugeRow();
      this.rows.push(row);
      this.element.append(row.element);
    }
    gauges.forEach(({ name }, i) => this.rows[i].name.set(name)); // all at once: each looks how much room there is
    gauges.forEach((gauge, i) => this.rows[i].draw(gauge));
  }
}

class GaugeRow {
  constructor() {
    const name = h("span", { class: "gauge_name" });
    this.name = new FittedText(name, false);
    this.sign = signDrawing();
    this.state = h("span", { class: "unseen_text" });
    this.number = h("span", { class: "gauge_number" });
    this.range = svg("rect", { class: "range", y: 3, height: 6 });
    this.needle = svg("rect", { class: "needle", y: 0, width: 3, height: 12 });
    const scale = svg(
      "svg",
      { class: "scale", viewBox: `0 0 ${LONG} 12`, preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "track", x: 0, y: 5, width: LONG, height: 2 }),
      this.range,
      this.needle,
    );
    this.element = h("li", { class: "gauge" }, name, this.sign, this.number, this.state, scale);
  }

  /** @param {import("../server/messages.js").Gauge} gauge */
  draw({ text, status, value, full, zero }) {
    this.element.dataset.status = status;
    setText(this.number, text);
    setText(this.state, t(`gauge_${status}`));
    setSign(this.sign, status);
    const along = (/** @type {number} */ degrees) =>
      (LONG * (Math.min(Math.max(degrees, zero[0]), zero[1]) - zero[0])) / (zero[1] - zero[0]);
    this.range.setAttribute("x", `${along(full[0])}`);
    this.range.setAttribute("width", `${along(full[1]) - along(full[0])}`);
    this.needle.toggleAttribute("hidden", value === null);
    if (value !== null) this.needle.setAttribute("x", `${Math.min(LONG - 3, Math.max(0, along(value) - 1.5))}`);
  }
}
