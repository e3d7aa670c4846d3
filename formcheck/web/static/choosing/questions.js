/** The safety questions, one at a time: yes or no, what was agreed after a yes, and a way back. */

import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { t } from "../words.js";
import { addressOf, heading, troubleNote } from "./views.js";

/**
 * @param {import("./views.js").Choice} choice
 * @returns {Promise<import("./views.js").View>}
 */
export async function questionsView(choice) {
  const asked = await api.questions(choice.plan, choice.profile);
  const place = h("main", { id: "main", class: "questions" });
  const go = () => location.replace(addressOf("camera", choice));
  if (asked.questions.length === 0) go();
  else new Questions(place, asked, choice, go).ask();
  return { title: t("questions_title"), element: place };
}

class Questions {
  /**
   * @param {HTMLElement} place
   * @param {import("../server/messages.js").Questions} asked
   * @param {import("./views.js").Choice} choice
   * @param {() => void} go Where it goes on.
   */
  constructor(place, asked, choice, go) {
    this.place = place;
    this.asked = asked;
    this.choice = choice;
    this.go = go;
    /** Answers so far; a yes waits for what was agreed. @type {import("../server/messages.js").Answer[]} */
    this.answers = [];
    this.followUp = false;
  }

  ask() {
    const { questions } = this.asked;
    const number = this.answers.length;
    const question = questions[number];
    const first = number === 0 && !this.followUp;
    const title = heading(this.followUp ? question.agreed : question.text);
    const conditions = this.followUp ? [] : question.conditions.filter((condition) => condition !== question.text);
    this.place.replaceChildren(
      ...[
        first ? h("p", { class: "before" }, t("questions_before", { count: questions.length })) : "",
        h("p", { class: "number" }, t("question_number", { number: number + 1, count: questions.length })),
        title,
        conditions.length > 0 ? h("ul", { class: "conditions" }, ...conditions.map((text) => h("li", {}, text))) : "",
        h(
          "p",
          { class: "ways" },
          button(t("yes"), () => this.answer(true), { class: "main" }),
          button(t("no"), () => this.answer(false), { class: "main" }),
          button(t("back"), () => this.back()),
        ),
      ].filter((part) => part !== ""),
    );
    title.focus();
  }

  /** @param {boolean} yes */
  answer(yes) {
    const { id } = this.asked.questions[this.answers.length];
    if (yes && !this.followUp) {
      this.followUp = true;
      this.ask();
      return;
    }
    this.answers.push(this.followUp ? { id, yes: true, agreed: yes } : { id, yes: false, agreed: null });
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
      await api.answer({ plan: this.choice.plan, profile: this.choice.profile, answers: this.answers });
      this.go();
    } catch (error) {
      this.answers.pop();
      this.ask();
      this.place.append(troubleNote(error));
    }
  }
}
