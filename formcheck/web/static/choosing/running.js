/** A session that goes on in another window, or was left: there is one at a time. */

import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { link, pageView, showAnew, troubleNote } from "../views.js";
import { t } from "../words.js";

/** What stands in the place of the camera while a session is open; `null`: none is. @returns {Promise<import("../views.js").View | null>} */
export async function runningView() {
  const { session } = await api.state();
  return session && pageView(t("camera_title"), null, runningNote(session, showAnew));
}

/** @param {import("../server/messages.js").SessionName} session @param {() => void} [ended] Called when it was ended here. */
export function runningNote({ title }, ended = () => {}) {
  const note = h("div", { class: "notice" }, h("p", {}, t("session_runs", { title })), link("#/session", t("go_to_session"), "button"));
  const end = button(t("end_session"), () => {
    const gone = () => {
      note.remove();
      ended();
    };
    api.endSession().then(gone, (error) => note.append(troubleNote(error)));
  });
  note.append(end);
  return note;
}
