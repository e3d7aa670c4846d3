/** Stretches, routines and blocks as cards. */

import { silhouetteDrawing } from "../drawing/silhouette.js";
import { h } from "../page.js";
import * as api from "../server/api.js";
import { pageView } from "../views.js";
import { duration, t } from "../words.js";
import { addressOf } from "./choice.js";
import { runningNote } from "./running.js";

const KINDS = /** @type {const} */ (["stretch", "strength", "routine", "block"]);

/** @returns {Promise<import("../views.js").View>} */
export async function plansView() {
  const [{ plans, first }, { session, profile }] = await Promise.all([api.plans(), api.state()]);
  const groups = KINDS.map((kind) => /** @type {const} */ ([kind, plans.filter((card) => card.kind === kind)]));
  const sections = groups.filter(([, cards]) => cards.length > 0).map(([kind, cards]) => group(kind, cards, profile));
  return pageView(t("choose_title"), null, session && runningNote(session), first && h("p", {}, first), ...sections);
}

/** @param {string} kind @param {import("../server/messages.js").Card[]} cards @param {string | null} profile */
function group(kind, cards, profile) {
  const id = `group_${kind}`;
  return h(
    "section",
    { "aria-labelledby": id },
    h("h2", { id }, t(`kind_${kind}`)),
    h("ul", { class: "cards" }, ...cards.map((card) => h("li", {}, cardLink(card, profile)))),
  );
}

/** @param {import("../server/messages.js").Card} card @param {string | null} profile Who it is, as far as that was chosen. */
export function cardLink({ plan, title, purpose, seconds, sides, silhouettes, left_out }, profile) {
  const address = addressOf("plan", { plan, side: "auto", profile, muted: false });
  return h(
    "a",
    { class: "card", href: address },
    silhouettes.length > 0 && h("span", { class: "silhouettes" }, ...silhouettes.slice(0, 3).map(silhouetteDrawing)),
    h("strong", {}, title),
    h("span", { class: "facts" }, facts({ seconds, sides })),
    ...left_out.map((sentence) => h("span", { class: "left_out" }, sentence)),
    h("span", { class: "purpose" }, purpose),
  );
}

/** How long it takes, and whether on both sides. @param {{seconds: number | null, sides: boolean}} card */
export function facts({ seconds, sides }) {
  const time = seconds === null ? t("to_the_end") : duration(seconds);
  return sides ? t("both_sides_for", { time }) : time;
}
