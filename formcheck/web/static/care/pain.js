/** How much it hurts, from 0 to 10. */

import { h } from "../page.js";
import { t } from "../words.js";

const WORST = 10;

/** The choice of a number; it is the field `pain` of its form. @param {string} question */
export function painScale(question) {
  const numbers = Array.from({ length: WORST + 1 }, (_, pain) =>
    h(
      "label",
      { class: "pain_degree" },
      h("input", { type: "radio", name: "pain", value: pain, required: true }),
      h("span", {}, `${pain}`),
    ),
  );
  return h(
    "fieldset",
    { class: "pain_scale" },
    h("legend", {}, question),
    h("div", { class: "pains" }, ...numbers),
    h("p", { class: "ends" }, h("span", {}, t("pain_none")), h("span", {}, t("pain_worst"))),
  );
}

/** @param {HTMLFormElement} form */
export function painOf(form) {
  return Number(new FormData(form).get("pain"));
}
