// The filters, which are the legend too.  Nothing chosen in a group means all of it; counts follow the other groups.

const filters = document.getElementById("filters");
const DASHES = { solid: null, dashed: "7 4", dotted: "2 3" };
const FEW = 6;
/** Groups that show all their words, and groups whose boxes were opened by the reader. */
const grown = new Set(["status", "type"]);
const AT_LEAST = { sources: [1, 2, 3, 5, 10], score: [0, 0.6, 0.7, 0.8, 0.9] };

/** A short piece of the line that a status is drawn with. */
function lineSample(status) {
  const look = data.palette.statuses[status];
  const stroke = { stroke: colour("statuses", status), "stroke-width": look.width };
  return svg(
    "svg",
    { viewBox: "0 0 34 12", class: "line", "aria-hidden": "true" },
    svg("path", { d: "M1 6H33", ...stroke, "stroke-dasharray": DASHES[look.line] }),
    look.crossed ? svg("path", { d: "M13 2L21 10M13 10L21 2", ...stroke }) : null,
  );
}

function countryName(code) {
  const entity = entityPlace.get(`country/${code}`);
  return entity === undefined ? code : nameOf(entity);
}

function languageName(code) {
  try {
    return new Intl.DisplayNames(t("locale"), { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** How the word of a facet is told. */
const FACET_WORDS = {
  status: (word) => term("status", word),
  type: (word) => term("type", word),
  event: eventName,
  relation: labelWords,
  country: countryName,
  lang: languageName,
  disputed: (word) => t(word ? "filter_contradicted" : "filter_uncontradicted"),
};

function facetWord(facet, word) {
  if (!word && facet.name !== "event" && facet.name !== "disputed") return t("not_known");
  return FACET_WORDS[facet.name]?.(word) ?? word;
}

/** The words of a facet: in the order of the legend, or the most frequent first, chosen ones always. */
function facetRows(facet) {
  const counts = found.counts[facet.name];
  const legend = { status: statuses, type: Object.keys(data.palette.types) }[facet.name];
  const chosen = view.chosen[facet.name] ?? new Set();
  const rows = facet.words.map((word, at) => ({ word, count: counts[at], chosen: chosen.has(word) }));
  if (legend) rows.sort((a, b) => legend.indexOf(a.word) - legend.indexOf(b.word));
  else rows.sort((a, b) => b.chosen - a.chosen || b.count - a.count || (a.word < b.word ? -1 : 1));
  return rows.filter((row) => row.count || row.chosen || facet.name === "status");
}

function checkbox(facet, { word, count, chosen }) {
  const sample = { status: () => lineSample(word), type: () => coloured(el("i", { class: "dot" }), "types", word) }[facet.name];
  const onchange = (event) => {
    const words = new Set(view.chosen[facet.name]);
    if (event.target.checked) words.add(word);
    else words.delete(word);
    show(choosing(view, facet.name, words));
  };
  const box = el("input", { type: "checkbox", value: word, id: `${facet.name}-${facet.code.get(word)}`, onchange });
  box.checked = chosen;
  const hint = facet.name === "status" && word ? t(`hint_${word}`) : null;
  return el("label", { title: hint, class: count ? null : "empty" }, box, sample?.(), el("span", { dir: "auto" }, facetWord(facet, word)), el("span", { class: "count" }, number(count)));
}

function facetGroup(facet) {
  const rows = facetRows(facet);
  if (facet.name === "disputed" && !contradicting.size) return null;
  if (rows.length < 2 && !view.chosen[facet.name] && !["status", "type"].includes(facet.name)) return null;
  const many = rows.length > FEW + 2 && !["status", "type"].includes(facet.name);
  const open = grown.has(facet.name);
  const shown = many ? rows.slice(0, open ? 200 : FEW) : rows;
  const toggle = () => {
    if (open) grown.delete(facet.name);
    else grown.add(facet.name);
    drawnFrom.delete("filters");
    drawFilters();
  };
  const clear = view.chosen[facet.name] ? button(t("all"), () => show(choosing(view, facet.name, new Set())), { class: "small", id: `all-${facet.name}` }) : null;
  return el(
    "fieldset",
    { "data-kind": facet.name },
    el("legend", {}, t(`filter_${facet.name}`), clear),
    ...shown.map((row) => checkbox(facet, row)),
    many ? button(open ? t("fewer") : t("more_words", { n: number(rows.length - FEW) }), toggle, { class: "small", id: `grow-${facet.name}` }) : null,
  );
}

/** Sources and score: how many claims there are from each step on. */
function leastField(name) {
  const count = (least) => [...found[name]].reduce((sum, [value, n]) => (value >= least ? sum + n : sum), 0);
  const steps = AT_LEAST[name].filter((least, at) => at === 0 || count(least) || view[name] === least);
  if (steps.length < 2) return null;
  const onchange = (event) => go({ [name]: Number(event.target.value) });
  const option = (least, at) => el("option", { value: least, selected: view[name] === least }, `${at ? t(`least_${name}`, { n: number(least) }) : t("any")} (${number(count(least))})`);
  return el("p", { class: "least" }, el("label", { for: `least-${name}` }, t(`filter_${name}`)), el("select", { id: `least-${name}`, onchange }, ...steps.map(option)));
}

function textField() {
  const onchange = (event) => go({ text: event.target.value.trim() });
  const input = el("input", { type: "search", id: "text", placeholder: t("text_hint"), onchange, onsearch: onchange });
  input.value = view.text;
  return el("fieldset", {}, el("legend", {}, el("label", { for: "text" }, t("filter_text"))), input);
}

/** What is chosen, each with a button that takes it back. */
function drawChosen() {
  const chips = FACETS.flatMap((facet) => [...(view.chosen[facet.name] ?? [])].map((word) => {
    const rest = new Set(view.chosen[facet.name]);
    rest.delete(word);
    return [facetWord(facet, word), choosing(view, facet.name, rest)];
  }));
  if (view.text) chips.push([`“${view.text}”`, { ...view, text: "" }]);
  if (view.from || view.to) chips.push([periodWords(view), { ...view, from: null, to: null }]);
  if (view.sources > 1) chips.push([t("least_sources", { n: number(view.sources) }), { ...view, sources: 1 }]);
  if (view.score) chips.push([t("least_score", { n: number(view.score) }), { ...view, score: 0 }]);
  const focus = view.focus.map(nameOf).join(" ↔ ");
  if (focus) chips.push([`◎ ${focus}`, { ...view, focus: [], open: [] }]);
  if (view.group !== null) chips.push([`◎ ${groupTitle(view.group)}`, { ...view, group: null }]);
  const bar = document.getElementById("chosen");
  bar.hidden = !chips.length;
  const chip = ([words, without], at) => button(el("span", { dir: "auto" }, words), () => show(without), { id: `chosen-${at}`, title: t("take_back") });
  fill(
    bar,
    el("span", { class: "faint" }, claimCount(found.claims.length)),
    ...chips.map(chip),
    hasFilters(view) && chips.length > 1 ? button(t("clear_filters"), () => show(withoutFilters({ ...view, focus: [], open: [], group: null })), { class: "small" }) : null,
  );
}

function periodWords({ from, to }) {
  if (from === to) return day(from);
  return `${from ? day(from) : "…"} – ${to ? day(to) : "…"}`;
}

function groupTitle(group) {
  const { ranked } = mostInvolved(found);
  const first = ranked.find((entity) => entities.group.get(entity) === group);
  return t("group_of", { name: first === undefined ? "–" : nameOf(first) });
}

function drawFilters() {
  drawChosen();
  if (isDrawn("filters", found, language, dark.matches)) return;
  const open = filters.querySelector("details")?.open ?? matchMedia("(min-width: 900px)").matches;
  fill(
    filters,
    el(
      "details",
      { open },
      el("summary", { id: "filters-title" }, t("filters")),
      textField(),
      ...FACETS.map(facetGroup),
      leastField("sources"),
      leastField("score"),
    ),
  );
}
