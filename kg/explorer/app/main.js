// Puts the parts together: what is selected stands in the address, so Back and bookmarks work.

const KINDS = { entity: entities, claim: claims, edge: edgesOf(data.claims) };
let view = "graph";
let shownAddress = null;
const drawable = hasWebGL();

/** Select an entity, an edge or a claim by its id, or nothing. */
function select(kind, id) {
  const address = kind ? `#${kind}/${encodeURIComponent(id)}` : "";
  if (location.hash === address) return;
  location.hash = address;
  refresh();
}

/** The selection that the address names, or null. */
function selected() {
  const [, kind, code] = location.hash.match(/^#(\w+)\/(.+)$/) ?? [];
  if (!Object.hasOwn(KINDS, kind ?? "")) return null;
  let id = null;
  try {
    id = decodeURIComponent(code);
  } catch {
    return null;
  }
  return KINDS[kind].has(id) ? { kind, id } : null;
}

/** Draw again what depends on the filters and on the selection. */
function refresh() {
  shownAddress = location.hash;
  const shown = visibleClaims();
  const selection = selected();
  document.body.classList.toggle("selected", Boolean(selection));
  const isList = view === "list" || !drawable;
  list.hidden = !isList;
  stage.hidden = isList;
  document.getElementById("tools").hidden = isList;
  if (isList) drawList(shown, selection);
  else drawGraph(shown, selection);
  drawPanel(selection);
}

function drawHeader() {
  document.documentElement.lang = language;
  document.getElementById("totals").textContent = t("totals", {
    claims: number(data.claims.length),
    entities: number(data.entities.length),
    articles: number(data.articles.length),
  });
  query.placeholder = t("search");
  query.setAttribute("aria-label", t("search"));
  suggestions.setAttribute("aria-label", t("search"));
  stage.setAttribute("role", "img");
  stage.setAttribute("aria-label", t("graph_label"));
  const views = document.getElementById("views");
  const choose = (name) => () => {
    view = name;
    drawHeader();
    refresh();
  };
  const chosen = (name) => String((drawable ? view : "list") === name);
  views.setAttribute("aria-label", t("view"));
  views.replaceChildren(
    button(t("view_graph"), choose("graph"), { "aria-pressed": chosen("graph"), disabled: !drawable }),
    button(t("view_list"), choose("list"), { "aria-pressed": chosen("list") }),
  );
}

function drawAll() {
  drawHeader();
  drawFilters();
  refresh();
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
  if (location.hash !== shownAddress) refresh();
});
dark.addEventListener("change", drawAll);

if (drawable) startRenderer();
else {
  const notice = document.getElementById("notice");
  notice.hidden = false;
  notice.textContent = t("no_webgl");
}
drawAll();
// For the browser's console and for tests: the sigma.js object of the drawing, null without WebGL.
window.explorer = { renderer };
