/** The bones of the person over the picture, in heights of the picture, with a dark edge that keeps them apart from it. */

import { svg } from "../page.js";

const EDGE = 0.006;

export class Figure {
  constructor() {
    this.edges = svg("g", { class: "edges" });
    this.bones = svg("g");
    const upwards = svg("g", { transform: "translate(0 1) scale(1 -1)" }, this.edges, this.bones);
    this.element = svg("svg", { class: "figure", "aria-hidden": "true", preserveAspectRatio: "none" }, upwards);
    this.aspect = 0;
  }

  /**
   * @param {{lines: import("../server/messages.js").TonedStroke[], dots: import("../server/messages.js").TonedDot[]}} figure
   * @param {number} aspect Of the picture, width over height.
   */
  draw({ lines, dots }, aspect) {
    if (aspect !== this.aspect) {
      this.aspect = aspect;
      this.element.setAttribute("viewBox", `0 0 ${aspect} 1`);
    }
    // All of one tone and width are one path; a dot is a line without a length.
    /** @type {Map<string, {tone: string, width: number, d: string}>} */
    const strokes = new Map();
    /** @type {(d: string, width: number, tone: string) => void} */
    const add = (d, width, tone) => {
      const stroke = strokes.get(`${tone} ${width}`) ?? { tone, width, d: "" };
      strokes.set(`${tone} ${width}`, { ...stroke, d: stroke.d + d });
    };
    for (const [x1, y1, x2, y2, width, tone] of lines) add(`M${x1} ${y1}L${x2} ${y2}`, width, tone);
    for (const [x, y, r, tone] of dots) add(`M${x} ${y}h0`, 2 * r, tone);
    const drawn = [...strokes.values()];
    fill(this.edges, drawn.map((stroke) => ({ ...stroke, width: stroke.width + EDGE })));
    fill(this.bones, drawn);
  }
}

/**
 * @param {SVGGElement} group
 * @param {{tone: string, width: number, d: string}[]} strokes
 */
function fill(group, strokes) {
  while (group.childElementCount > strokes.length) group.lastElementChild?.remove();
  while (group.childElementCount < strokes.length) group.append(svg("path"));
  strokes.forEach(({ tone, width, d }, i) => {
    const path = group.children[i];
    path.setAttribute("class", tone);
    path.setAttribute("stroke-width", `${width}`);
    path.setAttribute("d", d);
  });
}
