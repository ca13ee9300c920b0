// The state of the view: one object, which is the address behind #, so that Back, bookmarks and links work.
// Everything on the page is drawn from it (main.js: render), and changes only by `go`.

const TABS = ["graph", "map", "table"];
const NAMES_STEP = 100;
const SORTS = ["who", "what", "whom", "status", "says", "date", "sources", "article"];

const START = Object.freeze({
  tab: "graph",
  focus: [], // entities: none is the overview, one its neighbourhood, two what is between them
  open: [], // entities whose neighbours are drawn too
  group: null, // the community that is drawn, by number
  names: NAMES_STEP, // how many names are drawn at most
  select: null, // { kind, ids }: what the panel tells of
  colour: "status", // what lines are coloured by
  places: "events", // what is on the map
  sort: "-date", // of the table
  from: null, // ISO dates, cut as in the data
  to: null,
  span: null, // [first, last] day that the timeline shows
  text: "", // words that the sentence contains
  sources: 1, // independent sources, at least
  score: 0, // at least
  chosen: Object.freeze({}), // facet → Set of its words, of which one must fit
});

/** What may be selected, and how many ids it takes. */
const SELECTABLE = { entity: 1, pair: 2, claim: 1, place: 1, group: 1 };

function isKnown(kind, id) {
  if (kind === "claim") return claims.id.find(id) >= 0;
  if (kind === "group") return /^\d{1,6}$/.test(id);
  return entityPlace.has(id);
}

/** The state that an address names; what it does not know in it is left out. */
function readState(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const one = (name, known, otherwise) => (known.includes(said.get(name)) ? said.get(name) : otherwise);
  const whole = (name, otherwise) => (/^\d{1,6}$/.test(said.get(name) ?? "") ? Number(said.get(name)) : otherwise);
  const known = (name) => [...new Set(said.getAll(name))].filter((id) => entityPlace.has(id)).map((id) => entityPlace.get(id));
  const date = (name) => (daysOf(said.get(name), null) ? said.get(name).slice(0, 10) : null);
  const [kind, ...ids] = said.getAll("select");
  const selectable = Object.hasOwn(SELECTABLE, kind ?? "") && ids.length === SELECTABLE[kind] && ids.every((id) => isKnown(kind, id));
  const span = said.getAll("span").map((day) => daysOf(day, null)?.[0]);
  const chosen = {};
  for (const facet of FACETS) {
    const words = said.getAll(facet.name).filter((word) => facet.code.has(word));
    if (words.length) chosen[facet.name] = new Set(words);
  }
  return {
    ...START,
    tab: one("tab", TABS, START.tab),
    focus: known("focus").slice(0, 2),
    open: known("open"),
    group: whole("group", null),
    names: Math.max(whole("names", NAMES_STEP), 1),
    select: selectable ? { kind, ids } : null,
    colour: one("colour", ["status", "kind"], START.colour),
    places: one("places", ["events", "parties"], START.places),
    sort: one("sort", SORTS.flatMap((name) => [name, `-${name}`]), START.sort),
    from: date("from"),
    to: date("to"),
    span: span.length === 2 && span.every(Number.isInteger) && span[0] < span[1] ? span : null,
    text: (said.get("text") ?? "").slice(0, 200),
    sources: Math.max(whole("sources", 1), 1),
    score: Math.min(Math.max(Number(said.get("score")) || 0, 0), 1),
    chosen,
  };
}

/** The address of a state: only what differs from the start. */
function writeState(state) {
  const said = new URLSearchParams();
  for (const name of ["tab", "group", "names", "colour", "places", "sort", "from", "to", "text", "sources", "score"]) {
    if (state[name] !== START[name] && state[name] !== null) said.append(name, state[name]);
  }
  for (const name of ["focus", "open"]) for (const entity of state[name]) said.append(name, entities.id.get(entity));
  for (const [name, words] of Object.entries(state.chosen)) for (const word of words) said.append(name, word);
  for (const day of state.span ?? []) said.append("span", isoDay(day));
  if (state.select) for (const part of [state.select.kind, ...state.select.ids]) said.append("select", part);
  const text = said.toString();
  return text ? `#${text}` : "#";
}

/** A state whose facet allows these words only; none of them is all of them. */
function choosing(state, name, words) {
  const chosen = { ...state.chosen };
  if (words.size) chosen[name] = words;
  else delete chosen[name];
  return { ...state, chosen };
}

function hasFilters(state) {
  return Boolean(Object.keys(state.chosen).length || state.from || state.to || state.text || state.sources > 1 || state.score);
}

function withoutFilters(state) {
  const { from, to, text, sources, score, chosen } = START;
  return { ...state, from, to, text, sources, score, chosen };
}
