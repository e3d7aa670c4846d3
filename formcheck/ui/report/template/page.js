"use strict";
(() => {
  const page = JSON.parse(document.getElementById("data").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  const APART_S = 0.2; // a film that is this far from where the others are is brought there

  const filmUrls = page.films.map((_, number) => {
    const film = document.getElementById(`film${number || ""}`);
    if (film === null) return null;
    const text = atob(film.textContent);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    film.remove();
    return URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
  });

  const clock = (time) => {
    const whole = Math.floor(time + 0.005);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  const tenths = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const signed = (time) => `${Math.abs(time) < 0.05 ? "" : time < 0 ? "−" : "+"}${tenths.format(Math.abs(time))} s`;

  // A clip as it moves: its film, where there is one, and the skeleton over it. Times are those of the clip.
  function stageOf(element, { part, film }) {
    const data = page.parts[part];
    const svg = element.querySelector(".skeleton");
    const video = element.querySelector("video");
    const { begin } = page.films[film];
    const filmed = () => video !== null && !video.hidden;
    const runs = () => filmed() && !video.paused;
    const stage = {
      data,
      runs,
      time: () => video.currentTime + begin,
      within: (time) => Math.min(Math.max(time, data.from), data.to),
      show(own, ghost) {
        const shapes = ghost === null ? [] : shapesOf(ghost, ["ghost"]);
        svg.replaceChildren(...shapes, ...(own === null ? [] : shapesOf(own, ["edge", ""])));
      },
      seek: (time) => {
        if (filmed()) video.currentTime = Math.max(0, time - begin);
      },
      pause: () => {
        if (runs()) video.pause();
      },
      // Let the film run where it has pictures, and be where it should be; the one that leads is where it is.
      keep(time, leads) {
        if (!filmed()) return;
        const there = time >= begin && time < begin + video.duration - 0.05;
        if (!there) stage.pause();
        else if (video.paused || (!leads && Math.abs(stage.time() - time) > APART_S)) {
          if (Math.abs(stage.time() - time) > 0.05) stage.seek(time);
          video.play().catch(() => {});
        }
      },
    };
    if (video !== null) {
      if (filmUrls[film] !== null) video.src = filmUrls[film];
      video.addEventListener("error", () => {
        video.hidden = true;
        element.closest("[data-player]").querySelector(".film").textContent = page.words.failed;
      });
      stage.whenSeen = (shown) => {
        video.addEventListener("loadeddata", () => stage.seek(shown()), { once: true }); // some show nothing until they are told a time
      };
    }
    return stage;
  }

  function begin(article, player) {
    const copy = article.querySelector(".copy");
    if (copy !== null) {
      copy.hidden = false;
      copy.addEventListener("click", () => copyNotes(article.querySelector(".notes"), copy));
    }
    const elements = [...article.querySelectorAll(".stage")];
    if (elements.length === 0) return;
    const stages = player.stages.map((one, number) => stageOf(elements[number], one));
    const controls = article.querySelector(".controls");
    const play = controls.querySelector(".play");
    const slider = controls.querySelector(".time");
    const bones = controls.querySelector(".bones");
    const ghosts = controls.querySelector(".ghosts"); // of two clips
    const plots = [...article.querySelectorAll(".plot")];
    const told = player.relative ? signed : clock;
    let aligned = player.alignments[0];
    let now = aligned.begin;
    let last = null; // while it plays: when it was shown last
    controls.hidden = false;

    const at = (number) => now + aligned.zeros[number];

    function show(time) {
      now = Math.min(Math.max(time, aligned.begin), aligned.end);
      const poses = stages.map((stage, number) => between(stage.data, stage.runs() ? stage.time() : stage.within(at(number))));
      stages.forEach((stage, number) => {
        const other = stages.length - 1 - number; // of two
        const there = other !== number && ghosts !== null && ghosts.checked && covers(stages[other].data, at(other));
        stage.show(bones.checked ? poses[number] : null, there ? laidOver(poses[number], poses[other]) : null);
      });
      if (document.activeElement !== slider || Math.abs(Number(slider.value) - now) > 0.06) slider.value = String(now);
      slider.setAttribute("aria-valuetext", told(now));
      controls.querySelector(".clock").textContent = told(now);
      const share = (now - aligned.begin) / Math.max(aligned.end - aligned.begin, 0.1);
      for (const plot of plots) {
        const left = Number(plot.dataset.left), right = Number(plot.dataset.right);
        const cursor = plot.querySelector(".cursor");
        cursor.style.left = `${100 * (left + share * (right - left))}%`;
        cursor.style.display = "block";
      }
    }

    function go(time) {
      show(time);
      stages.forEach((stage, number) => stage.seek(stage.within(at(number))));
    }

    function pause() {
      for (const stage of stages) stage.pause();
      last = null;
      play.textContent = page.words.play;
    }

    function step() {
      if (last === null) return;
      const moment = performance.now() / 1000;
      const lead = stages.findIndex((stage) => stage.runs()); // time goes as its film does
      show(lead < 0 ? now + moment - last : stages[lead].time() - aligned.zeros[lead]);
      last = moment;
      if (now >= aligned.end) {
        pause();
        return;
      }
      stages.forEach((stage, number) => stage.keep(at(number), number === lead));
      requestAnimationFrame(step);
    }

    function start() {
      if (now >= aligned.end - 0.1) go(aligned.begin);
      play.textContent = page.words.pause;
      last = performance.now() / 1000;
      stages.forEach((stage, number) => stage.keep(at(number), false));
      requestAnimationFrame(step);
    }

    // Choose from which moment on the clips are side by side; the time line and the list are those of that choice.
    function align(number) {
      pause();
      aligned = player.alignments[number];
      slider.min = String(aligned.begin);
      slider.max = String(aligned.end);
      for (const part of article.querySelectorAll("[data-alignment]")) part.hidden = Number(part.dataset.alignment) !== number;
      go(0);
    }

    play.addEventListener("click", () => (last === null ? start() : pause()));
    slider.addEventListener("input", () => go(Number(slider.value)));
    for (const box of [bones, ghosts]) if (box !== null) box.addEventListener("change", () => show(now));
    for (const choice of controls.querySelectorAll(".alignment")) choice.addEventListener("change", () => align(Number(choice.value)));
    for (const button of article.querySelectorAll("button[data-time]")) {
      button.addEventListener("click", () => {
        pause();
        go(Number(button.dataset.time));
        if (button.classList.contains("go")) elements[0].scrollIntoView({ block: "nearest" });
      });
    }
    for (const plot of plots) {
      const move = (event) => {
        const box = plot.getBoundingClientRect();
        const left = Number(plot.dataset.left), right = Number(plot.dataset.right);
        const share = ((event.clientX - box.left) / box.width - left) / (right - left);
        go(aligned.begin + Math.min(1, Math.max(0, share)) * (aligned.end - aligned.begin));
      };
      plot.addEventListener("pointermove", (event) => {
        if (event.buttons > 0 || (event.pointerType === "mouse" && last === null)) move(event);
      });
      plot.addEventListener("pointerdown", move);
    }
    stages.forEach((stage, number) => {
      if (stage.whenSeen) stage.whenSeen(() => stage.within(at(number)));
    });
    if (player.relative) align(0);
    else show(now);
  }

  function shapesOf(pose, names) {
    const { data } = pose;
    const size = Math.min(Math.max(pose.size, 0.13), 0.4);
    const joint = (place) => pointOf(pose, place);
    const lines = [];
    for (const [from, to, side] of data.bones) {
      const a = joint(from), b = joint(to);
      if (a === null || b === null) continue;
      const own = side !== "" && side === pose.side;
      lines.push([a, b, (own ? 0.045 : 0.027) * size, own ? (pose.good ? "good" : "side") : ""]);
    }
    const ears = data.head.map(joint).filter((one) => one !== null);
    const shapes = [];
    for (const name of names) {
      if (ears.length > 0) {
        const [x, y] = middle(ears);
        shapes.push(shape("circle", { cx: x, cy: y, r: 0.2 * size, "stroke-width": (name === "edge" ? 0.03 : 0.015) * size, class: name }));
      }
    }
    for (const name of names) {
      for (const [a, b, width, kind] of lines) shapes.push(line(a, b, (name === "edge" ? 1.6 : 1) * width, name || kind));
    }
    return shapes;
  }

  const pointOf = (pose, place) => (pose.joints[2 * place] === pose.data.unseen ? null : [pose.joints[2 * place] / 1000, 1 - pose.joints[2 * place + 1] / 1000]);

  const middle = (points) => [0, 1].map((axis) => points.reduce((sum, one) => sum + one[axis], 0) / points.length);

  const hipsOf = (pose) => pose.data.hips.map((place) => pointOf(pose, place)).filter((one) => one !== null);

  // The other one's posture over one's own: at the hips, as large by the trunk, and facing the same way.
  function laidOver(own, other) {
    if (own === null || other === null) return null;
    const here = hipsOf(own), there = hipsOf(other);
    if (here.length === 0 || there.length === 0) return null;
    const [x, y] = middle(here), [fromX, fromY] = middle(there);
    const scale = own.data.size / other.data.size;
    const turn = own.facing * other.facing < 0 ? -1 : 1;
    const joints = other.joints.map((value, i) => {
      if (value === other.data.unseen) return value;
      return i % 2 === 0 ? 1000 * (x + turn * scale * (value / 1000 - fromX)) : 1000 * (1 - y - scale * (1 - value / 1000 - fromY));
    });
    return { ...other, joints, size: own.data.size };
  }

  const line = (a, b, width, name) => shape("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], "stroke-width": width, class: name });

  function shape(kind, attributes) {
    const element = document.createElementNS(SVG, kind);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, typeof value === "number" ? value.toFixed(4) : value);
    return element;
  }

  // Whether a clip has a picture of a time; a photo has of any.
  const covers = (data, time) => data.from === data.to || (time >= data.from && time <= data.to);

  // The posture at a time: between two samples, and none where they are more than a second apart.
  function between(data, time) {
    const times = data.times;
    if (times.length === 0) return null;
    let low = 0, high = times.length - 1;
    while (high - low > 1) {
      const half = (low + high) >> 1;
      if (times[half] <= time) low = half;
      else high = half;
    }
    const apart = times[high] - times[low];
    if (time > times[high] + 0.5 || time < times[low] - 0.5) return null;
    const share = apart > 0 ? Math.min(1, Math.max(0, (time - times[low]) / apart)) : 0;
    const near = share < 0.5 ? low : high;
    const a = data.joints[low], b = data.joints[high];
    const joints = apart > 1 ? data.joints[near] : a.map((value, i) => (value === data.unseen || b[i] === data.unseen ? data.joints[near][i] : value + share * (b[i] - value)));
    if (apart > 1 && share > 0 && share < 1) return null;
    return { data, joints, side: data.sides[near], good: data.good[near], facing: data.facing[near], size: data.size };
  }

  async function copyNotes(notes, button) {
    try {
      await navigator.clipboard.writeText(notes.textContent);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(notes);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!document.execCommand("copy")) return;
    }
    button.textContent = page.words.copied;
  }

  for (const article of document.querySelectorAll("[data-player]")) {
    begin(article, page.players[Number(article.dataset.player)]);
  }
})();
