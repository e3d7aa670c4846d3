/** The camera before a session: its picture, what it sees of the person, which one it is, and what to do where there is none. */

import { camera, cameraVideo, play, troubleKey } from "../capture/camera.js";
import { cameraChoice } from "../capture/choice.js";
import { button, h, show } from "../page.js";
import { Trouble } from "../server/api.js";
import { link, pageView, showAnew, troubleNote } from "../views.js";
import { t } from "../words.js";
import { addressOf } from "./choice.js";
import { Sight } from "./sight.js";

/**
 * @param {import("./choice.js").Choice} choice
 * @param {(choice: import("./choice.js").Choice) => Promise<void>} start
 * @param {{notes: string[], place?: string, over?: Node[], below?: Node[]}} more What is to be read before it begins, where the
 *   camera goes, and what is shown over and below its picture.
 * @returns {import("../views.js").View & {video: HTMLVideoElement}}
 */
export function cameraView(choice, start, { notes, place: where = t("camera_place"), over = [], below = [] }) {
  const video = cameraVideo("preview");
  const state = h("div", { class: "camera_state", role: "status" }, h("p", {}, t("camera_asking")));
  const trouble = h("div");
  const place = h("div", { class: "preview_place", hidden: true }, video, ...over);
  const sight = new Sight(video, choice.plan);
  let started = false;
  const begin = button(t("start_session"), () => void go(), { class: "main", disabled: true });

  /** @param {string | null} [id] */
  const open = async (id) => {
    begin.disabled = true;
    sight.end();
    try {
      if (!(await camera.open(id))) return;
      play(video, camera.stream);
      show(place, true);
      sight.begin();
      state.replaceChildren(h("p", {}, where), cameraChoice((chosen) => void open(chosen)));
      begin.disabled = false;
      begin.focus({ preventScroll: below.length > 0 }); // there is more to do in the picture first
    } catch (error) {
      show(place, false);
      const key = troubleKey(error);
      state.replaceChildren(
        h("p", { class: "trouble" }, t(key)),
        h("p", {}, t(`${key}_what_to_do`)),
        cameraChoice((chosen) => void open(chosen), t("try_camera_again")),
      );
    }
  };
  const unheard = camera.listen((trouble) => trouble === "camera_muted" || void open());

  const go = async () => {
    begin.disabled = true;
    trouble.replaceChildren();
    try {
      started = true;
      sight.end();
      await start(choice);
    } catch (error) {
      started = false;
      sight.begin();
      begin.disabled = false;
      if (error instanceof Trouble && error.status === 409) showAnew(); // a session is open by now
      else trouble.replaceChildren(troubleNote(error));
    }
  };

  void open();
  const back = link(choice.calibrate ? "#/settings" : addressOf(choice.from ?? "plan", choice), t("back"), "button plain");
  const view = pageView(
    choice.calibrate ? t("calibration_title", { profile: choice.profile ?? "" }) : t("camera_title"),
    "camera_check",
    choice.calibrate && h("p", {}, t("calibrate_what")),
    place,
    sight.element,
    h("p", { class: "private" }, t(choice.film ? "stays_here_but_film" : "stays_here")),
    state,
    ...below,
    notes.length > 0 && h("h2", {}, t("before_you_begin")),
    ...notes.map((note) => h("p", {}, note)),
    trouble,
    h("p", { class: "ways" }, begin, back),
  );
  const leave = () => {
    sight.end();
    play(video, null);
    unheard();
    if (!started) camera.close();
  };
  return { ...view, video, leave };
}
