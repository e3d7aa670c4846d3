/** Fields of the settings: each is kept as soon as it is changed. */

import { h, setText } from "../page.js";
import { t } from "../words.js";

/**
 * @param {string} id
 * @param {string} text
 * @param {boolean} checked
 * @param {(checked: boolean) => void} choose
 */
export function checkField(id, text, checked, choose) {
  const input = h("input", { type: "checkbox", id, checked, onchange: () => choose(input.checked) });
  return h("p", { class: "check" }, input, h("label", { for: id }, text));
}

/**
 * @param {string} id
 * @param {string} text
 * @param {[value: string, text: string][]} rows
 * @param {string} chosen
 * @param {(value: string) => void} choose
 */
export function choiceField(id, text, rows, chosen, choose) {
  const options = rows.map(([value, name]) => h("option", { value, selected: value === chosen }, name));
  const select = h("select", { id, onchange: () => choose(select.value) }, ...options);
  return h("p", { class: "field" }, h("label", { for: id }, text), select);
}

/**
 * A share in percent.
 *
 * @param {string} id
 * @param {string} word Of the label: it has the value in it.
 * @param {{min: number, max: number, step: number}} range
 * @param {number} value
 * @param {(value: number) => void} choose
 */
export function percentField(id, word, range, value, choose) {
  const label = h("label", { for: id }, t(word, { percent: value }));
  const input = h("input", { type: "range", id, ...range, value, oninput: () => setText(label, t(word, { percent: input.value })) });
  input.addEventListener("change", () => choose(Number(input.value)));
  return h("p", { class: "field percent" }, label, input);
}
