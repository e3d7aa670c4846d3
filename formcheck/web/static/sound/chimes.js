/**
 * Chimes: soft notes that differ by their outline. Rising where something begins, falling where it stops, the same note twice at
 * half-time, a chord when a hold is done: the same notes as the program plays without a browser.
 */

import { preferences } from "../settings/preferences.js";

const [C5, DS5, E5, G5, A5, C6, E6] = [523.25, 622.25, 659.26, 783.99, 880, 1046.5, 1318.51];

/** @type {Record<import("../server/messages.js").Chime, {pitches: number[], every: number, last: number}>} Seconds. */
const NOTES = {
  ready: { pitches: [C5, G5], every: 0.16, last: 0.32 },
  tick: { pitches: [A5], every: 0, last: 0.12 },
  start: { pitches: [G5, C6, E6], every: 0.09, last: 0.3 },
  lapse: { pitches: [G5, C5], every: 0.16, last: 0.32 },
  half: { pitches: [E5, E5], every: 0.2, last: 0.28 },
  done: { pitches: [C5, E5, G5, C6], every: 0.03, last: 0.48 },
  change: { pitches: [E5, C6, E5], every: 0.14, last: 0.28 },
  alert: { pitches: [A5, DS5, A5, DS5], every: 0.11, last: 0.22 },
  in: { pitches: [E5, A5], every: 0.12, last: 0.24 },
  out: { pitches: [A5, E5], every: 0.12, last: 0.24 },
};

/** What only keeps the pace, of seconds or of breath, is softer. */
const PACE = ["tick", "in", "out"];
const LOUDNESS = 0.22;
const PACE_LOUDNESS = 0.11;
const ATTACK_S = 0.008;

export class Chimes {
  /** @type {AudioContext | null} */
  context = null;
  /** @type {PeriodicWave | null} */
  wave = null;

  /** Make sound possible; browsers allow it once the person has pressed something. */
  async unlock() {
    this.context ??= new AudioContext();
    this.wave ??= this.context.createPeriodicWave(new Float32Array(4), new Float32Array([0, 1, 0.3, 0.1]));
    await this.context.resume();
  }

  get isLocked() {
    return this.context?.state !== "running";
  }

  /**
   * Play a chime, and return how long it sounds, in seconds.
   *
   * @param {import("../server/messages.js").Chime} chime
   */
  play(chime) {
    const { context, wave } = this;
    if (!preferences.sounds || context === null || wave === null || context.state !== "running" || !(chime in NOTES)) return 0;
    const { pitches, every, last } = NOTES[chime];
    const end = every * (pitches.length - 1) + last;
    const loud = ((PACE.includes(chime) ? PACE_LOUDNESS : LOUDNESS) / (every < 0.05 ? 2 : 1)) * (preferences.loudness / 100);
    pitches.forEach((pitch, i) => {
      const from = context.currentTime + every * i;
      const sound = new OscillatorNode(context, { frequency: pitch });
      const volume = new GainNode(context, { gain: 0 });
      sound.setPeriodicWave(wave);
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(loud, from + ATTACK_S);
      volume.gain.setTargetAtTime(0, from + ATTACK_S, (end - every * i) / 4);
      sound.connect(volume).connect(context.destination);
      sound.start(from);
      sound.stop(context.currentTime + end + 0.05);
    });
    return end;
  }

  close() {
    void this.context?.close();
    this.context = null;
    this.wave = null;
  }
}
