/**
 * Small pictures of the camera on their way to the server: the newest, one under way at a time. One canvas is used for all of
 * them, and none is kept.
 */

const LINES = 480;
const QUALITY = 0.8;
const EVERY_MS = 1000 / 15;
const NO_ANSWER_MS = 500;
/** A camera may deliver its pictures slightly before they are due. */
const EARLY_MS = 4;

export class PictureSender {
  /**
   * @param {HTMLVideoElement} video
   * @param {(picture: Uint8Array<ArrayBuffer>) => void} send
   * @param {number} [every] Not oftener than after so many milliseconds.
   */
  constructor(video, send, every = EVERY_MS) {
    this.video = video;
    this.send = send;
    this.every = every;
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { alpha: false });
    /** When the picture under way was taken, by the clock of the page. @type {number | null} */
    this.underWay = null;
    this.sentAt = -Infinity;
    this.running = false;
    this.cancel = () => {};
    /** Whether pictures are held back: the page is hidden, or nobody listens. */
    this.resting = false;
  }

  start() {
    this.running = true;
    this.cancel = onNextPicture(this.video, this.picture);
  }

  stop() {
    this.running = false;
    this.cancel();
  }

  /** @param {number | null} taken When the newest picture was taken that the server has answered. */
  answered(taken) {
    if (this.underWay !== null && taken !== null && taken >= this.underWay) this.underWay = null;
  }

  /** @param {number} now @param {number} taken */
  picture = (now, taken) => {
    this.cancel = onNextPicture(this.video, this.picture);
    const free = this.underWay === null || now - this.sentAt > NO_ANSWER_MS;
    const due = free && now - this.sentAt >= this.every - EARLY_MS;
    // A film that stands still has no new picture, and one that has not begun has a black one.
    if (due && !this.resting && !this.video.paused && this.video.videoHeight > 0) {
      this.underWay = taken;
      this.sentAt = now;
      this.encode(taken);
    }
  };

  /** @param {number} taken */
  encode(taken) {
    const { videoWidth, videoHeight } = this.video;
    const share = Math.min(1, LINES / videoHeight);
    const wide = Math.round(videoWidth * share);
    const high = Math.round(videoHeight * share);
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== high) this.canvas.height = high;
    this.context?.drawImage(this.video, 0, 0, wide, high);
    this.canvas.toBlob((jpeg) => void this.packed(jpeg, taken), "image/jpeg", QUALITY);
  }

  /** @param {Blob | null} jpeg @param {number} taken */
  async packed(jpeg, taken) {
    if (jpeg === null) return;
    const packet = new Uint8Array(8 + jpeg.size);
    new DataView(packet.buffer).setFloat64(0, taken, true);
    packet.set(new Uint8Array(await jpeg.arrayBuffer()), 8);
    if (this.running && !this.resting) this.send(packet);
  }
}

/**
 * Call `act` with the next picture: now, and when it was taken, in milliseconds of the page's clock.
 *
 * @param {HTMLVideoElement} video
 * @param {(now: number, taken: number) => void} act
 * @returns {() => void} What calls it off.
 */
function onNextPicture(video, act) {
  if ("requestVideoFrameCallback" in video) {
    const asked = video.requestVideoFrameCallback((now, { captureTime }) => act(performance.now(), captureTime ?? now));
    return () => video.cancelVideoFrameCallback(asked);
  }
  // Browsers without it draw at least as often as a camera delivers.
  const asked = requestAnimationFrame(() => act(performance.now(), performance.now()));
  return () => cancelAnimationFrame(asked);
}
