/** What each part of psoas care is for: a page of contents, and one for each part. */

import { h } from "../page.js";
import * as api from "../server/api.js";
import { heading, link } from "../views.js";
import { t } from "../words.js";
import { toCare } from "./ways.js";

/** @typedef {import("../server/messages.js").PageNode} PageNode */
/** @typedef {import("../server/messages.js").PsoasPage} PsoasPage */

/** Of a table that becomes a list on a narrow page, what each element still is. @type {Record<string, string>} */
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", th: "columnheader", td: "cell" };

/** @param {string | null} key Of the part; `null`: the contents. @returns {Promise<import("../views.js").View>} */
export async function psoasView(key) {
  const page = await api.psoasPage();
  const number = page.parts.findIndex((part) => part.key === key);
  const part = number >= 0 ? page.parts[number] : null;
  const title = part?.title ?? page.title;
  return {
    title,
    element: h(
      "main",
      { id: "main", class: "psoas" },
      h("article", {}, heading(title), ...(part?.nodes ?? page.intro).map(made)),
      contents(page, part?.key ?? null),
      h(
        "nav",
        { class: "ways", "aria-label": t("psoas_pages") },
        part && turn(page, number - 1, "psoas_before"),
        turn(page, number + 1, "psoas_next"),
        toCare(),
      ),
    ),
  };
}

/** @param {PsoasPage} page @param {string | null} here */
function contents({ title, parts }, here) {
  const rows = [{ key: null, title }, ...parts].map((part) =>
    h("li", {}, h("a", { href: address(part.key), "aria-current": part.key === here ? "page" : null }, part.title)),
  );
  return h("nav", { class: "contents", "aria-labelledby": "contents" }, h("h2", { id: "contents" }, t("psoas_contents")), h("ol", {}, ...rows));
}

/** @param {PsoasPage} page @param {number} number @param {string} word */
function turn({ title, parts }, number, word) {
  const part = number < 0 ? { key: null, title } : parts[number];
  return part && link(address(part.key), t(word, { name: part.title }), "button");
}

/** @param {string | null} key */
function address(key) {
  return key === null ? "#/psoas" : `#/psoas?${new URLSearchParams({ part: key })}`;
}

/** Make an element, or text, of what the server says of it. @param {PageNode} node @returns {Node | string} */
function made(node) {
  if (typeof node === "string") return node;
  const [tag, href, children] = node;
  const inside = children.map(made);
  if (href !== null) {
    const outside = href.startsWith("#") ? {} : { target: "_blank", rel: "noreferrer", class: "outside" };
    return h("a", { href, ...outside }, ...inside);
  }
  const element = document.createElement(tag);
  if (tag in ROLES) element.setAttribute("role", ROLES[tag]);
  element.append(...inside);
  if (tag === "table") nameCells(/** @type {HTMLTableElement} */ (element));
  return element;
}

/** Write beside each cell what its column is, for a page too narrow for columns. @param {HTMLTableElement} table */
function nameCells(table) {
  const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? "");
  for (const row of table.tBodies[0]?.rows ?? []) [...row.cells].forEach((cell, i) => (cell.dataset.column = names[i]));
}
