// What the drawing shows of a state: which names and lines, and where they stand.

/** So many lines are drawn for each name, those with most claims first. */
const LINES_A_NAME = 2.5;
const MOST_NEAR = 60;
const MOST_BETWEEN = 14;
/** A name with fewer claims than this is not drawn at full size, even if no other has more. */
const SATURATED = 60;
/** So many names are laid out in the browser at most; where there are more, they stand as in the whole graph. */
const MOST_ARRANGED = 150;
/** Steps of that layout; about 50 ms for sixty names. */
const STEPS = 120;

/** The neighbours of an entity by the number of claims, most first. */
function neighbours(entity, weight) {
  const counts = new Map();
  for (const at of linesAt.of(entity)) {
    if (!weight[at]) continue;
    const other = lines[at].source === entity ? lines[at].target : lines[at].source;
    counts.set(other, (counts.get(other) ?? 0) + weight[at]);
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]));
}

/** The entities on a shortest way from one to another, both included; empty if there is none. */
function pathBetween(one, other, weight) {
  const before = new Map([[one, null]]);
  let edge = [one];
  while (edge.length && !before.has(other)) {
    const next = [];
    for (const entity of edge) {
      for (const near of neighbours(entity, weight).keys()) {
        if (before.has(near)) continue;
        before.set(near, entity);
        next.push(near);
      }
    }
    edge = next;
  }
  const path = [];
  for (let at = before.has(other) ? other : null; at !== null; at = before.get(at)) path.push(at);
  return path.reverse();
}

/** What stands between two: whom both have to do with, or the shortest way. */
function between(one, other, weight) {
  const ofOther = neighbours(other, weight);
  const shared = [...neighbours(one, weight)].filter(([entity]) => ofOther.has(entity));
  const strength = ([entity, n]) => Math.min(n, ofOther.get(entity));
  shared.sort((a, b) => strength(b) - strength(a) || a[0] - b[0]);
  const near = shared.slice(0, MOST_BETWEEN).map(([entity]) => entity);
  return [...new Set([one, other, ...near, ...(near.length || ofOther.has(one) ? [] : pathBetween(one, other, weight))])];
}

function isSmall() {
  return view.focus.length > 0 || view.open.length > 0;
}

/** The names to draw, the most involved first, and how many there could be. */
function namesToDraw(weight) {
  const { ranked } = mostInvolved(found);
  if (view.focus.length) {
    const [one, other] = view.focus;
    const near = other === undefined ? [one, ...[...neighbours(one, weight).keys()].slice(0, MOST_NEAR)] : between(one, other, weight);
    const all = other === undefined ? neighbours(one, weight).size + 1 : near.length;
    return { chosen: opened(near, weight), all };
  }
  // A name without a line says nothing in a drawing; search and table have it.
  const linked = new Uint8Array(entities.size);
  for (const line of lines) if (weight[line.at]) linked[line.source] = linked[line.target] = 1;
  const rest = ranked.filter((entity) => linked[entity] && (view.group === null || entities.group.get(entity) === view.group));
  return { chosen: opened(withSelection(joined(rest.slice(0, view.names), weight), weight), weight), all: rest.length };
}

/** Of the names those that have a line to another of them. */
function joined(chosen, weight) {
  const here = new Set(chosen);
  const other = (at, entity) => (lines[at].source === entity ? lines[at].target : lines[at].source);
  return chosen.filter((entity) => linesAt.of(entity).some((at) => weight[at] && here.has(other(at, entity))));
}

function opened(chosen, weight) {
  const near = view.open.flatMap((entity) => [entity, ...[...neighbours(entity, weight).keys()].slice(0, MOST_NEAR)]);
  return [...new Set([...chosen, ...near])];
}

