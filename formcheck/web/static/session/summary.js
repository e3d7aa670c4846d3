/** What a session came to. */

import { setSign, signDrawing } from "../drawing/signs.js";
import { h } from "../page.js";
import { t } from "../words.js";

/**
 * @param {import("../server/messages.js").Summary} summary
 * @returns {Node[]}
 */
export function summaryParts({ headline, advice, rows, sentences }) {
  return [
    h("h2", { class: "headline", tabindex: -1 }, headline),
    ...advice.map((sentence) => h("p", {}, sentence)),
    h("ul", { class: "rows" }, ...rows.map(summaryRow)),
    ...sentences.map((sentence) => h("p", {}, sentence)),
  ];
}

/** @param {import("../server/messages.js").SummaryRow} row */
function summaryRow({ name, done, text }) {
  const sign = signDrawing();
  if (done) setSign(sign, "correct");
  return h(
    "li",
    { "data-done": `${done}` },
    sign,
    h("span", { class: "unseen_text" }, done ? t("row_done") : t("row_not_done")),
    h("span", { class: "row_name" }, name),
    h("span", { class: "row_text" }, text),
  );
}
