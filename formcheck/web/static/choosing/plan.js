/** One stretch, routine or block: what it is for, and how it is to be done today. */

import { silhouetteDrawing } from "../drawing/silhouette.js";
import { h } from "../page.js";
import * as api from "../server/api.js";
import { t } from "../words.js";
import { facts } from "./plans.js";
import { addressOf, heading, link } from "./views.js";

const SIDES = /** @type {const} */ (["auto", "left", "right"]);

/**
 * @param {import("./views.js").Choice} choice
 * @returns {Promise<import("./views.js").View>}
 */
export async function planView(choice) {
  const [{ plans }, { profiles }] = await Promise.all([api.plans(), api.state()]);
  const card = plans.find(({ plan }) => plan === choice.plan);
  if (card === undefined) return { title: t("unknown_plan"), element: h("main", { id: "main" }, heading(t("unknown_plan")), toAll()) };
  const form = choiceForm(choice, profiles, { sides: card.sides, step: "questions", back: toAll(), films: true });
  return {
    title: card.title,
    element: h(
      "main",
      { id: "main", class: "plan" },
      heading(card.title),
      h("div", { class: "silhouettes large" }, ...card.silhouettes.map(silhouetteDrawing)),
      h("p", { class: "facts" }, facts(card)),
      h("p", {}, card.purpose),
      card.needs && h("p", {}, t("at_hand", { needs: card.needs })),
      card.rules && h("ul", { class: "safety" }, ...card.rules.map((rule) => h("li", {}, rule))),
      card.safety && h("p", { class: "safety" }, card.safety),
      form,
    ),
  };
}

/**
 * What is chosen before a session or a check.
 *
 * @param {import("./views.js").Choice} choice
 * @param {string[]} profiles
 * @param {{sides: boolean, step: string, back: Node, films?: boolean}} more Where it goes on, and back; whether it may be filmed.
 */
export function choiceForm(choice, profiles, { sides, step, back, films = false }) {
  const form = h(
    "form",
    { class: "choice", onsubmit: (event) => begin(event, form, choice, step) },
    sides && sideChoice(choice.side),
    profiles.length > 0 && profileChoice(profiles, choice.profile),
    h("p", { class: "check" }, h("input", { type: "checkbox", id: "sound", name: "sound", checked: !choice.muted }), h("label", { for: "sound" }, t("sound"))),
    films && h("p", { class: "check" }, h("input", { type: "checkbox", id: "film", name: "film", checked: choice.film, "aria-describedby": "kept" }), h("label", { for: "film" }, t("film"))),
    h("p", { class: "private", id: "kept" }, t(films ? "film_what" : "stays_here")),
    h("p", { class: "ways" }, h("button", { type: "submit", class: "main" }, t("begin")), back),
  );
  return form;
}

/** @param {string} chosen */
function sideChoice(chosen) {
  const rows = SIDES.map((side) =>
    h(
      "p",
      { class: "check" },
      h("input", { type: "radio", name: "side", id: `side_${side}`, value: side, checked: side === chosen }),
      h("label", { for: `side_${side}` }, t(`side_${side}`)),
    ),
  );
  return h("fieldset", {}, h("legend", {}, t("which_side")), ...rows);
}

/** @param {string[]} profiles @param {string | null} chosen */
export function profileChoice(profiles, chosen) {
  const options = profiles.map((name) => h("option", { value: name, selected: name === chosen }, name));
  return h(
    "p",
    { class: "field" },
    h("label", { for: "profile" }, t("profile")),
    h("select", { id: "profile", name: "profile" }, h("option", { value: "" }, t("no_profile")), ...options),
  );
}

/** @param {SubmitEvent} event @param {HTMLFormElement} form @param {import("./views.js").Choice} choice @param {string} step */
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