/** What is selected is drawn, with its closest. */
function withSelection(chosen, weight) {
  const { kind, ids } = view.select ?? {};
  const selected = ["entity", "pair"].includes(kind) ? ids.map((id) => entityPlace.get(id)) : [];
  const near = selected.flatMap((entity) => [entity, ...[...neighbours(entity, weight).keys()].slice(0, kind === "entity" ? 12 : 0)]);
  return [...new Set([...chosen, ...near])];
}

/** Lines between the names that are drawn, those that matter: at the focus all, else the strongest. */
function linesToDraw(chosen, weight) {
  const here = new Set(chosen);
  const { kind, ids } = view.select ?? {};
  const close = new Set([...view.focus, ...view.open, ...(["entity", "pair"].includes(kind) ? ids.map((id) => entityPlace.get(id)) : [])]);
  const seen = new Set();
  for (const entity of chosen) {
    for (const at of linesAt.of(entity)) if (weight[at] && here.has(lines[at].source) && here.has(lines[at].target)) seen.add(at);
  }
  const all = [...seen].map((at) => lines[at]);
  const matters = (line) => (close.has(line.source) || close.has(line.target) ? 1 : 0);
  all.sort((a, b) => matters(b) - matters(a) || weight[b.at] - weight[a.at] || a.at - b.at);
  const most = Math.max(Math.round(chosen.length * LINES_A_NAME), 60, all.filter(matters).length);
  return { drawn: all.slice(0, most), all: all.length };
}

/** Places by forces, from where the names stand in the whole graph; the focus is held fast. */
function arranged(chosen, drawn, size) {
  const nodes = chosen.map((entity) => ({ entity, x: (entities.x.get(entity) ?? 0) * 300, y: (entities.y.get(entity) ?? 0) * 300, r: size(entity) }));
  const node = new Map(nodes.map((one) => [one.entity, one]));
  const pairs = new Map(drawn.map((line) => [[line.source, line.target].sort((a, b) => a - b).join(" "), line]));
  const links = [...pairs.values()].map((line) => ({ source: node.get(line.source), target: node.get(line.target) }));
  view.focus.forEach((entity, at) => Object.assign(node.get(entity), { fx: view.focus.length === 1 ? 0 : at ? 340 : -340, fy: 0 }));
  plain
    .forceSimulation(nodes)
    .force("link", plain.forceLink(links).distance(120))
    .force("charge", plain.forceManyBody().strength(view.focus.length === 2 ? -1500 : -600).distanceMax(600))
    .force("x", plain.forceX().strength(view.focus.length === 2 ? 0.12 : 0.06))
    .force("y", plain.forceY().strength(view.focus.length === 2 ? 0.01 : 0.09))
    .force("collide", plain.forceCollide((one) => one.r + 22))
    .stop()
    .tick(STEPS);
  return new Map(nodes.map((one) => [one.entity, one]));
}

/** Names, lines, their weights and places. */
function makeScene() {
  const weight = lineWeights(found);
  const { chosen, all } = namesToDraw(weight);
  const { counts } = mostInvolved(found);
  const linesHere = linesToDraw(chosen, weight);
  const narrow = Math.min(1, Math.max(stage.clientWidth, 1) / 700);
  const scale = Math.max(0.55, Math.min(1, Math.sqrt(70 / chosen.length))) * Math.max(narrow, 0.6);
  const most = Math.max(SATURATED, ...chosen.map((entity) => counts[entity]));
  const size = (entity) => (4 + 18 * Math.sqrt(counts[entity] / most)) * scale;
  const places = isSmall() || (view.group !== null && chosen.length <= MOST_ARRANGED) ? arranged(chosen, linesHere.drawn, size) : null;
  const at = (entity) => places?.get(entity) ?? { x: entities.x.get(entity) ?? 0, y: entities.y.get(entity) ?? 0 };
  return {
    names: chosen.map((entity) => ({ entity, size: size(entity), x: at(entity).x, y: at(entity).y })),
    lines: linesHere.drawn,
    weight,
    scale,
    allNames: Math.max(all, chosen.length),
    allLines: linesHere.all,
  };
}
