/** A flexibility check: what it is, who leaves it out, the camera and its level, and what was read. */

import { cameraView } from "../choosing/camera_check.js";
import { addressOf } from "../choosing/choice.js";
import { choiceForm } from "../choosing/plan.js";
import { askFirst, Questions } from "../choosing/questions.js";
import { runningNote } from "../choosing/running.js";
import { button, h, put } from "../page.js";
import * as api from "../server/api.js";
import { heading, link, pageView, showAnew, troubleNote } from "../views.js";
import { t } from "../words.js";
import { Level } from "./level.js";
import { checkAddress, programmeAddress, toCare } from "./ways.js";

/** @typedef {import("../choosing/choice.js").Choice} Choice */
/** @typedef {import("../views.js").View} View */

/** @param {Choice} choice @returns {Promise<View>} */
export async function checkView(choice) {
  const [spec, { profiles, session }] = await Promise.all([api.check(choice.plan, choice.profile, false), api.state()]);
  return pageView(
    spec.title,
    "care check_plan",
    session && runningNote(session, showAnew),
    h("p", { class: "lead" }, spec.instruction),
    h("p", {}, spec.setup),
    h("ul", { class: "safety" }, ...spec.not_with.map((line) => h("li", {}, line))),
    session ? h("p", { class: "ways" }, toCare()) : choiceForm({ ...choice, from: "check" }, profiles, { sides: true, step: "check_questions", back: toCare() }),
  );
}

/** @param {Choice} choice @returns {Promise<View>} */
export async function checkQuestionsView(choice) {
  const place = h("main", { id: "main", class: "questions" });
  await askBefore(place, choice, false);
  return { title: t("questions_title"), element: place };
}

/** Ask what is due before a check, or all of it `again`; then go on, or say why not. @param {HTMLElement} place @param {Choice} choice @param {boolean} again */
async function askBefore(place, choice, again) {
  const asked = await api.check(choice.plan, choice.profile, again);
  const ask = (/** @type {boolean} */ anew) => void askBefore(place, choice, anew).catch((error) => place.append(troubleNote(error)));
  const { plan: check, profile } = choice;
  const toCamera = () => location.replace(addressOf("check_camera", choice));
  if (asked.questions.length > 0) {
    const keep = (/** @type {import("../server/messages.js").Answer[]} */ answers) => api.answerCheck({ check, profile, again, answers });
    new Questions(place, asked, keep, () => ask(false), { name: `${[check, profile, again]}` }).ask();
  } else if (asked.left_out !== null) {
    askFirst(place, [asked.left_out], toCare("main"), button(t("check_answer_anew"), () => ask(true)));
  } else if (asked.hurt.length > 0) {
    askFirst(place, asked.hurt, toCare("main"), button(t("go_on"), toCamera));
  } else {
    toCamera();
  }
}

/**
 * @param {Choice} choice
 * @param {(choice: Choice, level_deg: number | null) => Promise<void>} start
 * @returns {Promise<View>}
 */
export async function checkCameraView(choice, start) {
  const { instruction, setup } = await api.check(choice.plan, choice.profile, false);
  const level = new Level();
  const view = cameraView(choice, () => start(choice, level.degrees), { notes: [instruction], place: setup, over: [level.drawing], below: [level.element] });
  level.listen(view.video);
  return view;
}

/** What no camera sees, once a check is over, and then what was read. @returns {Promise<View>} */
export async function checkResultView() {
  const place = h("main", { id: "main", class: "care" });
  const { title, questions = [], result } = await api.checkOver();
  const told = async (/** @type {import("../server/messages.js").Answer[]} */ answers) => {
    const { result: found } = await api.judgeCheck(Object.fromEntries(answers.map(({ id, yes }) => [id, yes])));
    if (found !== undefined) show(place, found);
  };
  if (result !== undefined) show(place, result);
  else if (questions.length === 0) await told([]);
  else {
    place.classList.add("questions");
    new Questions(place, { questions }, told, () => {}, { before: (count) => t("check_unseen_by_camera", { count }) }).ask();
  }
  return { title: title ?? result?.title ?? "", element: place };
}

/** @param {HTMLElement} place @param {import("../server/messages.js").CheckResult} result */
function show(place, result) {
  place.classList.remove("questions");
  const title = heading(result.title);
  put(
    place,
    title,
    result.nobody !== null && h("p", { class: "lead" }, result.nobody),
    ...result.sides.map((side) => sidePart(side, result.no_verdict)),
    ...result.changes.map((change) => h("p", { class: "lead" }, change)),
    ...result.remarks.map((remark) => h("p", {}, remark)),
    result.trouble !== null && h("p", { class: "trouble" }, result.trouble),
    h("h2", {}, result.unseen_title),
    h("ul", {}, ...result.unseen.map((line) => h("li", {}, line))),
    h("p", { class: "safety" }, result.no_diagnosis),
    h("p", { class: "ways" }, link(checkAddress(result.name, result.profile), t("check_once_more"), "button"), toCare()),
  );
  title.focus();
  void goOn(place, result.profile);
}

/** Lead back to the programme, where the check was part of one. @param {HTMLElement} place @param {string | null} profile */
async function goOn(place, profile) {
  const { day, title } = await api.programme(profile);
  if (day !== null) place.querySelector(".ways:last-child")?.prepend(link(programmeAddress(profile), t("check_to_programme", { title }), "button main"));
}

/** @param {import("../server/messages.js").CheckResult["sides"][number]} side @param {string} noVerdict */
function sidePart({ title, rows, error, reasons }, noVerdict) {
  return h(
    "section",
    { class: "checked_side" },
    h("h2", {}, title),
    h("dl", {}, ...rows.flatMap(({ name, value, words }) => [h("dt", {}, name), h("dd", {}, h("strong", {}, value), words && h("span", {}, words))])),
    error && h("p", { class: "facts" }, error),
    reasons.length > 0 && h("p", {}, noVerdict),
    reasons.length > 0 && h("ul", {}, ...reasons.map((reason) => h("li", {}, reason))),
  );
}
