/** What page and server say to each other of the clips that are checked. */

import { ask, noAnswer, refusal } from "../server/api.js";

/** @typedef {"waiting" | "at_work" | "done" | "failed" | "stopped"} WorkState */

/** @typedef {{state: WorkState, share: number, left_s: number | null, trouble: string[]}} Work `share` is from 0 to 1. */

/**
 * @typedef {object} Result
 * @property {string | null} pose
 * @property {string} stretch
 * @property {("left" | "right" | "both")[]} sides
 * @property {string} held
 * @property {number} held_s
 * @property {number | null} score
 * @property {"great" | "good" | "adjust" | "reset" | null} band
 * @property {string} verdict
 * @property {string} change
 * @property {boolean} damaged
 * @property {string[]} notes
 */

/**
 * @typedef {object} Check
 * @property {string} id
 * @property {string} name
 * @property {boolean} compared Whether it is one clip against another one.
 * @property {string | null} place The folder that the clip is in; `null` for a copy.
 * @property {boolean} still
 * @property {Work} work
 * @property {Work | null} film
 * @property {Result | null} result
 */

/** @typedef {{waits: boolean, left_s: number | null, checks: Check[]}} Checks */

/**
 * @typedef {object} Choices
 * @property {string} folder Where copies lie.
 * @property {number} most_bytes
 * @property {string[]} endings
 * @property {{name: string, title: string}[]} stretches
 */

/**
 * @typedef {object} Options
 * @property {string} pose
 * @property {string} side
 * @property {string | null} profile
 * @property {number} rotate
 * @property {boolean} mirror
 */

/** Whether anything will still come of it. @param {Work | null} work */
export const isPending = (work) => work?.state === "waiting" || work?.state === "at_work";

/** @returns {Promise<Choices>} */
export const choices = () => ask("GET", "/api/videos/choices");

/** @returns {Promise<Checks>} */
export const checks = () => ask("GET", "/api/videos");

/** @param {string} path @param {Options} options @returns {Promise<{remarks: string[]}>} */
export const addPath = (path, options) => ask("POST", "/api/videos", { path, options });

/** @param {string} id @param {"stop" | "film"} what @returns {Promise<void>} */
export const act = (id, what) => ask("POST", `/api/videos/${id}/${what}`, {});

/** @param {string} a @param {string} b @returns {Promise<{id: string}>} */
export const compare = (a, b) => ask("POST", "/api/videos/compare", { a, b });

/** @param {string} id @param {Options} options @returns {Promise<void>} */
export const again = (id, options) => ask("POST", `/api/videos/${id}/again`, options);

/** @param {string} id @returns {Promise<void>} */
export const remove = (id) => ask("DELETE", `/api/videos/${id}`);

/** @returns {Promise<void>} */
export const stopAll = () => ask("POST", "/api/videos/stop", {});

/** @returns {Promise<void>} */
export const removeAll = () => ask("DELETE", "/api/videos");

/** @param {string} id @param {"report" | "json" | "film"} what @param {boolean} [stored] */
export const fileOf = (id, what, stored = false) => `/api/videos/${id}/${what}${stored ? "?download=yes" : ""}`;

/**
 * Send a file. The browser reads it from the disk as it goes; `progress` takes the share that has gone.
 *
 * @param {File} file
 * @param {Options} options
 * @param {(share: number) => void} progress
 * @returns {{sent: Promise<void>, cancel: () => void}}
 */
export function send(file, options, progress) {
  const request = new XMLHttpRequest();
  /** @type {Promise<void>} */
  const sent = new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 1);
    request.onload = () => (request.status === 200 ? resolve() : reject(refusal(request.response, request.status)));
    request.onerror = () => reject(noAnswer());
    request.onabort = () => resolve();
    request.open("PUT", `/api/videos/upload?${new URLSearchParams({ name: file.name, options: JSON.stringify(options) })}`);
    request.responseType = "json";
    request.send(file);
  });
  return { sent, cancel: () => request.abort() };
}
