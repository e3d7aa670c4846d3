/** The voices of this machine: never one that would send sentences elsewhere. */

/** @returns {SpeechSynthesisVoice[]} Those in the language of the page, the browser's own choice first. */
export function voicesHere() {
  const language = (document.documentElement.lang || "en").toLowerCase();
  const voices = (window.speechSynthesis?.getVoices() ?? []).filter((voice) => voice.localService);
  const fitting = voices.filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language);
  return fitting.sort((one, other) => Number(other.default) - Number(one.default));
}
