/** What takes the place of verdict and clock: a pause, the question about pain, what is lost, the end. */

import { setSign, signDrawing } from "../drawing/signs.js";
import { h, svg } from "../page.js";
import { t } from "../words.js";
import { summaryParts } from "./summary.js";

/** @typedef {import("../page.js").Child} Child */

/** @param {...Child} below */
export function pausedBoard(...below) {
  const bars = svg("svg", { class: "bars", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: "M8 5V19M16 5V19" }));
  return h("div", { class: "board paused" }, bars, heading(t("paused")), ...below);
}

/**
 * @param {string} question
 * @param {import("../server/messages.js").PainAnswer[]} answers
 * @param {(key: string) => void} press
 */
export function painBoard(question, answers, press) {
  const rows = answers.map(({ key, cap, text, leads_to }) =>
    h(
      "button",
      { type: "button", class: "answer", "aria-keyshortcuts": cap, onclick: () => press(key) },
      h("kbd", {}, cap),
      h("span", { class: "answer_text" }, text),
      h("span", { class: "answer_leads_to" }, leads_to),
    ),
  );
  return h("div", { class: "board pain" }, heading(question), ...rows);
}

/**
 * What is lost, and what to do.
 *
 * @param {string} what
 * @param {(string | null)[]} advice
 * @param {...Child} below
 */
export function lostBoard(what, advice, ...below) {
  const sign = signDrawing();
  setSign(sign, "unseen");
  const lines = advice.map((sentence) => sentence !== null && h("p", {}, sentence));
  return h("div", { class: "board lost" }, sign, heading(what), ...lines, ...below);
}

/**
 * @param {import("../server/messages.js").Summary | null} summary
 * @param {import("../server/messages.js").Over | null} over What is told once all is kept.
 * @param {HTMLElement} back
 */
export function doneBoard(summary, over, back) {
  return h(
    "div",
    { class: "board done" },
    ...(summary ? summaryParts(summary) : [heading(t("session_over"))]),
    over?.film ? h("p", {}, over.film.told) : null,
    over?.trouble ? h("p", { class: "trouble" }, over.trouble) : null,
    h(
      "p",
      { class: "ways" },
      over ? back : null,
      ...(over?.film ? filmLinks(`/api/films/${encodeURIComponent(over.film.name)}`) : []),
      over?.report ? h("a", { class: "button", href: over.report }, t("open_report")) : null,
    ),
  );
}

/** @param {string} href */
function filmLinks(href) {
  return [h("a", { class: "button", href, target: "_blank" }, t("film_open")), h("a", { class: "button", href, download: true }, t("film_download"))];
}

/** @param {string} text */
function heading(text) {
  return h("h2", { class: "headline", tabindex: -1 }, text);
}
