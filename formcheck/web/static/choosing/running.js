/** A session that goes on in another window, or was left: there is one at a time. */

import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { link, troubleNote } from "../views.js";
import { t } from "../words.js";

/** @param {import("../server/messages.js").SessionName} session */
export function runningNote({ title }) {
  const note = h("div", { class: "notice" }, h("p", {}, t("session_runs", { title })), link("#/session", t("go_to_session"), "button"));
  const end = button(t("end_session"), () => {
    api.endSession().then(
      () => note.remove(),
      (error) => note.append(troubleNote(error)),
    );
  });
  note.append(end);
  return note;
}
