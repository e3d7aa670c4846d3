/** The sign of a state: a tick, an exclamation mark, dots, a question mark. A shape each, so that no colour is needed. */

import { svg } from "../page.js";

/** @type {Record<import("../server/messages.js").Status, string>} */
const SHAPES = {
  correct: "M5.6 12.6 L10.2 17 L18.4 7.4",
  adjust: "M12 5.4 V13.2 M12 18 h0",
  elsewhere: "M6.6 12 h0 M12 12 h0 M17.4 12 h0",
  unseen: "M8.4 9.2 a3.7 3.7 0 1 1 5.6 3.1 q-2 1.1 -2 2.6 M12 18.6 h0",
};

/** Return the drawing of a sign, which `setSign` fills. */
export function signDrawing() {
  return svg("svg", { class: "sign", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("circle", { cx: 12, cy: 12, r: 11 }), svg("path"));
}

/**
 * @param {SVGSVGElement} drawing
 * @param {import("../server/messages.js").Status} status
 */
export function setSign(drawing, status) {
  if (drawing.dataset.status === status) return;
  drawing.dataset.status = status;
  drawing.lastElementChild?.setAttribute("d", SHAPES[status]);
}
