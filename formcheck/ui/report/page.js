"use strict";
(() => {
  const page = JSON.parse(document.getElementById("data").textContent);
  const film = document.getElementById("film");
  const SVG = "http://www.w3.org/2000/svg";

  const filmUrl = film === null ? null : (() => {
    const text = atob(film.textContent);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    film.remove();
    return URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
  })();

  const clock = (time) => {
    const whole = Math.floor(time + 0.005);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  function begin(article, data) {
    const copy = article.querySelector(".copy");
    if (copy !== null) {
      copy.hidden = false;
      copy.addEventListener("click", () => copyNotes(article.querySelector(".notes"), copy));
    }
    const stage = article.querySelector(".stage");
    if (stage === null) return;
    const video = stage.querySelector("video");
    const svg = stage.querySelector(".skeleton");
    const controls = article.querySelector(".controls");
    const play = controls.querySelector(".play");
    const slider = controls.querySelector(".time");
    const plots = [...article.querySelectorAll(".plot")];
    let now = data.from;
    let running = null; // of the skeleton alone: when it was begun
    controls.hidden = false;

    if (video !== null) {
      if (filmUrl !== null) video.src = filmUrl;
      video.addEventListener("error", () => {
        video.hidden = true;
        svg.classList.add("alone");
        article.querySelector(".film").textContent = page.words.failed;
      });
      const follow = () => {
        if (video.paused) return;
        show(video.currentTime + page.film.begin);
        if (now >= data.to) pause();
        requestAnimationFrame(follow);
      };
      video.addEventListener("loadeddata", () => go(now), { once: true }); // some show nothing until they are told a time
      video.addEventListener("play", follow);
      video.addEventListener("seeked", () => show(video.currentTime + page.film.begin));
      video.addEventListener("ended", pause);
    }
    const plays = () => video !== null && !video.hidden;

    function show(time) {
      now = Math.min(Math.max(time, data.from), data.to);
      draw(svg, data, now);
      if (document.activeElement !== slider || Math.abs(Number(slider.value) - now) > 0.06) slider.value = String(now);
      slider.setAttribute("aria-valuetext", clock(now));
      controls.querySelector(".clock").textContent = clock(now);
      const share = (now - data.from) / Math.max(data.to - data.from, 0.1);
      for (const plot of plots) {
        const left = Number(plot.dataset.left), right = Number(plot.dataset.right);
        const cursor = plot.querySelector(".cursor");
        cursor.style.left = `${100 * (left + share * (right - left))}%`;
        cursor.style.display = "block";
      }
    }

    function go(time) {
      show(time);
      if (plays()) video.currentTime = Math.max(0, now - page.film.begin);
      if (running !== null) running = performance.now() / 1000 - (now - data.from);
    }

    function pause() {
      if (plays()) video.pause();
      running = null;
      play.textContent = page.words.play;
    }

    function start() {
      if (now >= data.to - 0.1) go(data.from);
      play.textContent = page.words.pause;
      if (plays()) {
        video.play().catch(pause);
        return;
      }
      running = performance.now() / 1000 - (now - data.from);
      const step = () => {
        if (running === null) return;
        show(data.from + performance.now() / 1000 - running);
        if (now >= data.to) pause();
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    }

    const playing = () => running !== null || (plays() && !video.paused);
    play.addEventListener("click", () => (playing() ? pause() : start()));
    slider.addEventListener("input", () => go(Number(slider.value)));
    controls.querySelector(".bones").addEventListener("change", (event) => {
      svg.style.visibility = event.target.checked ? "visible" : "hidden";
    });
    for (const button of article.querySelectorAll("button[data-time]")) {
      button.addEventListener("click", () => {
        pause();
        go(Number(button.dataset.time));
        if (button.classList.contains("go")) stage.scrollIntoView({ block: "nearest" });
      });
    }
    for (const plot of plots) {
      const at = (event) => {
        const box = plot.getBoundingClientRect();
        const left = Number(plot.dataset.left), right = Number(plot.dataset.right);
        const share = ((event.clientX - box.left) / box.width - left) / (right - left);
        go(data.from + Math.min(1, Math.max(0, share)) * (data.to - data.from));
      };
      plot.addEventListener("pointermove", (event) => {
        if (event.buttons > 0 || (event.pointerType === "mouse" && !playing())) at(event);
      });
      plot.addEventListener("pointerdown", at);
    }
    show(now);
  }

  function draw(svg, data, time) {
    const shapes = [];
    const pose = between(data, time);
    if (pose !== null) {
      const size = Math.min(Math.max(data.size, 0.13), 0.4);
      const joint = (place) => (pose.joints[2 * place] === data.unseen ? null : [pose.joints[2 * place] / 1000, 1 - pose.joints[2 * place + 1] / 1000]);
      const lines = [];
      for (const [from, to, side] of data.bones) {
        const a = joint(from), b = joint(to);
        if (a === null || b === null) continue;
        const own = side !== "" && side === pose.side;
        lines.push([a, b, (own ? 0.045 : 0.027) * size, own ? (pose.good ? "good" : "side") : ""]);
      }
      const ears = data.head.map(joint).filter((one) => one !== null);
      if (ears.length > 0) {
        const x = ears.reduce((sum, one) => sum + one[0], 0) / ears.length;
        const y = ears.reduce((sum, one) => sum + one[1], 0) / ears.length;
        for (const [width, name] of [[0.03, "edge"], [0.015, ""]]) {
          shapes.push(shape("circle", { cx: x, cy: y, r: 0.2 * size, "stroke-width": width * size, class: name }));
        }
      }
      for (const [a, b, width] of lines) shapes.push(line(a, b, 1.6 * width, "edge"));
      for (const [a, b, width, name] of lines) shapes.push(line(a, b, width, name));
    }
    svg.replaceChildren(...shapes);
  }

  const line = (a, b, width, name) => shape("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], "stroke-width": width, class: name });

  function shape(kind, attributes) {
    const element = document.createElementNS(SVG, kind);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, typeof value === "number" ? value.toFixed(4) : value);
    return element;
  }

  // The posture at a time: between two samples, and none where they are more than a second apart.
  function between(data, time) {
    const times = data.times;
    if (times.length === 0) return null;
    let low = 0, high = times.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle;
      else high = middle;
    }
    const apart = times[high] - times[low];
    if (time > times[high] + 0.5 || time < times[low] - 0.5) return null;
    const share = apart > 0 ? Math.min(1, Math.max(0, (time - times[low]) / apart)) : 0;
    const near = share < 0.5 ? low : high;
    const a = data.joints[low], b = data.joints[high];
    const joints = apart > 1 ? data.joints[near] : a.map((value, i) => (value === data.unseen || b[i] === data.unseen ? data.joints[near][i] : value + share * (b[i] - value)));
    if (apart > 1 && share > 0 && share < 1) return null;
    return { joints, side: data.sides[near], good: data.good[near] };
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

  for (const article of document.querySelectorAll("[data-part]")) {
    begin(article, page.parts[Number(article.dataset.part)]);
  }
})();
