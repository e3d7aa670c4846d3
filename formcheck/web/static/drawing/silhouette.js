/** A body in its posture: limbs that melt into one shape, on the floor. */

import { svg } from "../page.js";

/**
 * @param {import("../server/messages.js").Silhouette} silhouette
 * @returns {SVGSVGElement}
 */
export function silhouetteDrawing({ limbs, stretched = [], lines, width }) {
  const floor = lines.map(([x1, y1, x2, y2, wide]) => svg("line", { class: "floor", x1, y1, x2, y2, "stroke-width": wide }));
  const bodies = [svg("path", { class: "body", d: limbs.map(limbPath).join("") })];
  if (stretched.length > 0) bodies.push(svg("path", { class: "body stretched", d: stretched.map(limbPath).join("") }));
  const upwards = svg("g", { transform: "translate(0 1) scale(1 -1)" }, ...floor, ...bodies);
  return svg("svg", { class: "silhouette", viewBox: `0 0 ${width} 1`, "aria-hidden": "true" }, upwards);
}

/**
 * Return the outline of two circles and their hull, always in the same direction, so that limbs that overlap are one.
 *
 * @param {import("../server/messages.js").Limb} limb
 */
function limbPath([x1, y1, r1, x2, y2, r2]) {
  const apart = Math.hypot(x2 - x1, y2 - y1);
  if (apart <= Math.abs(r1 - r2)) return r1 >= r2 ? circlePath(x1, y1, r1) : circlePath(x2, y2, r2);
  const along = Math.atan2(y2 - y1, x2 - x1);
  const open = Math.acos((r1 - r2) / apart);
  /** @type {(x: number, y: number, r: number, angle: number) => string} */
  const at = (x, y, r, angle) => `${round(x + r * Math.cos(angle))} ${round(y + r * Math.sin(angle))}`;
  const [large1, large2] = [open < Math.PI / 2 ? 1 : 0, open > Math.PI / 2 ? 1 : 0];
  const [left, right] = [along + open, along - open];
  return (
    `M${at(x1, y1, r1, left)}A${r1} ${r1} 0 ${large1} 1 ${at(x1, y1, r1, right)}` +
    `L${at(x2, y2, r2, right)}A${r2} ${r2} 0 ${large2} 1 ${at(x2, y2, r2, left)}Z`
  );
}

/** @type {(x: number, y: number, r: number) => string} */
function circlePath(x, y, r) {
  return `M${x - r} ${y}A${r} ${r} 0 1 1 ${x + r} ${y}A${r} ${r} 0 1 1 ${x - r} ${y}Z`;
}

/** @param {number} number */
function round(number) {
  return Math.round(1e4 * number) / 1e4;
}
