/** Which clips of the list are shown, and in which order. What was chosen stays chosen while the page is open. */

import { choiceField, fillChoice, itself } from "../fields.js";
import { h, show } from "../page.js";
import { t } from "../words.js";

/** @typedef {import("./server.js").Check} Check */
/** @typedef {import("../fields.js").Row} Row */

/** Of fewer clips none need be sought. */
const FEW = 3;

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
  return result === null && work.state !== "done" ? "pending" : (result?.band ?? "no_score");
}

export class Filters {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    const stretch = this.field("stretch", []);
    this.stretch = /** @type {HTMLSelectElement} */ (stretch.querySelector("select"));
    const text = h("input", { type: "search", id: "video_text", value: chosen.text, oninput: ({ target }) => this.choose("text", target.value) });
    this.element = h(
      "div",
      { class: "filters", role: "search", "aria-label": t("video_find") },
      h("p", { class: "field" }, h("label", { for: "video_text" }, t("video_find")), text),
      stretch,
      this.field("result", [["", t("video_all")], ...RESULTS.map((name) => /** @type {Row} */ ([name, t(`video_result_${name}`)]))]),
      this.field("order", Object.keys(ORDERS).map((name) => [name, t(`video_order_${name}`)])),
    );
    /** @type {string | null} */
    this.titles = null;
  }

  /** @param {"stretch" | "result" | "order"} name @param {Row[]} rows */
  field(name, rows) {
    return choiceField(`video_filter_${name}`, t(`video_${name}`), rows, chosen[name], (value) => this.choose(name, value));
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
      fillChoice(this.stretch, [["", t("video_all")], ...titles.map(itself)], chosen.stretch);
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
