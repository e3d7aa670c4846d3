/** The page: which view is shown goes by the address after `#`. */

import { afterView } from "./care/after.js";
import { careView } from "./care/care.js";
import { checkCameraView, checkQuestionsView, checkResultView, checkView } from "./care/check.js";
import { desk } from "./care/desk.js";
import { programmeView } from "./care/programme.js";
import { psoasView } from "./care/psoas.js";
import { sittingView } from "./care/sitting.js";
import { cameraView } from "./choosing/camera_check.js";
import { choiceOf } from "./choosing/choice.js";
import { planView } from "./choosing/plan.js";
import { plansView } from "./choosing/plans.js";
import { forgetAnswers, questionsView } from "./choosing/questions.js";
import { runningView } from "./choosing/running.js";
import { button, h } from "./page.js";
import { keptView } from "./progress/kept.js";
import { progressView } from "./progress/progress.js";
import { reportView } from "./progress/report.js";
import * as api from "./server/api.js";
import { Trouble } from "./server/api.js";
import { Session } from "./session/session.js";
import { applyPreferences } from "./settings/preferences.js";
import { settingsView } from "./settings/settings.js";
import { checks } from "./video/server.js";
import { videoView } from "./video/video.js";
import { link, pageView, troubleNote } from "./views.js";
import { setWords, t } from "./words.js";

/** @typedef {import("./views.js").View} View */

/** Where it is kept which session this is, so that it goes on after the server was started anew. */
const REMEMBERED = "session";

/** What leads to each part of the page: its address and the end of its word. */
const PARTS = ["stretch", "video", "care", "progress", "settings"];

/** @typedef {{id: string, request: import("./server/messages.js").SessionRequest}} Remembered */

/** @type {import("./server/messages.js").SessionRequest} */
const UNKNOWN = { plan: null, side: "auto", profile: null, muted: false, resume: null };

/** @returns {Remembered | null} */
function remembered() {
  return JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "null");
}

/** @param {Remembered} session */
function remember(session) {
  sessionStorage.setItem(REMEMBERED, JSON.stringify(session));
}

/** Whether the session that is open is of this window, where it goes on; any other is offered first: it takes the camera. */
async function isOwn() {
  const { session } = await api.state();
  return session !== null && session.id === remembered()?.id;
}

/** @type {View | null} */
let shown = null;
let turn = 0;

