/** One stretch, routine or block: what it is for, and how it is to be done today. */

import { silhouetteDrawing } from "../drawing/silhouette.js";
import { checkField, profileField, radioField } from "../fields.js";
import { h } from "../page.js";
import * as api from "../server/api.js";
import { link, pageView, showAnew } from "../views.js";
import { t } from "../words.js";
import { addressOf } from "./choice.js";
import { facts } from "./plans.js";
import { runningNote } from "./running.js";

const SIDES = /** @type {const} */ (["auto", "left", "right"]);

/**
 * @param {import("./choice.js").Choice} choice
 * @returns {Promise<import("../views.js").View>}
 */
export async function planView(choice) {
  const [{ plans }, { profiles, session }] = await Promise.all([api.plans(), api.state()]);
  const card = plans.find(({ plan }) => plan === choice.plan);
  if (card === undefined) return pageView(t("unknown_plan"), null, toAll());
  const form = choiceForm(choice, profiles, { sides: card.sides, step: "questions", back: toAll(), films: true });
  return pageView(
    card.title,
    "plan",
    session && runningNote(session, showAnew),
    h("div", { class: "silhouettes large" }, ...card.silhouettes.map(silhouetteDrawing)),
    h("p", { class: "facts" }, facts(card)),
    h("p", {}, card.purpose),
    card.needs && h("p", {}, t("at_hand", { needs: card.needs })),
    card.rules && h("ul", { class: "safety" }, ...card.rules.map((rule) => h("li", {}, rule))),
    card.safety && h("p", { class: "safety" }, card.safety),
    session ? h("p", { class: "ways" }, toAll()) : form,
  );
}

/**
 * What is chosen before a session or a check.
 *
 * @param {import("./choice.js").Choice} choice
 * @param {string[]} profiles
 * @param {{sides: boolean, step: string, back: Node, films?: boolean}} more Where it goes on, and back; whether it may be filmed.
 */
export function choiceForm(choice, profiles, { sides, step, back, films = false }) {
  const form = h(
    "form",
    { class: "choice", onsubmit: (event) => begin(event, form, choice, step) },
    sides && radioField("side", t("which_side"), SIDES.map((side) => [side, t(`side_${side}`)]), choice.side),
    profileField("profile", profiles, choice.profile),
    checkField("sound", t("sound"), !choice.muted),
    films && checkField("film", t("film"), choice.film ?? false, undefined, "kept"),
    h("p", { class: "private", id: "kept" }, t(films ? "film_what" : "stays_here")),
    h("p", { class: "ways" }, h("button", { type: "submit", class: "main" }, t("begin")), back),
  );
  return form;
}

/** @param {SubmitEvent} event @param {HTMLFormElement} form @param {import("./choice.js").Choice} choice @param {string} step */
function begin(event, form, { plan, from }, step) {
  event.preventDefault();
  const data = new FormData(form);
  const side = SIDES.find((one) => one === data.get("side")) ?? "auto";
  const profile = `${data.get("profile") ?? ""}` || null;
  location.hash = addressOf(step, { plan, side, from, profile, muted: data.get("sound") === null, film: data.get("film") !== null });
}

function toAll() {
  return link("#/stretch", t("back_to_stretches"), "button plain");
}
