/** The camera of this machine: permission, choice, its picture, and what to do where there is none. */

import { h } from "../page.js";
import { ownPicture } from "../settings/preferences.js";
import { t } from "../words.js";

const REMEMBERED = "camera";

class Camera {
  /** @type {MediaStream | null} */
  stream = null;
  turn = 0;
  /** @type {(trouble: string | null) => void} */
  changed = () => {};

  constructor() {
    navigator.mediaDevices?.addEventListener("devicechange", () => {
      if (!this.isLive) this.changed(null);
    });
    // Not every browser tells of the permission.
    navigator.permissions
      ?.query({ name: /** @type {PermissionName} */ ("camera") })
      .then((permission) => permission.addEventListener("change", () => permission.state === "granted" && this.changed(null)))
      .catch(() => {});
  }

  /** The one that was used last. */
  get remembered() {
    return localStorage.getItem(REMEMBERED);
  }

  /**
   * Open the camera `id`, else the one that was used last, else any. Asks for permission where none was given yet.
   *
   * @param {string | null} [id]
   * @returns {Promise<boolean>} Whether it is still wanted: it was not closed meanwhile, nor another one asked for.
   */
  async open(id = this.remembered) {
    this.close();
    const mine = this.turn;
    const stream = await asked(id);
    if (mine !== this.turn) {
      stop(stream);
      return false;
    }
    this.stream = stream;
    for (const track of stream.getVideoTracks()) {
      /** @type {(type: string, tell: () => void) => void} */
      const on = (type, tell) => track.addEventListener(type, () => this.stream === stream && tell());
      on("ended", () => void this.gone());
      on("mute", () => this.changed("camera_muted"));
      on("unmute", () => this.changed(null));
    }
    this.remember(this.id);
    return true;
  }

  /** @param {string | null} id */
  remember(id) {
    if (id) localStorage.setItem(REMEMBERED, id);
  }

  async gone() {
    const permission = await navigator.permissions?.query({ name: /** @type {PermissionName} */ ("camera") }).catch(() => null);
    this.changed(permission?.state === "denied" ? "camera_refused" : "camera_taken");
  }

  /**
   * Have `changed` called, in the place of an earlier one, when the pictures end or stand still by themselves, with the key of the
   * sentence that says why, and with `null` when there may be pictures again.
   *
   * @param {(trouble: string | null) => void} changed
   * @returns {() => void} What ends it.
   */
  listen(changed) {
    this.changed = changed;
    return () => {
      if (this.changed === changed) this.changed = () => {};
    };
  }

  get id() {
    return this.track?.getSettings().deviceId ?? null;
  }

  get track() {
    return this.stream?.getVideoTracks()[0] ?? null;
  }

  get isLive() {
    return this.track?.readyState === "live";
  }

  /** @returns {Promise<MediaDeviceInfo[]>} The cameras, with their names once permission was given. */
  async list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return devices.filter((device) => device.kind === "videoinput");
  }

  close() {
    const stream = this.stream;
    this.turn += 1;
    this.stream = null;
    stop(stream);
  }
}

export const camera = new Camera();

/**
 * Return the element for the camera's picture. Browsers stop films that begin by themselves where they are out of sight; this one
 * is begun by `play`, and begins again, since pictures are taken from it wherever it stands.
 *
 * @param {string} [kind] Its class.
 */
export function cameraVideo(kind) {
  const video = h("video", { class: kind, playsinline: true, "aria-label": t(ownPicture()), onpause: () => goOn(video) });
  video.muted = true;
  return video;
}

/** @param {HTMLVideoElement} video @param {MediaStream | null} stream What it shows from now on. */
export function play(video, stream) {
  video.srcObject = stream;
  goOn(video);
}

/** @param {HTMLVideoElement} video */
function goOn(video) {
  if (video.srcObject instanceof MediaStream && video.srcObject.active) void video.play().catch(() => {});
}

/** @param {MediaStream | null} stream */
export function stop(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}

/** @type {Record<string, string>} */
const TROUBLES = {
  NotAllowedError: "camera_refused",
  SecurityError: "camera_refused",
  NotFoundError: "camera_missing",
  OverconstrainedError: "camera_missing",
  NotReadableError: "camera_busy",
  AbortError: "camera_busy",
};

/**
 * Return the key of the sentence that says what is wrong; `_what_to_do` after it is that of what to do.
 *
 * @param {unknown} error
 */
export function troubleKey(error) {
  return (error instanceof Error && TROUBLES[error.name]) || "camera_fails";
}

/** @param {string | null} id */
async function asked(id) {
  if (!navigator.mediaDevices) throw new DOMException("", "NotFoundError");
  const size = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: id ? { ...size, deviceId: { exact: id } } : size });
  } catch (error) {
    const gone = error instanceof Error && ["NotFoundError", "OverconstrainedError"].includes(error.name);
    if (id && gone) return await asked(null);
    throw error;
  }
}
