// The side panel: an entity, a pair, a claim, a place or a community, with the sentences; else what the filters
// leave, or where to start.

const panel = document.getElementById("panel");
const MOST_PARTNERS = 8;
const FEW_CLAIMS = 30;

function claimCount(n) {
  return n === 1 ? t("count_claims_one") : t("count_claims", { n: number(n) });
}

function select(kind, ...ids) {
  go({ select: kind ? { kind, ids } : null });
}

function close() {
  return button("×", () => select(null), { class: "close", "aria-label": t("close"), title: `${t("close")} (Esc)` });
}

function chip(type) {
  return coloured(el("span", { class: "chip" }, term("type", type)), "types", type);
}

/** Claims under one heading a status, what is asserted first. */
function grouped(someClaims) {
  const shown = someClaims.filter((claim) => found.passes[claim]);
  const parts = statuses.flatMap((status) => {
    const group = shown.filter((claim) => claims.status.get(claim) === status);
    if (!group.length) return [];
    return [el("h3", {}, badge(status), ` ${t(`hint_${status}`)} · ${claimCount(group.length)}`), ...cards(group)];
  });
  if (!shown.length) parts.push(el("p", { class: "faint" }, t("no_claims")));
  const left = someClaims.length - shown.length;
  if (left) {
    const text = t("hidden_claims", { n: number(left) });
    parts.push(el("p", { class: "faint" }, `${text} `, button(t("clear_filters"), () => go(withoutFilters(view)))));
  }
  return parts;
}

function roleLine(role) {
  const of = role.of ? ` ${t("role_of")} ${entityPlace.has(role.of) ? nameOf(entityPlace.get(role.of)) : role.of}` : "";
  const years = ["since", "until"].filter((key) => role[key]).map((key) => `${t(key)} ${role[key]}`);
  return el("li", {}, role.title + of + (years.length ? ` (${years.join(", ")})` : ""));
}

/** With whom an entity shares most claims in view, each a step to the sentences on both. */
function partners(entity) {
  const counts = new Map();
  for (const at of linesAt.of(entity)) {
    const line = lines[at];
    const other = line.source === entity ? line.target : line.source;
    counts.set(other, (counts.get(other) ?? 0) + claimsOn(line, found).length);
  }
  const most = [...counts].filter(([, n]) => n).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (!most.length) return [];
  const item = ([other, n]) =>
    coloured(el("li", {}, button(nameOf(other), () => selectPair(entity, other), { class: "name", dir: "auto" }), el("span", { class: "count" }, number(n))), "types", typeOf(other));
  return [el("h3", {}, t("partners")), el("ul", { class: "top two" }, ...most.slice(0, MOST_PARTNERS).map(item))];
}

function selectPair(one, other) {
  const pair = [one, other].sort((a, b) => a - b);
  select("pair", ...pair.map((entity) => entities.id.get(entity)));
}

function entityPanel(id) {
  const entity = entityPlace.get(id);
  const all = Array.from(claimsOf.of(entity));
  const others = namesOf(entity).slice(1);
  const roles = entities.roles.get(entity) ?? [];
  const country = entities.country.get(entity);
  return [
    close(),
    el("h2", { dir: "auto" }, nameOf(entity)),
    el("p", {}, chip(typeOf(entity)), el("span", { class: "faint" }, ` ${country && typeOf(entity) !== "Country" ? `${countryName(country)} · ` : ""}${claimCount(all.length)}`)),
    el("p", { class: "actions" }, ...entityActions(entity)),
    others.length ? el("p", { class: "also" }, el("b", {}, `${t("also")}: `), el("bdi", {}, others.slice(0, 12).join(" · "))) : null,
    roles.length ? el("ul", { class: "roles", "aria-label": t("roles") }, ...roles.map(roleLine)) : null,
    ...partners(entity),
    ...grouped(all),
  ];
}

function entityActions(entity) {
  const alone = view.focus.length === 1 && view.focus[0] === entity;
  const open = view.open.includes(entity);
  const other = view.focus.length === 1 && !alone ? view.focus[0] : null;
  return [
    alone ? button(t("overview"), () => go({ focus: [], open: [] })) : button(t("focus"), () => go({ tab: "graph", focus: [entity], open: [], group: null })),
    open || alone ? null : button(t("expand"), () => go({ tab: "graph", open: [...view.open, entity] })),
    other === null ? null : button(t("between", { name: nameOf(other) }), () => go({ tab: "graph", focus: [other, entity], open: [] })),
  ].filter(Boolean);
}

/** All claims in which one does something to the other, whichever way round. */
function claimsBetween(one, other) {
  const both = [];
  for (const at of linesAt.of(one)) if (lines[at].source === other || lines[at].target === other) both.push(...lines[at].claims);
  return [...new Set(both)].sort((a, b) => a - b);
}

