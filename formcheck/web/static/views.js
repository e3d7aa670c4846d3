/** What every view is made of. */

import { h } from "./page.js";
import { Trouble } from "./server/api.js";
import { t } from "./words.js";

/**
 * What is shown. `arrive` is called once it stands in the page, and gives the focus to what it should have; without it the
 * heading has it.
 *
 * @typedef {{title: string, element: HTMLElement, leave?: () => void, arrive?: () => void}} View
 */

/**
 * Return a view with a title, which is its heading.
 *
 * @param {string} title
 * @param {string | null} kind Its class, where it has styles of its own.
 * @param {...import("./page.js").Child} children
 * @returns {View}
 */
export function pageView(title, kind, ...children) {
  return { title, element: h("main", { id: "main", class: kind }, heading(title), ...children) };
}

/** @param {string} text */
export function heading(text) {
  return h("h1", { tabindex: -1 }, text);
}

/** What went wrong, in the sentences of the server. @param {unknown} error */
export function troubleNote(error) {
  const sentences = error instanceof Trouble ? error.sentences : [t("went_wrong")];
  if (!(error instanceof Trouble)) console.error(error);
  return h("div", { class: "trouble", role: "alert" }, ...sentences.map((sentence) => h("p", {}, sentence)));
}

/** @param {string} address @param {string} text @param {string} [kind] */
export function link(address, text, kind) {
  return h("a", { href: address, class: kind }, text);
}

/**
 * What can be done with a report: it is saved as one file, under `name` where the server gives it none, or opened by itself, where the
 * browser prints it; of the pages here it would print what is around it.
 *
 * @param {string} address
 * @param {string} name
 * @param {string} [saved] The address that it is saved from.
 */
export function reportWays(address, name, saved = address) {
  return [
    h("a", { class: "button", href: saved, download: name }, t("save_report")),
    h("a", { class: "button", href: address, target: "_blank", rel: "noopener" }, t("print_report")),
  ];
}

/** Show the view of the address anew. */
export function showAnew() {
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
