/**
 * Sentences spoken by a voice of this machine, never by one that would send them elsewhere. One at a time: what had to wait too
 * long is dropped, the same words are not said again so soon, and what is urgent comes first.
 */

import { preferences } from "../settings/preferences.js";
import { voicesHere } from "./voices.js";

const STALE_MS = 2500;
const AGAIN_MS = 10_000;
/** A sentence whose end no browser tells is over after this long. */
const LONGEST_MS = 2500;
const LONGEST_PER_LETTER_MS = 120;

/** @typedef {{text: string, urgent: boolean, requested: number, earliest: number}} Sentence Times in milliseconds. */

export class Speech {
  /** @type {Sentence[]} */
  waiting = [];
  /** @type {Sentence | null} */
  speaking = null;
  /** @type {Map<string, number>} */
  said = new Map();
  muted = false;
  timer = 0;

  /** @returns {SpeechSynthesisVoice | null} The one that was chosen, if it speaks the language of the page, else any that does. */
  get voice() {
    const voices = voicesHere();
    return voices.find(({ voiceURI }) => voiceURI === preferences.voiceName) ?? voices[0] ?? null;
  }

  /** Whether sentences are heard. */
  get isHeard() {
    return !this.muted && preferences.voice && this.voice !== null;
  }

  /**
   * @param {string} text
   * @param {{urgent?: boolean, after?: number}} [how] `after` so many seconds: its chime comes first.
   */
  say(text, { urgent = false, after = 0 } = {}) {
    if (!this.isHeard) return;
    const now = performance.now();
    if (urgent && [this.speaking, ...this.waiting].some((other) => other?.urgent && other.text === text)) return;
    if (urgent && this.speaking && !this.speaking.urgent) this.stop();
    this.waiting.push({ text, urgent, requested: now, earliest: now + 1000 * after });
    this.next();
  }

  /** @param {boolean} muted */
  mute(muted) {
    if (muted && !this.muted) this.silence();
    this.muted = muted;
  }

  /** Say nothing more of what waits. */
  silence() {
    this.waiting = [];
    this.stop();
  }

  stop() {
    this.speaking = null;
    window.clearTimeout(this.timer);
    window.speechSynthesis?.cancel();
  }

  next() {
    if (this.speaking !== null) return;
    const now = performance.now();
    const lately = (/** @type {string} */ text) => now - (this.said.get(text) ?? -Infinity) < AGAIN_MS;
    this.waiting = this.waiting.filter((one) => one.urgent || (now - one.requested <= STALE_MS && !lately(one.text)));
    const sentence = this.waiting.find((one) => one.urgent) ?? this.waiting[0];
    if (sentence === undefined) return;
    window.clearTimeout(this.timer);
    if (sentence.earliest > now) {
      this.timer = window.setTimeout(() => this.next(), sentence.earliest - now);
      return;
    }
    this.waiting = this.waiting.filter((one) => one !== sentence);
    this.speak(sentence, now);
  }

  /** @param {Sentence} sentence @param {number} now */
  speak(sentence, now) {
    const voice = this.voice;
    if (voice === null) return;
    this.speaking = sentence;
    this.said = new Map([...this.said].filter(([, at]) => now - at < AGAIN_MS)).set(sentence.text, now);
    const spoken = new SpeechSynthesisUtterance(sentence.text);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    spoken.rate = preferences.speed / 100;
    const over = () => {
      if (this.speaking !== sentence) return;
      this.speaking = null;
      window.clearTimeout(this.timer);
      this.next();
    };
    spoken.addEventListener("end", over);
    spoken.addEventListener("error", over);
    window.speechSynthesis.speak(spoken);
    this.timer = window.setTimeout(() => {
      window.speechSynthesis.cancel();
      over();
    }, LONGEST_MS + (LONGEST_PER_LETTER_MS * sentence.text.length) / spoken.rate);
  }
}
