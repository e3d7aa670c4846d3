/** Which clips of the list are shown, and in which order. What was chosen stays chosen while the page is open. */

import { h, show } from "../page.js";
import { t } from "../words.js";

/** @typedef {import("./server.js").Check} Check */

const FEW = 3;
/** Of fewer clips none need be sought. */

const RESULTS = /** @type {const} */ (["great", "good", "adjust", "reset", "no_score", "failed", "pending"]);

/** @type {Record<string, (check: Check) => string | number>} */
const ORDERS = {
  added: () => 0,
  clip: ({ name }) => name.toLowerCase(),
  stretch: ({ result }) => result?.stretch ?? "￿",
  score: ({ result }) => result?.score ?? 1000,
  held: ({ result }) => result?.held_s ?? 1e9,
};

const chosen = { text: "", stretch: "", result: "", order: "added" };

/** @param {Check} check */
function resultOf({ work, result }) {
  if (work.state === "failed") return "failed";
  return result === null ? "pending" : (result.band ?? "no_score");
}

export class Filters {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.stretch = this.select("stretch", t("video_stretch"));
    const result = this.select("result", t("video_result"));
    fill(result, [["", t("video_all")], ...RESULTS.map((name) => pair(name, t(`video_result_${name}`)))], chosen.result);
    const order = this.select("order", t("video_order"));
    fill(order, Object.keys(ORDERS).map((name) => pair(name, t(`video_order_${name}`))), chosen.order);
    const text = h("input", { type: "search", id: "video_text", value: chosen.text, oninput: ({ target }) => this.choose("text", target.value) });
    this.element = h(
      "div",
      { class: "filters", role: "search", "aria-label": t("video_find") },
      labelled("video_text", t("video_find"), text),
      labelled("video_filter_stretch", t("video_stretch"), this.stretch),
      labelled("video_filter_result", t("video_result"), result),
      labelled("video_filter_order", t("video_order"), order),
    );
    /** @type {string | null} */
    this.titles = null;
  }

  /** @param {"stretch" | "result" | "order"} name @param {string} label */
  select(name, label) {
    return h("select", { id: `video_filter_${name}`, "aria-label": label, onchange: ({ target }) => this.choose(name, target.value) });
  }

  /** @param {keyof typeof chosen} name @param {string} value */
  choose(name, value) {
    chosen[name] = value;
    this.changed();
  }

  /** Return the checks that are to be shown, in order. @param {Check[]} checks */
  of(checks) {
    show(this.element, checks.length >= FEW);
    if (checks.length < FEW) return checks;
    const titles = [...new Set(checks.flatMap(({ result }) => (result === null ? [] : [result.stretch])))].sort();
    if (this.titles !== titles.join("\n")) {
      this.titles = titles.join("\n");
      if (!titles.includes(chosen.stretch)) chosen.stretch = "";
      fill(this.stretch, [["", t("video_all")], ...titles.map((title) => pair(title, title))], chosen.stretch);
    }
    const text = chosen.text.trim().toLowerCase();
    const shown = checks.filter(
      (check) =>
        (chosen.stretch === "" || check.result?.stretch === chosen.stretch) &&
        (chosen.result === "" || resultOf(check) === chosen.result) &&
        (text === "" || wordsOf(check).includes(text)),
    );
    const key = ORDERS[chosen.order];
    return shown.sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
  }
}

/** @param {Check} check */
function wordsOf({ name, place, result, work }) {
  return [name, place ?? "", result?.stretch ?? "", result?.change ?? "", ...(result?.notes ?? []), ...work.trouble].join("\n").toLowerCase();
}

/** @param {string} value @param {string} text @returns {[string, string]} */
const pair = (value, text) => [value, text];

/** @param {HTMLSelectElement} select @param {[string, string][]} values @param {string} now */
function fill(select, values, now) {
  select.replaceChildren(...values.map(([value, text]) => h("option", { value, selected: value === now }, text)));
}

/** @param {string} id @param {string} text @param {HTMLElement} field */
function labelled(id, text, field) {
  return h("p", { class: "field" }, h("label", { for: id }, text), field);
}
