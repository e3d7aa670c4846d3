/** The safety questions, one at a time: yes or no, what was agreed after a yes, and a way back. */

import { button, h, put } from "../page.js";
import * as api from "../server/api.js";
import { heading, link, troubleNote } from "../views.js";
import { t } from "../words.js";
import { addressOf } from "./choice.js";

/** Where the answers so far are kept until they are sent, so that a page that is loaded anew goes on with the same question. */
const KEPT = "answers";

/** What is chosen from now on is another's, maybe: it is asked from the beginning. */
export function forgetAnswers() {
  sessionStorage.removeItem(KEPT);
}

/**
 * @param {import("./choice.js").Choice} choice
 * @returns {Promise<import("../views.js").View>}
 */
export async function questionsView(choice) {
  const place = h("main", { id: "main", class: "questions" });
  await ask(place, choice, false);
  return { title: t("questions_title"), element: place };
}

/**
 * Ask what is due, or all of it again; then go on, or tell why not.
 *
 * @param {HTMLElement} place
 * @param {import("./choice.js").Choice} choice
 * @param {boolean} again
 */
async function ask(place, choice, again) {
  const { plan, profile } = choice;
  const asked = await api.questions(plan, profile, again);
  let leftOut = asked.left_out;
  const toCamera = () => location.replace(addressOf("camera", choice));
  const toAll = link("#/stretch", t("back_to_stretches"), "button main");
  const go = () => {
    if (leftOut.length > 0) askFirst(place, leftOut, toAll, button(t("check_answer_anew"), () => void ask(place, choice, true)));
    else if (asked.hurt.length > 0) askFirst(place, asked.hurt, toAll, button(t("go_on"), toCamera));
    else toCamera();
  };
  const keep = async (/** @type {import("../server/messages.js").Answer[]} */ answers) => {
    leftOut = (await api.answer({ plan, profile, answers, again })).left_out;
  };
  if (asked.questions.length === 0) go();
  else new Questions(place, asked, keep, go, { name: `${[plan, profile, again]}` }).ask();
}

/**
 * Say what speaks against it. @param {HTMLElement} place @param {string[]} sentences @param {HTMLElement} back
 * @param {HTMLElement} other What else can be done.
 */
export function askFirst(place, sentences, back, other) {
  const title = heading(t("left_out_title"));
  place.replaceChildren(title, ...sentences.map((sentence) => h("p", {}, sentence)), h("p", { class: "ways" }, back, other));
  title.focus();
}

export class Questions {
  /**
   * @param {HTMLElement} place
   * @param {import("../server/messages.js").Questions} asked
   * @param {(answers: import("../server/messages.js").Answer[]) => Promise<unknown>} keep
   * @param {() => void} go Where it goes on.
   * @param {{before?: (count: number) => string | null, name?: string}} more What is said before the first; and of what they are,
   *   where answers so far outlast this page.
   */
  constructor(place, asked, keep, go, { before = (count) => t("questions_before", { count }), name }) {
    this.place = place;
    this.asked = asked;
    this.keep = keep;
    this.go = go;
    this.before = before;
    this.name = name && `${[name, ...asked.questions.map(({ id }) => id)]}`;
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    const known = this.name !== undefined && this.name === kept.name;
    /** Answers so far; a yes waits for what was agreed. @type {import("../server/messages.js").Answer[]} */
    this.answers = known ? kept.answers : [];
    this.followUp = known && kept.followUp;
  }

  ask() {
    const { name, answers, followUp } = this;
    if (name !== undefined) sessionStorage.setItem(KEPT, JSON.stringify({ name, answers, followUp }));
    const { questions } = this.asked;
    const number = this.answers.length;
    const question = questions[number];
    const first = number === 0 && !this.followUp;
    const title = heading((this.followUp ? question.agreed : null) ?? question.text);
    const conditions = this.followUp ? [] : question.conditions.filter((condition) => condition !== question.text);
    put(
      this.place,
      first && h("p", { class: "before" }, this.before(questions.length)),
      h("p", { class: "number" }, t("question_number", { number: number + 1, count: questions.length })),
      title,
      conditions.length > 0 && h("ul", { class: "conditions" }, ...conditions.map((text) => h("li", {}, text))),
      h(
        "p",
        { class: "ways" },
        button(t("yes"), () => this.answer(true), { class: "main" }),
        button(t("no"), () => this.answer(false), { class: "main" }),
        button(t("back"), () => this.back()),
      ),
    );
    title.focus();
  }

  /** @param {boolean} yes */
  answer(yes) {
    if (this.answers.length === this.asked.questions.length) return; // pressed twice, while the answers are sent
    const { id, agreed } = this.asked.questions[this.answers.length];
    if (yes && !this.followUp && agreed !== null) {
      this.followUp = true;
      this.ask();
      return;
    }
    this.answers.push(this.followUp ? { id, yes: true, agreed: yes } : { id, yes, agreed: null });
    this.followUp = false;
    if (this.answers.length < this.asked.questions.length) this.ask();
    else void this.send();
  }

  back() {
    if (this.followUp) this.followUp = false;
    else if (this.answers.length > 0) this.answers.pop();
    else {
      history.back();
      return;
    }
    this.ask();
  }

  async send() {
    try {
      await this.keep(this.answers);
      forgetAnswers();
      this.go();
    } catch (error) {
      this.answers.pop();
      this.ask();
      this.place.append(troubleNote(error));
    }
  }
}
