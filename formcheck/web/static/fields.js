/** Fields with their labels; `choose` is called as soon as one is changed. Each has its ID as its name, for the form it is in. */

import { h, setText } from "./page.js";
import { t } from "./words.js";

/** @typedef {[value: string, text: string]} Row */

/**
 * @param {string} id
 * @param {string} text
 * @param {boolean} checked
 * @param {(checked: boolean) => void} [choose]
 * @param {string} [about] The ID of what says more of it.
 */
export function checkField(id, text, checked, choose, about) {
  const input = h("input", { type: "checkbox", id, name: id, checked, "aria-describedby": about, onchange: () => choose?.(input.checked) });
  return h("p", { class: "check" }, input, h("label", { for: id }, text));
}

/**
 * One of a few, all to be seen at once; the field `name` of its form.
 *
 * @param {string} name
 * @param {string} text
 * @param {Row[]} rows
 * @param {string} chosen
 */
export function radioField(name, text, rows, chosen) {
  const fields = rows.map(([value, words]) => {
    const id = `${name}_${value}`;
    return h("p", { class: "check" }, h("input", { type: "radio", name, id, value, checked: value === chosen }), h("label", { for: id }, words));
  });
  return h("fieldset", {}, h("legend", {}, text), ...fields);
}

/**
 * @param {string} id
 * @param {string} text
 * @param {Row[]} rows
 * @param {string} chosen
 * @param {(value: string) => void} [choose]
 */
export function choiceField(id, text, rows, chosen, choose) {
  const select = h("select", { id, name: id, onchange: () => choose?.(select.value) });
  fillChoice(select, rows, chosen);
  return h("p", { class: "field" }, h("label", { for: id }, text), select);
}

/** @param {HTMLSelectElement} select @param {Row[]} rows @param {string} chosen */
export function fillChoice(select, rows, chosen) {
  select.replaceChildren(...rows.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
}

/**
 * Who it is; nothing where there are no profiles.
 *
 * @param {string} id
 * @param {string[]} profiles
 * @param {string | null} chosen
 * @param {(profile: string | null) => void} [choose]
 */
export function profileField(id, profiles, chosen, choose) {
  if (profiles.length === 0) return null;
  return choiceField(id, t("profile"), [["", t("no_profile")], ...profiles.map(itself)], chosen ?? "", (name) => choose?.(name || null));
}

/** A name that is shown as it is. @param {string} name @returns {Row} */
export function itself(name) {
  return [name, name];
}

/**
 * A share in percent; the label, the sentence `id`, has the value in it.
 *
 * @param {string} id
 * @param {{min: number, max: number, step: number}} range
 * @param {number} value
 * @param {(value: number) => void} choose
 */
export function percentField(id, range, value, choose) {
  const label = h("label", { for: id }, t(id, { percent: value }));
  const input = h("input", { type: "range", id, ...range, value, oninput: () => setText(label, t(id, { percent: input.value })) });
  input.addEventListener("change", () => choose(Number(input.value)));
  return h("p", { class: "field percent" }, label, input);
}
