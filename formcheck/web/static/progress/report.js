/** The report of one session. */

import { ask } from "../dialog.js";
import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { heading, link, reportWays } from "../views.js";
import { t } from "../words.js";
import { reportFrame } from "./frame.js";
import { listAddress } from "./place.js";

/**
 * @param {string} id
 * @returns {Promise<import("../views.js").View>}
 */
export async function reportView(id) {
  const { title, day } = await api.keptSession(id);
  const text = t("session_of", { title, day });
  const back = link(listAddress(), t("all_sessions"), "button");
  const remove = button(t("delete_session"), () => void deleted());

  async function deleted() {
    const sentences = [t("session_goes", { title, day }), t("not_undone")];
    if (await ask(t("delete_session_question"), sentences, t("delete"), () => api.deleteSession(id))) location.replace(listAddress());
  }

  const address = `/api/progress/session/report?${new URLSearchParams({ id })}`;
  return {
    title: text,
    element: h(
      "main",
      { id: "main", class: "progress" },
      heading(t("session_report")),
      h("p", { class: "ways" }, back, ...reportWays(address, `${text}.html`), remove),
      reportFrame(address, text),
    ),
  };
}
