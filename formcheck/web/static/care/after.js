/** How much it hurts after a session of the programme. */

import { heading, link, troubleNote } from "../choosing/views.js";
import { h } from "../page.js";
import * as api from "../server/api.js";
import { t } from "../words.js";
import { painOf, painScale } from "./pain.js";

/** @param {string} session @returns {Promise<import("../choosing/views.js").View>} */
export async function afterView(session) {
  const { question } = await api.afterQuestion();
  const place = h("main", { id: "main", class: "care" });
  const trouble = h("div");
  /** @param {SubmitEvent} event */
  const tell = async (event) => {
    event.preventDefault();
    try {
      const { mind } = await api.tellAfter(session, painOf(form));
      const title = heading(t("after_thanks"));
      place.replaceChildren(title, h("p", {}, mind ?? t("after_kept")), h("p", { class: "ways" }, back("main")));
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
    h("p", { class: "ways" }, h("button", { type: "submit", class: "main" }, t("go_on")), back("plain")),
  );
  place.append(heading(t("after_title")), form);
  return { title: t("after_title"), element: place };
}

/** @param {string} kind */
function back(kind) {
  return link("#/care", t("back_to_care"), `button ${kind}`);
}
