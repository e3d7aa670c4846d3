/** How much it hurts after a session of the programme. */

import { h } from "../page.js";
import * as api from "../server/api.js";
import { heading, pageView, troubleNote } from "../views.js";
import { t } from "../words.js";
import { painOf, painScale } from "./pain.js";
import { toCare } from "./ways.js";

/** @param {string} session @returns {Promise<import("../views.js").View>} */
export async function afterView(session) {
  const { question } = await api.afterQuestion();
  const trouble = h("div");
  /** @param {SubmitEvent} event */
  const tell = async (event) => {
    event.preventDefault();
    try {
      const { mind } = await api.tellAfter(session, painOf(form));
      const title = heading(t("after_thanks"));
      view.element.replaceChildren(title, h("p", {}, mind ?? t("after_kept")), h("p", { class: "ways" }, toCare("main")));
      title.focus();
    } catch (error) {
      trouble.replaceChildren(troubleNote(error));
    }
  };
  const form = h(
    "form",
    { onsubmit: tell },
    painScale(question),
    trouble,
    h("p", { class: "ways" }, h("button", { type: "submit", class: "main" }, t("go_on")), toCare()),
  );
  const view = pageView(t("after_title"), "care", form);
  return view;
}
