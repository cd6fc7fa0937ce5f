// The buttons that have a page read aloud. What reads is loaded only when the first of them is about to be pressed.

const LABELS = { stopped: "Læs op", reading: "Pause", paused: "Fortsæt" };
const STEPS = { stopped: "start", reading: "pause", paused: "resume" };
let isOffered = false;

/** Put the buttons below the title of the page and its status. `voiceFor` returns the device's own voice for a language, if there is one. */
export function offerReading(voiceFor) {
  const title = document.querySelector("article h1");
  if (isOffered || !title) return;
  isOffered = true;
  const [place, group, main, stop] = ["div", "div", "button", "button"].map((name) => document.createElement(name));
  place.className = "read-aloud";
  if (document.documentElement.lang !== "da") Object.assign(place, { lang: "da", dir: "ltr" }); // what the buttons say is Danish
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Oplæsning");
  main.type = stop.type = "button";
  stop.dataset.sign = "stop";
  stop.append("Stop");
  group.append(main, stop);
  place.append(group);

  // The words on the button tell the state. Nothing announces it besides: a screen reader would speak at the same time.
  let state;
  const show = (newState) => {
    state = newState;
    main.textContent = LABELS[state];
    main.dataset.sign = state === "reading" ? "pause" : "start";
    if (state === "stopped" && document.activeElement === stop) main.focus({ preventScroll: true });
    stop.hidden = state === "stopped";
    document.documentElement.classList.toggle("is-read-aloud", state !== "stopped");
  };
  show("stopped");

  let reader;
  const load = () =>
    (reader ??= import("./reader.js").then(({ PageReader }) => new PageReader(title.closest("article"), voiceFor, show)));
  for (const event of ["focus", "pointerdown"]) main.addEventListener(event, load); // Safari speaks only right after a press
  main.addEventListener("click", async () => (await load())[STEPS[state]]());
  stop.addEventListener("click", async () => (await load()).stop());
  const status = title.nextElementSibling;
  (status?.matches(".status") ? status : title).after(place);
}