function pairPanel(ids) {
  const [one, other] = ids.map((id) => entityPlace.get(id));
  const all = claimsBetween(one, other);
  const isFocus = view.focus.length === 2 && view.focus.includes(one) && view.focus.includes(other);
  return [
    close(),
    el("h2", {}, nameButton(one), " ↔ ", nameButton(other)),
    el("p", { class: "faint" }, claimCount(all.length)),
    el("p", { class: "actions" }, isFocus ? button(t("overview"), () => go({ focus: [], open: [] })) : button(t("focus_pair"), () => go({ tab: "graph", focus: [one, other], open: [], group: null }))),
    el("h3", {}, t("digest")),
    digest(all.filter((claim) => found.passes[claim])),
    ...disputes(all.filter((claim) => found.passes[claim])),
    ...grouped(all),
  ];
}

function claimPanel(id) {
  const claim = claims.id.find(id);
  const against = contradicting.get(claim) ?? [];
  return [
    close(),
    el("h2", {}, relationWords(claim)),
    ...cards([claim]),
    ...(against.length ? [el("h3", {}, t("contradicting")), ...cards(against)] : []),
  ];
}

function placePanel(id) {
  const entity = entityPlace.get(id);
  const lists = view.places === "events" ? placesOf : partiesOf;
  const here = Array.from(claimsOf.of(entity)).filter((claim) => lists.of(claim).includes(entity));
  return [close(), el("h2", {}, nameButton(entity)), el("p", { class: "faint" }, t(view.places === "events" ? "place_events" : "place_parties")), ...grouped(here)];
}

/** A community by its most involved names. */
function groupName(members) {
  return members.slice(0, 3).map(nameOf).join(", ");
}

function topList(ranked, counts) {
  return el("ol", { class: "top" }, ...ranked.map((entity) => coloured(
    el("li", {}, nameButton(entity), el("span", { class: "count" }, claimCount(counts[entity]))),
    "types",
    typeOf(entity),
  )));
}

function groupPanel(id) {
  const { ranked, counts } = mostInvolved(found);
  const members = ranked.filter((entity) => entities.group.get(entity) === Number(id));
  return [
    close(),
    el("h2", {}, t("group_of", { name: members.length ? nameOf(members[0]) : "–" })),
    el("p", { class: "faint" }, t("group_text", { n: number(members.length) })),
    el("p", { class: "actions" }, view.group === Number(id) ? button(t("overview"), () => go({ group: null })) : button(t("focus"), () => go({ tab: "graph", group: Number(id), focus: [], open: [] }))),
    topList(members.slice(0, 40), counts),
  ];
}

/** The communities of the claims in view with at least three names, largest first. */
function groups(ranked) {
  const members = new Map();
  for (const entity of ranked) {
    const group = entities.group.get(entity);
    if (group === null) continue;
    if (!members.has(group)) members.set(group, []);
    members.get(group).push(entity);
  }
  return [...members].filter(([, names]) => names.length > 2).sort((a, b) => a[0] - b[0]);
}

function startPanel() {
  const { ranked, counts } = mostInvolved(found);
  const parts = groups(ranked).slice(0, 8).map(([group, members]) => el(
    "li",
    {},
    button(groupName(members), () => go({ tab: "graph", group, focus: [], open: [], select: { kind: "group", ids: [String(group)] } }), { class: "name" }),
    el("span", { class: "count" }, t("group_size", { n: number(members.length) })),
  ));
  const inDispute = found.claims.filter((claim) => contradicting.has(claim)).length;
  return [
    el("h2", {}, t("start_title")),
    el("p", {}, t("start_text")),
    inDispute ? el("p", {}, button(t("start_disputed", { n: number(inDispute) }), () => go({ ...choosing(view, "disputed", new Set(["contradicted"])), tab: "table" }))) : null,
    el("h3", {}, t("start_most")),
    topList(ranked.slice(0, 10), counts),
    ...(parts.length ? [el("h3", {}, t("start_groups")), el("ol", { class: "top plain" }, ...parts)] : []),
  ];
}

/** What the filters let through: the sentences at once where they are few, else who is in them first. */
function filteredPanel() {
  const { ranked, counts } = mostInvolved(found);
  const names = ranked.length ? [el("h3", {}, t("start_most")), topList(ranked.slice(0, 10), counts)] : [];
  const sentences = [...disputes(found.claims), ...grouped(found.claims)];
  const parts = found.claims.length > FEW_CLAIMS ? [...names, ...sentences] : [...sentences, ...names];
  return [el("h2", {}, claimCount(found.claims.length)), ...parts];
}

const PANELS = {
  entity: ([id]) => entityPanel(id),
  pair: (ids) => pairPanel(ids),
  claim: ([id]) => claimPanel(id),
  place: ([id]) => placePanel(id),
  group: ([id]) => groupPanel(id),
};

function drawPanel() {
  const parts = view.select ? PANELS[view.select.kind](view.select.ids) : hasFilters(view) ? filteredPanel() : startPanel();
  fill(panel, ...parts);
}
