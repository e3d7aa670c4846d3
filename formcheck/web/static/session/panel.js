/** Verdict, clock, gauges and the one instruction beside the picture; at fixed places, so that nothing moves while numbers change. */

import { Pacer } from "../drawing/breath.js";
import { Gauges } from "../drawing/gauges.js";
import { Ring } from "../drawing/ring.js";
import { setSign, signDrawing } from "../drawing/signs.js";
import { silhouetteDrawing } from "../drawing/silhouette.js";
import { h, setText, show } from "../page.js";
import { t } from "../words.js";
import { FittedText } from "./fit_text.js";

/** @typedef {import("../server/messages.js").Screen} Screen */

export class Panel {
  constructor() {
    this.sign = signDrawing();
    this.verdict = h("p", { class: "verdict_text" });
    this.state = h("div", { class: "verdict" }, this.sign, this.verdict);
    this.side = h("p", { class: "side" });
    this.ring = new Ring();
    this.gauges = new Gauges();
    this.sketch = h("div", { class: "sketch" });
    this.pacer = new Pacer();
    this.pressure = h("p", { class: "pressure" });
    this.left = h("p", { class: "left" });
    this.hard = h("div", { class: "hard" }, this.pressure, this.left);
    this.beside = h("div", { class: "beside" }, this.gauges.element, this.sketch, this.hard);
    this.clock = h("div", { class: "clock" }, this.ring.element);
    this.middle = h("div", { class: "middle" }, this.beside, this.clock);
    this.missing = h("p", { class: "missing" });
    this.instruction = h("p", { class: "instruction" });
    this.foot = h("div", { class: "foot" }, this.instruction, this.pacer.element);
    this.note = h("p", { class: "note" });
    this.element = h("div", { class: "now" }, this.state, this.side, this.middle, this.missing, this.foot, this.note);
    this.words = {
      verdict: new FittedText(this.verdict, false),
      missing: new FittedText(this.missing),
      instruction: new FittedText(this.instruction),
      pressure: new FittedText(this.pressure),
      note: new FittedText(this.note, false),
    };
    this.sketched = "";
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.element);
  }

  /** @param {Screen} screen @param {string | null} caption What was said just now, as long as it is to be read. */
  draw(screen, caption) {
    const { phase, block } = screen;
    const shown = contents(screen, caption);
    show(this.state, shown.headline !== null);
    this.state.dataset.status = shown.status ?? "";
    this.sign.toggleAttribute("hidden", shown.status === null);
    if (shown.status !== null) setSign(this.sign, shown.status);
    setText(this.side, screen.side);
    show(this.side, screen.side !== null);
    this.clockOf(screen);
    this.besideOf(screen);
    show(this.pacer.element, screen.breath !== null);
    const home = block !== null ? this.middle : this.foot; // a block of breathing is about nothing else
    if (this.pacer.element.parentElement !== home) home.append(this.pacer.element);
    if (screen.breath !== null) this.pacer.draw(screen.breath);
    show(this.missing, block !== null && phase === "setup" && screen.instruction !== null);
    this.instruction.dataset.urgent = `${shown.urgent}`;
    show(this.note, block !== null);
    this.words.verdict.set(shown.headline);
    this.words.missing.set(block !== null && phase === "setup" ? screen.instruction : null);
    this.words.instruction.set(shown.sentence, shown.sentence !== screen.coaching); // advice that is also said stays whole
    this.words.pressure.set(hardness(block));
    this.words.note.set(block !== null ? t("not_measured") : null);
  }

  /** @param {Screen} screen */
  clockOf(screen) {
    const counts = screen.count !== null;
    const holds = screen.phase === "stretch" || screen.phase === "guided";
    show(this.clock, counts || holds);
    if (screen.count !== null) this.ring.count(screen.count, screen.count_of ?? t("ring_seconds"));
    else if (holds) this.ring.clock(screen);
  }

  /** @param {Screen} screen */
  besideOf(screen) {
    const { block, gauges, silhouette } = screen;
    const sketched = block === null && gauges.length === 0 && silhouette !== null;
    show(this.gauges.element, block === null && gauges.length > 0);
    if (block === null) this.gauges.draw(gauges);
    show(this.sketch, sketched);
    if (sketched && this.sketched !== JSON.stringify(silhouette)) {
      this.sketched = JSON.stringify(silhouette);
      this.sketch.replaceChildren(silhouetteDrawing(silhouette));
    }
    show(this.hard, block !== null);
    const left = block?.left_s ?? null;
    setText(this.left, left !== null ? t("phase_left", { left_s: Math.max(1, Math.ceil(left - 1e-6)) }) : null);
  }

  fit() {
    Object.values(this.words).forEach((words) => words.fit());
  }

  close() {
    this.observer.disconnect();
    Object.values(this.words).forEach((words) => words.close());
  }
}

/** How hard to press; before a block begins, what to have at hand. @param {import("../server/messages.js").Block | null} block */
function hardness(block) {
  if (block === null) return null;
  if (block.pressure !== null) return t("pressure", { pressure: block.pressure });
  return block.needs !== null ? t("at_hand", { needs: block.needs }) : null;
}

/**
 * Return the words that are shown large.
 *
 * @param {Screen} screen
 * @param {string | null} caption
 * @returns {{headline: string | null, status: import("../server/messages.js").Status | null, sentence: string | null, urgent: boolean}}
 */
function contents({ phase, verdict, block, instruction, coaching }, caption) {
  if (block !== null) {
    const mind = caption === null && phase === "guided" ? instruction : null;
    return { headline: block.name, status: null, sentence: caption ?? mind ?? block.rule ?? block.do, urgent: mind !== null };
  }
  const sentence = caption ?? instruction ?? coaching;
  return { headline: verdict?.text ?? null, status: verdict?.status ?? null, sentence, urgent: caption === null && instruction !== null };
}
