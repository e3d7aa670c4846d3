/** What can be chosen: who it is, language, voice and sounds, how the page looks, the camera. */

import { camera, troubleKey } from "../capture/camera.js";
import { cameraChoice } from "../capture/choice.js";
import { checkField, choiceField, percentField } from "../fields.js";
import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { Chimes } from "../sound/chimes.js";
import { Speech } from "../sound/speech.js";
import { voicesHere } from "../sound/voices.js";
import { heading, link, troubleNote } from "../views.js";
import { t } from "../words.js";
import { personPart } from "./person.js";
import { prefer, preferences } from "./preferences.js";

const THEMES = /** @type {const} */ (["system", "light", "dark", "contrast"]);

/**
 * @param {(focused: string) => Promise<void>} again Shows everything anew, in the language of now.
 * @returns {Promise<import("../views.js").View>}
 */
export async function settingsView(again) {
  const found = await api.settings();
  const element = h("main", { id: "main", class: "settings" });
  /** @param {Promise<unknown>} asked @param {string} focused */
  const then = async (asked, focused) => {
    element.querySelectorAll(":scope > .trouble").forEach((note) => note.remove());
    try {
      await asked;
      await again(focused);
    } catch (error) {
      element.querySelector("h1")?.after(troubleNote(error));
    }
  };
  const { languages, language } = found;
  const sounds = new Sounds();
  element.append(
    heading(t("nav_settings")),
    part("settings_person", personPart(found, then)),
    part("language", choiceField("language", t("language"), Object.entries(languages), language, (chosen) => void then(api.choose({ language: chosen }), "language"))),
    part("sound", sounds.element),
    part("settings_looks", looksPart()),
    part("camera", cameraPart()),
    h("p", { class: "private" }, t("settings_here")),
    h("p", {}, link("#/kept", t("kept_title"))),
  );
  return { title: t("nav_settings"), element, leave: () => sounds.close() };
}

/** @param {string} word @param {...import("../page.js").Child} children */
function part(word, ...children) {
  const id = `part_${word}`;
  return h("section", { "aria-labelledby": id }, h("h2", { id }, t(word)), ...children);
}

/** Voice and sounds, with a way to hear them. */
class Sounds {
  constructor() {
    this.speech = new Speech();
    this.chimes = new Chimes();
    this.voices = h("div");
    this.element = h(
      "div",
      {},
      checkField("voice_on", t("voice_on"), preferences.voice, (voice) => prefer({ voice })),
      this.voices,
      checkField("sounds_on", t("sounds_on"), preferences.sounds, (sounds) => prefer({ sounds })),
      percentField("loudness", { min: 10, max: 200, step: 10 }, preferences.loudness, (loudness) => prefer({ loudness })),
      button(t("test_sounds"), () => void this.play()),
      h("p", { class: "hint" }, t("captions_always")),
    );
    this.fill();
    // Some browsers load their voices after the page.
    window.speechSynthesis?.addEventListener("voiceschanged", this.fill);
  }

  fill = () => {
    const voices = voicesHere();
    /** @type {[string, string][]} */
    const rows = [["", t("voice_any")], ...voices.map((voice) => /** @type {[string, string]} */ ([voice.voiceURI, voice.name]))];
    const fields = [
      choiceField("voice", t("voice"), rows, preferences.voiceName ?? "", (name) => prefer({ voiceName: name || null })),
      percentField("speed", { min: 50, max: 200, step: 10 }, preferences.speed, (speed) => prefer({ speed })),
      button(t("test_voice"), () => this.speak()),
    ];
    this.voices.replaceChildren(...(voices.length > 0 ? fields : [h("p", { class: "trouble" }, t("no_local_voice"))]));
  };

  speak() {
    this.speech.silence();
    this.speech.said.clear();
    this.speech.say(t("test_sentence"), { urgent: true });
  }

  async play() {
    await this.chimes.unlock();
    this.chimes.play("done");
  }

  close() {
    window.speechSynthesis?.removeEventListener("voiceschanged", this.fill);
    this.speech.silence();
    this.chimes.close();
  }
}

function looksPart() {
  const themes = THEMES.map((theme) => /** @type {[string, string]} */ ([theme, t(`theme_${theme}`)]));
  return h(
    "div",
    {},
    percentField("type_size", { min: 100, max: 200, step: 10 }, preferences.type, (type) => prefer({ type })),
    choiceField("theme", t("theme"), themes, preferences.theme, (chosen) => prefer({ theme: THEMES.find((one) => one === chosen) ?? "system" })),
    checkField("still", t("motion_reduced"), preferences.still, (still) => prefer({ still })),
    checkField("mirrored", t("mirror"), preferences.mirrored, (mirrored) => prefer({ mirrored })),
  );
}

/** Which camera it is: browsers name them once they were allowed to be seen. */
function cameraPart() {
  const place = h("div", { role: "status" });
  const look = async () => {
    try {
      if (!(await camera.open())) return;
      place.replaceChildren(cameraChoice((id) => camera.remember(id), undefined, true), h("p", {}, t("camera_remembered")));
    } catch (error) {
      const key = troubleKey(error);
      place.replaceChildren(h("p", { class: "trouble" }, t(key)), h("p", {}, t(`${key}_what_to_do`)));
    }
    camera.close();
  };
  return h("div", {}, button(t("camera_look"), () => void look()), place);
}