/** Show the view of the address. */
async function route() {
  const [path, values = ""] = location.hash.replace(/^#\//, "").split("?");
  const mine = ++turn;
  let view;
  try {
    view = await viewOf(path, new URLSearchParams(values));
  } catch (error) {
    view = troubleView(error);
  }
  if (view === null) return;
  if (mine === turn) put(view);
  else view.leave?.(); // meanwhile another one was asked for
}

/**
 * @param {string} path
 * @param {URLSearchParams} values
 * @returns {Promise<View | null>} `null`: the address changes by itself.
 */
async function viewOf(path, values) {
  switch (path) {
    case "stretch":
      forgetAnswers();
      return await plansView();
    case "care":
      forgetAnswers();
      return await careView();
    case "psoas":
      return await psoasView(values.get("part"));
    case "check":
      return await checkView(choiceOf(values));
    case "check_questions":
      return await checkQuestionsView(choiceOf(values));
    case "check_camera":
      return (await runningView()) ?? (await checkCameraView(choiceOf(values), startCheck));
    case "check_result":
      return await checkResultView();
    case "sitting":
      return await sittingView();
    case "programme":
      return await programmeView(values.get("profile"));
    case "after":
      return await afterView(values.get("session") ?? "");
    case "plan":
      return await planView(choiceOf(values));
    case "questions":
      return await questionsView(choiceOf(values));
    case "camera":
      return (await runningView()) ?? (await sessionCameraView(choiceOf(values)));
    case "video":
      return await videoView(values.get("report"));
    case "settings":
      return await settingsView(again);
    case "quit":
      return await quitView();
    case "session":
      return await sessionView();
    case "progress":
      return await progressView(values);
    case "session_report":
      return await reportView(values.get("id") ?? "");
    case "kept":
      return await keptView();
    default:
      location.replace((await isOwn()) ? "#/session" : "#/stretch");
      return null;
  }
}

/** @param {import("./choosing/choice.js").Choice} choice */
async function sessionCameraView(choice) {
  const notes = choice.calibrate ? [] : (await api.questions(choice.plan, choice.profile, false)).notes;
  return cameraView(choice, start, { notes });
}

/** @param {import("./choosing/choice.js").Choice} choice */
async function start({ plan, from, ...choice }) {
  await begun({ ...choice, plan: plan || null, resume: null });
}

/** @param {import("./choosing/choice.js").Choice} choice @param {number | null} level_deg */
async function startCheck({ plan, side, profile, muted }, level_deg) {
  await begun({ plan: null, check: plan, level_deg, side, profile, muted, resume: null });
}

/** @param {import("./server/messages.js").SessionRequest} request */
async function begun(request) {
  const started = await api.start(request);
  remember({ id: started.id, request });
  location.replace("#/session");
}

/** The session that runs; one that a server knew that was ended is taken up again. @returns {Promise<View | null>} */
async function sessionView() {
  const known = remembered();
  let { session } = await api.state();
  if (session === null && known !== null) {
    try {
      session = await api.start({ ...known.request, resume: known.id });
    } catch (error) {
      if (error instanceof Trouble && error.status === 0) throw error;
    }
  }
  if (session === null) {
    sessionStorage.removeItem(REMEMBERED);
    location.replace("#/stretch");
    return null;
  }
  const request = known?.request ?? UNKNOWN;
  remember({ id: session.id, request });
  const running = new Session(session, request, (address = request.calibrate ? "#/settings" : "#/stretch") => {
    sessionStorage.removeItem(REMEMBERED);
    location.replace(address);
  });
  const leave = () => {
    running.close();
    if (running.over !== null) sessionStorage.removeItem(REMEMBERED);
  };
  return { title: session.title, element: running.element, arrive: () => running.arrive(), leave };
}

/** @param {unknown} error @returns {View} */
function troubleView(error) {
  const again = button(t("try_again"), () => void route(), { class: "main" });
  return pageView(t("trouble_title"), null, troubleNote(error), h("p", { class: "ways" }, again));
}

/** @param {View} view @param {boolean} alone Whether without the banner: there is nowhere to go. */
function put(view, alone = false) {
  shown?.leave?.();
  const full = view.element.classList.contains("session");
  document.title = `${view.title} – formcheck`;
  document.body.replaceChildren(...(full || alone ? [view.element] : [skip(), banner(), view.element, desk.element]));
  document.body.classList.toggle("in_session", full);
  window.scrollTo(0, 0);
  if (view.arrive) view.arrive();
  else if (shown !== null) view.element.querySelector("h1")?.focus();
  shown = view;
}

function skip() {
  return button(t("skip"), () => document.querySelector("h1")?.focus(), { class: "skip" });
}

/** @param {string} part */
function partLink(part) {
  const here = location.hash === `#/${part}` || location.hash.startsWith(`#/${part}?`);
  return h("a", { href: `#/${part}`, "aria-current": here && "page" }, t(`nav_${part}`));
}

function banner() {
  return h(
    "header",
    { class: "banner" },
    h("a", { class: "brand", href: "#/stretch" }, "formcheck"),
    h("nav", { "aria-label": t("navigation") }, ...PARTS.map(partLink)),
    link("#/quit", t("quit"), "button"),
  );
}

/** @returns {Promise<View>} */
async function quitView() {
  const [{ session }, listed] = await Promise.all([api.state(), checks()]);
  const open = session !== null && h("div", { class: "notice" }, h("p", {}, t("quit_session", session)), link("#/session", t("go_to_session"), "button"));
  const lost = listed.checks.length > 0 && h("p", {}, t("video_quit"));
  const ways = [button(t("quit"), () => void quit(session?.id ?? null), { class: "main" }), link("#/stretch", t("back"), "button")];
  return pageView(t("quit_question"), null, open, h("p", {}, t("quit_keeps")), lost, h("p", { class: "ways" }, ...ways));
}

/** @param {string | null} told The session that the question has named; one that was begun since is named first. */
async function quit(told) {
  try {
    const { session } = await api.state();
    if (session !== null && session.id !== told) {
      await route();
      return;
    }
    await api.quit();
  } catch (error) {
    if (!(error instanceof Trouble && error.status === 0)) {
      put(troubleView(error));
      return;
    }
  }
  sessionStorage.removeItem(REMEMBERED);
  put(pageView(t("quit_title"), null, h("p", {}, t("quit_what_now"))), true);
}

/** Show the view of the address anew, in the language of now, with the field `focused` as it was. @param {string} focused */
async function again(focused) {
  await loadWords();
  await route();
  document.getElementById(focused)?.focus();
}

async function loadWords() {
  const { words, language } = await api.words();
  setWords(words, language);
}

/** Load the words, then show the view of the address. */
async function begin() {
  try {
    await loadWords();
  } catch (error) {
    // Without words there is nothing to say but what the server says itself.
    const { sentences, status } = error instanceof Trouble ? error : { sentences: [], status: 0 };
    document.body.replaceChildren(h("main", {}, h("h1", {}, "formcheck"), ...sentences.map((sentence) => h("p", {}, sentence))));
    if (status === 0) window.setTimeout(() => void begin(), 1000);
    return;
  }
  window.addEventListener("hashchange", () => void route());
  await route();
  await desk.resume().catch(() => {});
}

applyPreferences();
void begin();
