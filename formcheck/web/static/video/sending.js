/** The files that this page still has to send, one after the other; they go on while another part of the page is shown. */

import { Trouble } from "../server/api.js";
import { t } from "../words.js";
import { send } from "./server.js";

/**
 * @typedef {object} Sent
 * @property {File} file
 * @property {import("./server.js").Options} options
 * @property {number | null} share `null`: it waits.
 * @property {string[]} trouble
 * @property {() => void} cancel
 */

/** @type {Sent[]} */
let files = [];
let busy = false;
let changed = () => {};

/** @param {() => void} act Called whenever anything changes. */
export function whenSent(act) {
  changed = act;
}

export const toSend = () => files;

/**
 * @param {File[]} added
 * @param {import("./server.js").Options} options
 * @param {number} mostBytes
 */
export function sendFiles(added, options, mostBytes) {
  for (const file of added) {
    const row = { file, options, share: null, trouble: /** @type {string[]} */ ([]), cancel: () => leave(row) };
    if (file.size > mostBytes) row.trouble = [t("video_too_large", { megabytes: Math.round(mostBytes / 1e6) })];
    files.push(row);
  }
  changed();
  void sendAll();
}

async function sendAll() {
  if (busy) return;
  busy = true;
  for (let row = next(); row !== undefined; row = next()) await sendOne(row);
  busy = false;
}

const next = () => files.find((row) => row.share === null && row.trouble.length === 0);

/** @param {Sent} row */
async function sendOne(row) {
  row.share = 0;
  const { sent, cancel } = send(row.file, row.options, (share) => {
    row.share = share;
    changed();
  });
  row.cancel = () => {
    cancel();
    leave(row);
  };
  try {
    await sent;
    leave(row);
  } catch (error) {
    row.trouble = error instanceof Trouble ? error.sentences : [t("went_wrong")];
    row.cancel = () => leave(row);
    changed();
  }
}

/** @param {Sent} row */
function leave(row) {
  files = files.filter((one) => one !== row);
  changed();
}

window.addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});
