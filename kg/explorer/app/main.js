// Puts the parts together.  A state comes from the address, from a control or a click, and all is drawn from it.

const drawable = hasWebGL();
let view = readState(location.hash);
let found = survey(view);
let foundFor = filtersOf(view);
let shownAddress = location.hash;

/** What of a state the survey depends on. */
function filtersOf(state) {
  const { from, to, text, sources, score, chosen } = state;
  return JSON.stringify([from, to, text, sources, score, Object.entries(chosen).map(([name, words]) => [name, ...words])]);
}

/** Take over a state; it becomes the address, so that Back returns to the one before (not where it replaces it). */
function show(state, { replace = false } = {}) {
  const address = writeState(state);
  if (address === (location.hash || "#")) return;
  take(state);
  shownAddress = address === "#" ? "" : address;
  if (replace) location.replace(address);
  else location.hash = address;
}

/** Change parts of the state. */
function go(patch) {
  show({ ...view, ...patch });
}

function take(state) {
  const selected = JSON.stringify(state.select) !== JSON.stringify(view.select);
  view = state;
  if (filtersOf(view) !== foundFor) {
    found = survey(view);
    foundFor = filtersOf(view);
  }
  render();
  if (!selected) return;
  panel.scrollTop = 0;
  // For those who hear the page: what the panel is about now, not all that it holds.
  document.getElementById("said").textContent = view.select ? panel.querySelector("h2").textContent : "";
}

/** Draw everything from the state. */
function render() {
  document.body.classList.toggle("selected", Boolean(view.select));
  const tab = view.tab === "graph" && !drawable ? "table" : view.tab;
  list.hidden = tab !== "table";
  stage.hidden = tab !== "graph";
  map.hidden = tab !== "map";
  document.getElementById("tools").hidden = tab !== "graph";
  drawTabs(tab);
  drawSave(tab);
  drawFilters();
  drawTimeline();
  drawPanel();
  ({ graph: drawGraph, map: drawMap, table: drawTable })[tab]();
}

function drawTabs(tab) {
  const views = document.getElementById("views");
  views.setAttribute("aria-label", t("view"));
  const one = (name) => button(t(`view_${name}`), () => go({ tab: name }), { id: `view-${name}`, "aria-pressed": String(tab === name), disabled: name === "graph" && !drawable });
  fill(views, ...TABS.map(one));
}

function drawHeader() {
  document.documentElement.lang = language;
  document.getElementById("totals").textContent = t("totals", {
    claims: number(claims.size),
    entities: number(entities.size),
    articles: number(articles.size),
  });
  query.placeholder = t("search");
  query.setAttribute("aria-label", t("search"));
  suggestions.setAttribute("aria-label", t("search"));
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", t("graph_label"));
}

function drawAll() {
  drawHeader();
  render();
}

const chooser = document.getElementById("language");
chooser.append(...languages.map((lang) => el("option", { value: lang, selected: lang === language }, data.strings[lang].name)));
chooser.setAttribute("aria-label", t("language"));
chooser.addEventListener("change", () => {
  language = chooser.value;
  chooser.setAttribute("aria-label", t("language"));
  drawAll();
});
addEventListener("hashchange", () => {
  if (location.hash === shownAddress) return;
  shownAddress = location.hash;
  take(readState(location.hash));
});
dark.addEventListener("change", drawAll);

if (drawable) startRenderer();
else {
  const notice = document.getElementById("notice");
  notice.hidden = false;
  notice.textContent = t("no_webgl");
}
// A link may show sentences at once; else the drawing comes first.
if (view.select || hasFilters(view)) await textsComing();
if (texts && view.text) found = survey(view);
drawAll();
if (!texts) {
  // After the drawing is on the screen.
  requestAnimationFrame(() => setTimeout(async () => {
    await textsComing();
    if (view.text) found = survey(view);
    if (hasFilters(view) || view.select) render();
    setTimeout(allNames); // the first search need not wait for it
  }));
}
// For the browser's console and for tests: the sigma.js object of the drawing, null without WebGL.
window.explorer = { renderer };
