/**
 * The camera's level before a check: two points on an edge that is level in the room, shown in its picture; or a number. Left out,
 * the camera is taken to be level.
 */

import { h, setText, svg } from "../page.js";
import * as api from "../server/api.js";
import { preferences } from "../settings/preferences.js";
import { t } from "../words.js";

const STEEPEST = 45;

export class Level {
  constructor() {
    /** As the camera sees it: in heights of the picture, y up. @type {[number, number][]} */
    this.points = [];
    this.drawing = svg("svg", { class: "level", "aria-hidden": "true" });
    this.said = h("p", { class: "lead", role: "status" });
    this.field = h("input", { id: "level", type: "number", step: 0.1, min: -STEEPEST, max: STEEPEST, inputmode: "decimal", onchange: () => this.draw([], 1) });
    this.element = h(
      "section",
      { class: "level_step", "aria-labelledby": "level_title" },
      h("h2", { id: "level_title" }, t("level_title")),
      h("p", {}, t("level_how")),
      this.said,
      h("p", { class: "field" }, h("label", { for: "level" }, t("level_degrees")), this.field),
      h("p", {}, t("level_may_be_left")),
    );
  }

  /** What is known of the camera's roll; `null`: nothing. */
  get degrees() {
    const degrees = this.field.valueAsNumber;
    return Number.isFinite(degrees) ? Math.min(STEEPEST, Math.max(-STEEPEST, degrees)) : null;
  }

  /** Take the points that are shown in the picture of `video`. @param {HTMLVideoElement} video */
  listen(video) {
    video.addEventListener("click", (event) => void this.point(video, event));
  }

  /** @param {HTMLVideoElement} video @param {MouseEvent} event */
  async point(video, event) {
    const { videoWidth: wide, videoHeight: high } = video;
    const box = video.getBoundingClientRect();
    const scale = Math.min(box.width / wide, box.height / high);
    const x = (event.clientX - (box.left + box.width / 2)) / scale;
    const y = (event.clientY - (box.top + box.height / 2)) / scale;
    if (!(Math.abs(x) <= wide / 2 && Math.abs(y) <= high / 2)) return;
    const { instruction, points, level_deg } = await api.level([...this.points, [asSeen(x + wide / 2, wide) / high, (high / 2 - y) / high]]);
    this.points = points;
    setText(this.said, instruction);
    this.field.value = level_deg === null ? "" : `${level_deg}`;
    this.draw(points, wide / high);
    if (level_deg !== null) this.points = []; // the next one begins anew
  }

  /** @param {[number, number][]} points @param {number} aspect */
  draw(points, aspect) {
    this.drawing.setAttribute("viewBox", `0 0 ${aspect} 1`);
    const at = points.map(([x, y]) => /** @type {const} */ ([asSeen(x, aspect), 1 - y]));
    const dots = at.map(([cx, cy]) => svg("circle", { cx, cy, r: 0.015 }));
    const line = at.length === 2 ? svg("line", { x1: at[0][0], y1: at[0][1], x2: at[1][0], y2: at[1][1] }) : null;
    this.drawing.replaceChildren(...dots, ...(line ? [line] : []));
    if (points.length === 0) this.points = [];
  }
}

/** How far from the left the camera sees what is shown there, and the other way round. @param {number} x @param {number} width Of the picture. */
function asSeen(x, width) {
  return preferences.mirrored ? width - x : x;
}
