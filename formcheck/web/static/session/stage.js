/** The picture of the camera, as a mirror shows it, with the figure over it, placed so that the person fills the room there is. */

import { cameraVideo, play } from "../capture/camera.js";
import { Figure } from "../drawing/figure.js";
import { h } from "../page.js";
import { preferences } from "../settings/preferences.js";
import { t } from "../words.js";

/** The part of the picture that is shown is larger than the person by this factor at least. */
const AROUND = 1.25;

export class Stage {
  constructor() {
    this.video = cameraVideo();
    this.figure = new Figure();
    this.mirror = h("div", { class: "mirror" }, this.video, this.figure.element);
    this.element = h("section", { class: "stage", "aria-label": t("picture") }, this.mirror);
    /** @type {[number, number, number, number] | null} */
    this.focus = null;
    this.observer = new ResizeObserver(() => this.place());
    this.observer.observe(this.element);
    this.video.addEventListener("resize", () => this.place());
  }

  get aspect() {
    return this.video.videoHeight > 0 ? this.video.videoWidth / this.video.videoHeight : 4 / 3;
  }

  /** @param {MediaStream | null} stream */
  show(stream) {
    play(this.video, stream);
  }

  /** @param {import("../server/messages.js").Screen} screen */
  draw({ figure, focus }) {
    this.figure.draw(figure, this.aspect);
    if (`${focus}` !== `${this.focus}`) {
      this.focus = focus;
      this.place();
    }
  }

  /** Show as much of the picture as there is room for, its part `focus` as large as fits. It leaves nothing free that it could fill. */
  place() {
    const [wide, high] = [this.element.clientWidth, this.element.clientHeight];
    if (wide === 0 || high === 0) return;
    const aspect = this.aspect;
    const [whole, filled] = [Math.min(wide / aspect, high), Math.max(wide / aspect, high)];
    const [left, low, right, top] = this.focus ?? [0, 0, aspect, 1];
    const wanted = this.focus ? Math.min(wide / (AROUND * (right - left)), high / (AROUND * (top - low))) : whole;
    const scale = Math.min(filled, Math.max(whole, wanted));
    const middle = preferences.mirrored ? aspect - (left + right) / 2 : (left + right) / 2;
    const x = covering(wide / 2 - scale * middle, scale * aspect, wide);
    const y = covering(high / 2 - scale * (1 - (low + top) / 2), scale, high);
    Object.assign(this.mirror.style, {
      left: `${x}px`,
      top: `${y}px`,
      width: `${scale * aspect}px`,
      height: `${scale}px`,
    });
  }

  close() {
    this.observer.disconnect();
    this.show(null);
  }
}

/**
 * Move a span so that it covers all of `room`, or, where it is shorter, lies in the middle.
 *
 * @type {(start: number, length: number, room: number) => number}
 */
function covering(start, length, room) {
  return length <= room ? (room - length) / 2 : Math.min(0, Math.max(start, room - length));
}
