/** What is kept on this machine: what it is, where it lies, how large it is, and its deletion. */

import { ask } from "../dialog.js";
import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { forgetPreferences } from "../settings/preferences.js";
import { link, pageView, showAnew } from "../views.js";
import { t } from "../words.js";

/** @typedef {import("../server/messages.js").KeptKind} KeptKind */

const ALL = "all";
const UNITS = /** @type {const} */ ([
  ["gigabyte", 1e9],
  ["megabyte", 1e6],
  ["kilobyte", 1e3],
  ["byte", 1],
]);

/** What was just deleted: it is told where the page comes back. @type {string | null} */
let told = null;

/** @returns {Promise<import("../views.js").View>} */
export async function keptView() {
  const [{ kinds }, { session }] = await Promise.all([api.kept(), api.state()]);
  const there = kinds.filter(({ files }) => files > 0);
  const runs = session !== null;
  const status = h("p", { role: "status", tabindex: -1 }, told ?? "");
  const focused = told !== null ? status : null;
  told = null;
  const rows = [...there.map((kind) => kindRow(kind, runs)), browserRow(runs)];
  const { title, element } = pageView(
    t("kept_title"),
    "progress kept",
    status,
    h("p", {}, t("kept_here_alone")),
    h("ul", { class: "sessions" }, ...rows),
    h("p", { class: "ways" }, button(t("delete_everything"), () => void deleteAll(there, runs)), link("#/progress", t("nav_progress"), "button")),
  );
  const arrive = () => (focused ?? element.querySelector("h1"))?.focus();
  return { title, element, arrive };
}

/** @param {KeptKind} kind @param {boolean} runs */
function kindRow({ kind, use, files, bytes, folders }, runs) {
  const name = t(`kept_${kind}`);
  const act = async () => {
    const goes = t("kept_goes", { name, use, size: size(bytes) });
    const sentences = [goes, runs && kind === "history" ? t("running_stays") : null, kind === "models" ? t("model_comes_again") : null, t("not_undone")];
    if (await ask(t("delete_kind_question", { name }), sentences, t("delete"), () => api.deleteKept(kind))) again(t("kept_deleted", { name }));
  };
  return h(
    "li",
    {},
    h("h2", {}, name),
    h("p", { class: "told" }, use),
    h("p", { class: "day" }, h("span", {}, size(bytes)), h("span", {}, t("kept_files", { count: files }))),
    ...folders.map((folder) => h("p", {}, h("code", {}, folder))),
    button(t("delete"), () => void act(), { class: "small", "aria-label": t("delete_kind", { name }) }),
  );
}

/** What the browser itself keeps for this page. @param {boolean} runs */
function browserRow(runs) {
  const name = t("kept_browser");
  const act = async () => {
    const sentences = [t("browser_goes"), runs ? t("browser_running_stays") : null, t("not_undone")];
    const clear = async () => clearBrowser(runs);
    if (await ask(t("delete_kind_question", { name }), sentences, t("delete"), clear)) again(t("kept_deleted", { name }));
  };
  return h(
    "li",
    {},
    h("h2", {}, name),
    h("p", {}, t("kept_browser_use")),
    button(t("delete"), () => void act(), { class: "small", "aria-label": t("delete_kind", { name }) }),
  );
}

/** @param {KeptKind[]} there @param {boolean} runs */
async function deleteAll(there, runs) {
  const names = new Intl.ListFormat(document.documentElement.lang).format([...there.map(({ kind }) => t(`kept_${kind}`)), t("kept_browser")]);
  const sentences = [t("everything_goes", { names }), runs ? t("running_stays") : null, t("model_comes_again"), t("not_undone")];
  const clear = async () => {
    await api.deleteKept(ALL);
    clearBrowser(runs);
  };
  if (await ask(t("delete_everything_question"), sentences, t("delete"), clear)) again(t("everything_deleted"));
}

/** A session that runs goes on after a server that was ended by what the browser remembers of it. @param {boolean} runs */
function clearBrowser(runs) {
  localStorage.clear();
  forgetPreferences();
  if (!runs) sessionStorage.clear();
}

/** Show the page anew, and what was done. @param {string} sentence */
function again(sentence) {
  told = sentence;
  showAnew();
}

/** @param {number} bytes */
function size(bytes) {
  const [unit, one] = UNITS.find(([, least]) => bytes >= least) ?? ["byte", 1];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / one);
}
