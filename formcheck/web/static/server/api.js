/** Requests to the server. Whatever goes wrong becomes a `Trouble`: whole sentences for the person. */

import { hasWord, t } from "../words.js";

export class Trouble extends Error {
  /**
   * @param {string[]} sentences
   * @param {number} status Of HTTP; 0 where the server gave no answer.
   */
  constructor(sentences, status) {
    super(sentences.join(" "));
    this.sentences = sentences;
    this.status = status;
  }
}

/** @returns {Promise<{language: string, words: Record<string, import("../words.js").Row>}>} */
export const words = () => ask("GET", "/api/words");

/** @returns {Promise<import("./messages.js").AppState>} */
export const state = () => ask("GET", "/api/state");

/** @returns {Promise<{plans: import("./messages.js").Card[], first: string | null}>} */
export const plans = () => ask("GET", "/api/plans");

/** @returns {Promise<import("./messages.js").Care>} */
export const care = () => ask("GET", "/api/care");

/** @param {string | null} profile @returns {Promise<import("./messages.js").Programme>} */
export const programme = (profile) => ask("GET", `/api/programme?${new URLSearchParams({ profile: profile ?? "" })}`);

/** @param {import("./messages.js").PainTold} told @returns {Promise<import("./messages.js").Planned>} */
export const planToday = (told) => ask("POST", "/api/programme", told);

/** @returns {Promise<{question: string}>} */
export const afterQuestion = () => ask("GET", "/api/programme/after");

/** @param {string} session @param {number} pain @returns {Promise<{mind: string | null}>} */
export const tellAfter = (session, pain) => ask("POST", "/api/programme/after", { session, pain });

/** @param {string} check @param {string | null} profile @param {boolean} again @returns {Promise<import("./messages.js").CheckAsked>} */
export const check = (check, profile, again) =>
  ask("GET", `/api/check?${new URLSearchParams({ check, profile: profile ?? "", ...(again ? { again: "yes" } : {}) })}`);

/**
 * @param {{check: string, profile: string | null, again: boolean, answers: import("./messages.js").Answer[]}} answered
 * @returns {Promise<void>}
 */
export const answerCheck = (answered) => ask("POST", "/api/check/answers", answered);

/** @param {[number, number][]} points @returns {Promise<import("./messages.js").Level>} */
export const level = (points) => ask("POST", "/api/check/level", { points });

/** @returns {Promise<import("./messages.js").CheckOver>} */
export const checkOver = () => ask("GET", "/api/check/result");

/** @param {Record<string, boolean>} answers @returns {Promise<import("./messages.js").CheckOver>} */
export const judgeCheck = (answers) => ask("POST", "/api/check/result", { answers });

/** @returns {Promise<import("./messages.js").SittingState>} */
export const sitting = () => ask("GET", "/api/sitting");

/** @param {{every_s: number, prompts: boolean, profile: string | null}} day @returns {Promise<import("./messages.js").SittingState>} */
export const beginSitting = (day) => ask("POST", "/api/sitting", day);

/** @returns {Promise<import("./messages.js").SittingState>} */
export const endSitting = () => ask("DELETE", "/api/sitting");

/** @returns {Promise<import("./messages.js").SittingState>} */
export const snoozeSitting = () => ask("POST", "/api/sitting/snooze", {});

/** @param {Blob | null} jpeg @returns {Promise<import("./messages.js").SittingState>} */
export const look = (jpeg) => ask("POST", "/api/sitting/look", jpeg ?? new Blob());

/** @returns {Promise<import("./messages.js").PsoasPage>} */
export const psoasPage = () => ask("GET", "/api/care/psoas");

/**
 * @param {string} plan
 * @param {string | null} profile
 * @param {boolean} again Whether what was answered is asked too.
 * @returns {Promise<import("./messages.js").Questions & {left_out: string[], hurt: string[], notes: string[]}>} `notes` are to be read before it begins.
 */
export const questions = (plan, profile, again) =>
  ask("GET", `/api/questions?${new URLSearchParams({ plan, profile: profile ?? "", ...(again ? { again: "yes" } : {}) })}`);

/**
 * @param {{plan: string, profile: string | null, answers: import("./messages.js").Answer[], again: boolean}} answered
 * @returns {Promise<{left_out: string[]}>} Why nothing of the plan is left, if nothing is.
 */
export const answer = (answered) => ask("POST", "/api/answers", answered);

/**
 * @param {import("./messages.js").SessionRequest} request
 * @returns {Promise<import("./messages.js").SessionName>}
 */
export const start = (request) => ask("POST", "/api/session", request);

/** @returns {Promise<void>} */
export const endSession = () => ask("DELETE", "/api/session");

/** @returns {Promise<import("./messages.js").Settings>} */
export const settings = () => ask("GET", "/api/settings");

/**
 * @param {{language?: string, profile?: string | null}} chosen
 * @returns {Promise<void>}
 */
export const choose = (chosen) => ask("POST", "/api/settings", chosen);

/**
 * @param {string} name
 * @returns {Promise<void>}
 */
export const deleteProfile = (name) => ask("DELETE", `/api/profiles/${encodeURIComponent(name)}`);
/**
 * @param {Record<string, string>} asked
 * @returns {Promise<import("./messages.js").KeptSessions>}
 */
export const progress = (asked) => ask("GET", `/api/progress?${new URLSearchParams(asked)}`);

/** @returns {Promise<void>} */
export const deleteHistory = () => ask("DELETE", "/api/progress");

/**
 * @param {string} id
 * @returns {Promise<import("./messages.js").KeptSession>}
 */
export const keptSession = (id) => ask("GET", `/api/progress/session?${new URLSearchParams({ id })}`);

/**
 * @param {string} id Of a session, or of a check.
 * @returns {Promise<void>}
 */
export const deleteSession = (id) => ask("DELETE", `/api/progress/session?${new URLSearchParams({ id })}`);

/** @returns {Promise<{kinds: import("./messages.js").KeptKind[]}>} */
export const kept = () => ask("GET", "/api/kept");

/**
 * @param {string} kind Or "all".
 * @returns {Promise<void>}
 */
export const deleteKept = (kind) => ask("DELETE", `/api/kept?${new URLSearchParams({ kind })}`);

/** @returns {Promise<void>} */
export const quit = () => ask("POST", "/api/quit", {});

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body) {
  let answered;
  try {
    answered = await fetch(path, {
      method,
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
      headers: body === undefined || body instanceof Blob ? {} : { "Content-Type": "application/json" },
      cache: "no-store",
    });
  } catch {
    throw noAnswer();
  }
  const found = await answered.json().catch(() => ({}));
  if (answered.ok) return found;
  throw refusal(found, answered.status);
}

/** What went wrong where no answer came. */
export function noAnswer() {
  return new Trouble(hasWord("server_gone") ? [t("server_gone"), t("server_gone_what_to_do")] : [], 0);
}

/** What went wrong where the answer is a refusal. @param {any} found @param {number} status */
export function refusal(found, status) {
  return new Trouble(Array.isArray(found?.error) ? found.error : [t("refused", { status })], status);
}
