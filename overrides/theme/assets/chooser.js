// The channel chooser, one step at a time. Without this script the page shows every step.
//
// The address holds the way that was taken: `?vej=<steps before>#<step>`, so that it can be
// shared, and the browser's own back button takes one answer back.
(() => {
  const steps = new Map([...document.querySelectorAll(".step")].map((step) => [step.dataset.step, step]));
  const first = document.querySelector(".step[data-first]").dataset.step;
  const page = document.querySelector(".md-content__inner");
  const siteTitle = document.title;

  const ANSWER = ".answer a:has(+ .leads-to)";
  const answers = (id) => [...steps.get(id).querySelectorAll(ANSWER)];
  // The address changes as the reader goes on, so what an answer leads to is kept apart from it.
  for (const link of document.querySelectorAll(ANSWER)) {
    link.dataset.to = decodeURIComponent(link.hash.slice(1));
  }
  const heading = (id) => steps.get(id).querySelector("h3");
  function title(id) {
    const copy = heading(id).cloneNode(true);
    copy.querySelector(".headerlink")?.remove();
    return copy.textContent.trim();
  }

  /** The address of a way through the steps, the last of which shows. */
  function address(way) {
    const before = way.slice(0, -1).join(".");
    const last = way[way.length - 1];
    if (!before) return last === first ? location.pathname : `${location.pathname}#${last}`;
    return `${location.pathname}?vej=${before}#${last}`;
  }

  /** The step that the address points at, or into. */
  function stepOfAddress() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      return undefined; // a broken address, such as `#%`
    }
    return document.getElementById(id)?.closest(".step")?.dataset.step;
  }

  /** The way that the address tells of. One that no longer leads anywhere is not followed. */
  function wayOfAddress() {
    const last = stepOfAddress();
    const before = (new URLSearchParams(location.search).get("vej") ?? "").split(".").filter(Boolean);
    const way = last ? [...before, last] : before;
    const leads = way.every((id, n) => steps.has(id) && (n === 0 || answers(way[n - 1]).some((link) => link.dataset.to === id)));
    if (way.length && leads) return way;
    return last ? [last] : [first];
  }

  const trail = document.createElement("nav");
  trail.className = "trail";
  trail.setAttribute("aria-label", "Dine svar");
  const everything = document.createElement("button");
  everything.className = "show-all";
  everything.type = "button";
  [...steps.values()].pop().after(trail, everything);

  function showAll(all) {
    page.classList.toggle("one-at-a-time", !all);
    everything.textContent = all ? "Vis ét spørgsmål ad gangen" : "Vis alle spørgsmål og resultater";
  }

  function element(name, text, properties = {}) {
    return Object.assign(document.createElement(name), { textContent: text, ...properties });
  }

  function show(way, { focus }) {
    const current = way[way.length - 1];
    for (const [id, step] of steps) {
      step.classList.toggle("current", id === current);
      for (const link of answers(id)) link.href = `#${link.dataset.to}`;
    }
    for (const link of answers(current)) link.href = address([...way, link.dataset.to]);
    const list = document.createElement("ol");
    way.slice(0, -1).forEach((id, n) => {
      const answer = answers(id).find((link) => link.dataset.to === way[n + 1]).textContent;
      const item = element("li", `${title(id)} `);
      item.append(element("strong", answer), " ");
      item.append(element("a", "Ret svar", { href: address(way.slice(0, n + 1)), ariaLabel: `Ret svaret på: ${title(id)}` }));
      list.append(item);
    });
    trail.replaceChildren();
    if (way.length > 1) trail.append(element("p", "Dine svar", { className: "trail-title" }), list);
    if (current !== first) trail.append(element("a", "Begynd forfra", { href: address([first]), className: "restart" }));
    trail.hidden = !trail.childElementCount;
    document.title = current === first ? siteTitle : `${title(current)} - ${siteTitle}`;
    if (focus) {
      heading(current).tabIndex = -1;
      heading(current).focus({ preventScroll: true });
      steps.get(current).scrollIntoView();
    }
  }

  function follow(event) {
    const link = event.target.closest(`${ANSWER}, .trail a`);
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!page.classList.contains("one-at-a-time")) return; // among all of them, a link like any other
    event.preventDefault();
    history.pushState(null, "", link.href);
    show(wayOfAddress(), { focus: true });
  }

  page.addEventListener("click", follow);
  everything.addEventListener("click", () => {
    showAll(page.classList.contains("one-at-a-time"));
    (page.classList.contains("one-at-a-time") ? document.querySelector(".step.current") : document.querySelector(".steps-title")).scrollIntoView();
  });
  addEventListener("popstate", () => {
    // A link to something else on the page, such as the skip link, changes nothing here.
    if (location.hash && !stepOfAddress()) return;
    show(wayOfAddress(), { focus: page.classList.contains("one-at-a-time") });
  });
  showAll(false);
  show(wayOfAddress(), { focus: false });
})();
