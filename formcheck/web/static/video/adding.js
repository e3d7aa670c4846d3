/** Where clips come from: dropped or chosen files, which are copied, or a path, where they stay. */

import { button, h } from "../page.js";
import { troubleNote } from "../views.js";
import { t } from "../words.js";
import { chosenOptions, optionsForm } from "./options.js";
import { sendFiles } from "./sending.js";
import { addPath } from "./server.js";

/**
 * @param {import("./server.js").Choices} choices
 * @param {string[]} profiles
 * @param {() => void} changed Called when the list has grown.
 * @param {AbortSignal} gone Ends what listens to the whole page.
 */
export function addingPart(choices, profiles, changed, gone) {
  const told = h("div", { role: "status" });
  /** @param {string[]} sentences */
  const tell = (sentences) => told.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)));

  /** @param {File[]} files @param {boolean} named Whether the person named each of them. */
  const take = (files, named) => {
    const clips = named ? files : files.filter((file) => endsAsClip(file.name, choices.endings));
    const left = files.length - clips.length;
    tell([...(clips.length === 0 ? [t("video_no_clip")] : []), ...(left > 0 ? [t("video_left_out", { count: left })] : [])]);
    sendFiles(clips, chosenOptions(), choices.most_bytes);
  };

  const files = chooser({ accept: "video/*,image/*" }, (list) => take(list, true));
  const folder = chooser({ webkitdirectory: true }, (list) => take(list, false));
  const megabytes = Math.round(choices.most_bytes / 1e6);
  const element = h(
    "section",
    { class: "adding", "aria-labelledby": "video_drop" },
    h(
      "div",
      { class: "drop" },
      h("p", { id: "video_drop" }, t("video_drop")),
      h("p", { class: "ways" }, button(t("video_choose_files"), () => files.click(), { class: "main" }), button(t("video_choose_folder"), () => folder.click())),
      files,
      folder,
      h("p", { class: "fine" }, t("video_copies", { folder: choices.folder, megabytes })),
    ),
    pathForm(changed, tell),
    optionsForm(choices, profiles),
    told,
  );
  acceptDrops(element, take, gone);
  return element;
}

/** @param {Record<string, import("../page.js").Property>} properties @param {(files: File[]) => void} take */
function chooser(properties, take) {
  const input = h("input", { type: "file", multiple: true, hidden: true, "aria-hidden": "true", tabindex: -1, ...properties });
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = ""; // so that the same file can be chosen again
  });
  return input;
}

/** @param {() => void} changed @param {(sentences: string[]) => void} tell */
function pathForm(changed, tell) {
  const input = h("input", { type: "text", id: "video_path", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "video_path_about" });
  const trouble = h("div", {});
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    trouble.replaceChildren();
    try {
      tell((await addPath(input.value, chosenOptions())).remarks);
      input.value = "";
      changed();
    } catch (error) {
      trouble.replaceChildren(troubleNote(error));
    }
  };
  return h(
    "form",
    { class: "by_path", onsubmit: submit },
    h("label", { for: "video_path" }, t("video_path")),
    h("p", { class: "field" }, input, h("button", { type: "submit" }, t("video_path_add"))),
    h("p", { class: "fine", id: "video_path_about" }, t("video_path_stays")),
    trouble,
  );
}

/**
 * Take what is dropped anywhere on the page: beside the place for it the browser would show it, and the page be gone.
 *
 * @param {HTMLElement} element
 * @param {(files: File[], named: boolean) => void} take
 * @param {AbortSignal} signal
 */
function acceptDrops(element, take, signal) {
  /** @param {DragEvent} event @param {boolean} over */
  const mark = (event, over) => {
    event.preventDefault();
    element.classList.toggle("over", over);
  };
  document.addEventListener("dragover", (event) => mark(event, true), { signal });
  document.addEventListener("dragleave", (event) => mark(event, false), { signal });
  document.addEventListener(
    "drop",
    (event) => {
      mark(event, false);
      const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file");
      const entries = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
      const whole = entries.some((entry) => entry !== null && "isDirectory" in entry && entry.isDirectory);
      void Promise.all(entries.map(filesIn)).then((found) => take(found.flat(), !whole));
    },
    { signal },
  );
}

/** @param {FileSystemEntry | File | null} entry @returns {Promise<File[]>} */
async function filesIn(entry) {
  if (entry === null) return [];
  if (entry instanceof File) return [entry];
  if (entry.isFile) return [await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject))];
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const found = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // a hundred at most
    if (some.length === 0) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesIn))).flat();
}

/** @param {string} name @param {string[]} endings */
function endsAsClip(name, endings) {
  const small = name.toLowerCase();
  return !small.startsWith(".") && endings.some((ending) => small.endsWith(ending));
}
