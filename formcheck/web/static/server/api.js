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

/** @returns {Promise<import("./messages.js").AppState>} */
export const state = () => ask("GET", "/api/state");

/** @returns {Promise<{plans: import("./messages.js").Card[]}>} */
export const plans = () => ask("GET", "/api/plans");

/**
 * @param {string} plan
 * @param {string | null} profile
 * @returns {Promise<import("./messages.js").Questions>}
 */
export const questions = (plan, profile) =>
  ask("GET", `/api/questions?${new URLSearchParams({ plan, profile: profile ?? "" })}`);

/**
 * @param {{plan: string, profile: string | null, answers: import("./messages.js").Answer[]}} answered
 * @returns {Promise<void>}
 */
export const answer = (answered) => ask("POST", "/api/answers", answered);

/**
 * @param {import("./messages.js").SessionRequest} request
 * @returns {Promise<import("./messages.js").Started>}
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
async function ask(method, path, body) {
  let answered;
  try {
    answered = await fetch(path, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      cache: "no-store",
    });
  } catch {
    throw new Trouble(hasWord("server_gone") ? [t("server_gone"), t("server_gone_what_to_do")] : [], 0);
  }
  const found = await answered.json().catch(() => ({}));
  if (answered.ok) return found;
  const sentences = Array.isArray(found.error) ? found.error : [t("refused", { status: answered.status })];
  throw new Trouble(sentences, answered.status);
}
