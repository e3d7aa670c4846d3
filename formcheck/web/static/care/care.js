/** Psoas care: what of it there is, and where each part is to be found. */

import { cardLink } from "../choosing/plans.js";
import { runningNote } from "../choosing/running.js";
import { h } from "../page.js";
import * as api from "../server/api.js";
import { link, pageView } from "../views.js";
import { t } from "../words.js";
import { checkAddress, programmeAddress } from "./ways.js";

/** @returns {Promise<import("../views.js").View>} */
export async function careView() {
  const [{ programme, checks }, { plans }, { session, profile }] = await Promise.all([api.care(), api.plans(), api.state()]);
  const blocks = plans.filter(({ kind }) => kind === "block");
  return pageView(
    t("care_title"),
    "care",
    session && runningNote(session),
    h("p", { class: "lead" }, t("care_lead")),
    h("p", { class: "ways" }, link("#/psoas", t("psoas_about"), "button")),
    group("care_programme", [offer(programmeAddress(profile), programme.title, programme.text)]),
    group("care_checks", checks.map(({ name, title, text }) => offer(checkAddress(name, profile), title, text))),
    group("care_blocks", blocks.map((card) => cardLink(card, profile))),
    group("care_sitting", [offer("#/sitting", t("sitting_title"), t("sitting_offer"))]),
  );
}

/** @param {string} key Of the title; that of what it is for has `_what_for` after it. @param {HTMLElement[]} cards */
function group(key, cards) {
  return h(
    "section",
    { "aria-labelledby": key },
    h("h2", { id: key }, t(key)),
    h("p", {}, t(`${key}_what_for`)),
    h("ul", { class: "cards" }, ...cards.map((card) => h("li", {}, card))),
  );
}

/** @param {string} address @param {string} title @param {string} text */
function offer(address, title, text) {
  return h("a", { class: "card", href: address }, h("strong", {}, title), h("span", { class: "purpose" }, text));
}
