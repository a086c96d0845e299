// Pupil mode works without this. Here are its two extras: Listen, with voices of the device alone, since nothing that a page
// says may leave it; and drawing, kept as the points of its lines.

const page = document.querySelector("[data-voice]");
const WIDTH = 1000;
const HEIGHT = 600;
const NEAR = 6; // points closer than this to the last one are left out
const LONGEST = 40000;

const localVoice = () => speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.startsWith("en"));

function offerToListen(button) {
  const show = () => (button.hidden = !localVoice());
  speechSynthesis.addEventListener("voiceschanged", show);
  show();
  button.addEventListener("click", () => {
    speechSynthesis.cancel();
    const said = Object.assign(new SpeechSynthesisUtterance(), { voice: localVoice(), rate: 0.9 });
    said.text = [...page.querySelectorAll("[data-say]")].map((each) => each.textContent.trim()).join(". ");
    speechSynthesis.speak(said);
  });
}

function offerToDraw(box) {
  const canvas = box.querySelector("canvas");
  const kept = box.querySelector("input");
  const pen = canvas.getContext("2d");
  let lines = kept.value ? kept.value.split(";").map((line) => line.split(" ").map((point) => point.split(",").map(Number))) : [];
  let line = null;

  function show() {
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    Object.assign(pen, { lineWidth: 6, lineCap: "round", lineJoin: "round", strokeStyle: getComputedStyle(canvas).color });
    for (const points of lines) {
      pen.beginPath();
      for (const [x, y] of points) pen.lineTo(x, y);
      if (points.length === 1) pen.lineTo(points[0][0] + 1, points[0][1]);
      pen.stroke();
    }
  }

  function keep() {
    kept.value = lines.map((points) => points.map((point) => point.join(",")).join(" ")).join(";");
  }

  function pointOf(event) {
    const place = canvas.getBoundingClientRect();
    const within = (value, most) => Math.min(Math.max(Math.round(value), 0), most);
    return [within(((event.clientX - place.left) / place.width) * WIDTH, WIDTH), within(((event.clientY - place.top) / place.height) * HEIGHT, HEIGHT)];
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (kept.value.length > LONGEST - 100) return;
    canvas.setPointerCapture(event.pointerId);
    line = [pointOf(event)];
    lines.push(line);
    show();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line || kept.value.length + line.length * 9 > LONGEST - 100) return;
    const point = pointOf(event);
    const [x, y] = line.at(-1);
    if (Math.hypot(point[0] - x, point[1] - y) < NEAR) return;
    line.push(point);
    show();
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, () => {
      line = null;
      keep();
    });
  }
  box.querySelector("[data-rub-out]").addEventListener("click", () => {
    lines = [];
    keep();
    show();
  });
  box.hidden = false;
  show();
}

if (page) {
  const listen = page.querySelector("[data-listen]");
  if (listen && "speechSynthesis" in window) offerToListen(listen);
  const drawing = page.querySelector("[data-drawing]");
  if (drawing) offerToDraw(drawing);
}
