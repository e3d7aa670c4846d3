/** A session as a row of the list: when, what, how long it was held, and pain as it was told. */

import { ask } from "../dialog.js";
import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { t } from "../words.js";

/** @typedef {(row: HTMLElement) => void} Gone What is to be done once a row is deleted. */

/**
 * @param {import("../server/messages.js").KeptSession} session
 * @param {number} place
 * @param {Gone | null} gone `null`: it runs now, and is not deleted.
 */
export function sessionRow({ id, title, day, profile, cut, lines, told, nothing, partly }, place, gone) {
  const address = `#/session_report?${new URLSearchParams({ id })}`;
  const notes = [...told, nothing, partly].filter((sentence) => sentence !== null);
  return h(
    "li",
    {},
    h("p", { class: "day" }, h("span", {}, day), profile !== null && h("bdi", {}, profile), cut !== null && h("span", {}, cut)),
    h("h3", {}, h("a", { id: `session_${place}`, href: address, "aria-label": t("session_of", { title, day }) }, title)),
    lines.length > 0 && h("ul", { class: "lines" }, ...lines.map(line)),
    ...notes.map((sentence) => h("p", { class: "told" }, sentence)),
    gone === null ? h("p", {}, t("running_now")) : deleteButton(t("delete_session_of", { title, day }), t("session_goes", { title, day }), id, gone),
  );
}

/** @param {{id: string, told: string}} damaged @param {Gone} gone */
export function damagedRow({ id, told }, gone) {
  return h("li", {}, h("p", { class: "trouble" }, told), deleteButton(t("delete_damaged"), t("damaged_goes"), id, gone));
}

/** @param {import("../server/messages.js").KeptCheck} check @param {Gone} gone */
export function checkRow({ id, title, day, profile, lines }, gone) {
  return h(
    "li",
    {},
    h("p", { class: "day" }, h("span", {}, day), profile !== null && h("bdi", {}, profile)),
    h("h3", {}, title),
    ...lines.map((text) => h("p", {}, text)),
    deleteButton(t("delete_check_of", { title, day }), t("check_goes", { title, day }), id, gone),
  );
}

/** @param {import("../server/messages.js").KeptLine} line */
function line({ title, side, held, notes }) {
  return h(
    "li",
    {},
    h("span", { class: "what" }, title),
    side && h("span", {}, side),
    held && h("strong", {}, held),
    notes && h("span", { class: "notes" }, notes),
  );
}

/** @param {string} label @param {string} goes @param {string} id @param {Gone} gone */
function deleteButton(label, goes, id, gone) {
  const remove = button(t("delete"), () => void asked(), { class: "small", "aria-label": label });

  async function asked() {
    const row = /** @type {HTMLElement} */ (remove.closest("li"));
    if (await ask(t("delete_session_question"), [goes, t("not_undone")], t("delete"), () => api.deleteSession(id))) gone(row);
  }

  return remove;
}
