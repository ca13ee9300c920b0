// The drawing, by sigma.js: fills it from the scene, and steps back what is not near the selection.

const FADED = { light: "#e3e6ea", dark: "#2a3039" };
const SMALLEST_GROUND = 4;
const stage = document.getElementById("graph");

let renderer = null;
let scene = { names: [], lines: [], weight: [] };
let near = null; // names and lines near the selection or the pointer; null where there is none
let shownPart = ""; // what of the state decides where things stand

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return typeof vendor !== "undefined" && Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

function lineWords(line) {
  const some = claimsOn(line, found);
  const labels = [...new Set(some.map(relationWords))];
  const text = labels.slice(0, 2).join(", ") + (labels.length > 2 ? " …" : "");
  return (line.status === "asserted" ? "" : `${term("status", line.status)}: `) + text + (some.length > 1 ? ` (${some.length})` : "");
}

/** The colour of a line: by status, or by conflict and cooperation, whichever most of its claims tell. */
function lineColour(line) {
  if (view.colour === "status") return colour("statuses", line.status);
  const kinds = claimsOn(line, found).map(kindOf);
  const count = (kind) => kinds.filter((other) => other === kind).length;
  const most = ["conflict", "cooperation"].sort((a, b) => count(b) - count(a))[0];
  return colour("kinds", count(most) ? most : "neither");
}

/** Wider the more independent sources there are for one of its claims. */
function lineWidth(line) {
  const sources = Math.max(...claimsOn(line, found).map(sourcesOf));
  return data.palette.statuses[line.status].width * (1 + 0.45 * Math.log2(Math.min(sources, 16)));
}

function fillGraph(graph) {
  graph.clear();
  for (const { entity, size, x, y } of scene.names) {
    const type = typeOf(entity);
    graph.addNode(entities.id.get(entity), { x, y, size, color: colour("types", type), entity });
  }
  const parallel = new Map();
  // Between two that stand far apart, wide arcs would leave the picture.
  const apart = view.focus.length === 2 ? 0.12 : 0.24;
  for (const line of scene.lines) {
    const pair = `${line.source} ${line.target}`;
    const before = parallel.get(pair) ?? 0;
    parallel.set(pair, before + 1);
    const width = lineWidth(line);
    graph.addDirectedEdgeWithKey(lineId(line), entities.id.get(line.source), entities.id.get(line.target), {
      type: line.status,
      size: width * scene.scale,
      fullSize: width,
      color: lineColour(line),
      curvature: apart / 2 + apart * before,
      words: lineWords(line),
      zIndex: line.status === "asserted" ? 1 : 0,
    });
  }
}

/** What is near the selection; null where nothing is, or where everything drawn is. */
function nearSelection(graph) {
  const { kind, ids } = view.select ?? {};
  if (kind === "entity" && graph.hasNode(ids[0]) && view.focus.length !== 1) {
    return new Set([ids[0], ...graph.neighbors(ids[0]), ...graph.edges(ids[0])]);
  }
  if (kind === "pair" && view.focus.length < 2 && ids.every((id) => graph.hasNode(id))) {
    return new Set([...ids, ...graph.edges(ids[0], ids[1]), ...graph.edges(ids[1], ids[0])]);
  }
  return null;
}

function faded() {
  return FADED[dark.matches ? "dark" : "light"];
}

function nodeLook(id, attributes) {
  if (near && !near.has(id)) return { ...attributes, color: faded(), zIndex: 0 };
  return { ...attributes, zIndex: 2 };
}

function edgeLook(id, attributes) {
  if (near && !near.has(id)) return { ...attributes, color: faded(), zIndex: 0 };
  return near ? { ...attributes, size: attributes.fullSize, zIndex: 2 } : attributes;
}

/** A name's place on the screen. */
function onScreen(id) {
  const shown = renderer.getNodeDisplayData(id);
  return { ...renderer.framedGraphToViewport(shown), size: renderer.scaleSize(shown.size) };
}

function isSelected(id) {
  return Boolean(view.select?.ids.includes(id)) || view.focus.some((entity) => entities.id.get(entity) === id);
}

/** Names and words of lines, and rings about what is chosen. */
function paintNames(context) {
  const graph = renderer.getGraph();
  const points = graph
    .mapNodes((id, { entity, size }) => ({ id, text: shorten(nameOf(entity)), weight: size }))
    .filter(({ id }) => !near || near.has(id))
    .map((name) => ({ ...name, ...onScreen(name.id), must: isSelected(name.id) }));
  points.sort((a, b) => b.must - a.must || b.weight - a.weight);
  const room = boxes();
  for (const point of points.filter(({ must }) => must)) {
    context.beginPath();
    context.arc(point.x, point.y, point.size + 3.5, 0, 2 * Math.PI);
    context.strokeStyle = ink();
    context.lineWidth = 2;
    context.stroke();
  }
  placeNames(context, points, room, renderer.getDimensions());
  const wordy = graph.edges().filter((id) => !near || near.has(id));
  if (wordy.length > MOST_WORDS) return;
  const edges = wordy.map((id) => {
    const { color, curvature, size, words } = graph.getEdgeAttributes(id);
    const [source, target] = graph.extremities(id).map(onScreen);
    return { text: words, source, target, curvature, size, colour: color };
  });
  placeWords(context, edges, room);
}

/** In the overview, a ground under each community. */
function paintGrounds(context) {
  if (isSmall() || view.group !== null || near) return;
  const members = new Map();
  renderer.getGraph().forEachNode((id, { entity }) => {
    const group = entities.group.get(entity);
    if (group !== null) members.set(group, [...(members.get(group) ?? []), onScreen(id)]);
  });
  placeGrounds(context, [...members.values()].map(standingTogether).filter((points) => points.length >= SMALLEST_GROUND));
}

/** Paint a layer of our own anew. */
function paint(layer, painter) {
  const context = renderer.getCanvases()[layer].getContext("2d");
  const { width, height } = renderer.getDimensions();
  context.clearRect(0, 0, width, height);
  painter(context);
}

/** Those that stand together: not far from the middle. */
function standingTogether(points) {
  const middle = (axis) => points.map((point) => point[axis]).sort((a, b) => a - b)[points.length >> 1];
  const [x, y] = [middle("x"), middle("y")];
  const far = points.map((point) => Math.hypot(point.x - x, point.y - y));
  const usual = [...far].sort((a, b) => a - b)[points.length >> 1];
  return points.filter((_, at) => far[at] <= 2 * usual);
}

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Arrows move the drawing, + and - come closer and go back, 0 shows all. */
function moveByKeys(event) {
  const camera = renderer.getCamera();
  const { x, y, ratio } = camera.getState();
  const by = KEYS[event.key];
  if (by) camera.setState({ x: x + by[0] * 0.1 * ratio, y: y + by[1] * 0.1 * ratio });
  else if (event.key === "+") camera.setState({ ratio: ratio / 1.3 });
  else if (event.key === "-") camera.setState({ ratio: ratio * 1.3 });
  else if (event.key === "0") camera.setState({ x: 0.5, y: 0.5, ratio: 1 });
  else return;
  event.preventDefault();
}

function startRenderer() {
  renderer = new vendor.Sigma(new vendor.Graph({ multi: true, type: "directed" }), stage, {
    allowInvalidContainer: true,
    defaultDrawNodeHover: () => {},
    defaultEdgeType: "asserted",
    edgeProgramClasses: edgePrograms(),
    edgeReducer: edgeLook,
    enableEdgeEvents: true,
    maxCameraRatio: 3,
    minCameraRatio: 0.03,
    minEdgeThickness: 0.9,
    nodeReducer: nodeLook,
    renderLabels: false,
    stagePadding: 60,
    zIndex: true,
  });
  renderer.createCanvasContext("grounds", { beforeLayer: "edges", style: { pointerEvents: "none" } });
  renderer.createCanvasContext("names", { beforeLayer: "hovers", style: { pointerEvents: "none" } });
  renderer.resize(true); // the new layers too
  renderer.on("afterRender", () => paint("grounds", paintGrounds));
  renderer.on("afterRender", () => paint("names", paintNames));
  renderer.on("clickNode", ({ node }) => select("entity", node));
  renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    go({ focus: [entityPlace.get(node)], open: [], group: null, select: { kind: "entity", ids: [node] } });
  });
  renderer.on("clickEdge", ({ edge }) => {
    selectPair(...renderer.getGraph().extremities(edge).map((id) => entityPlace.get(id)));
  });
  renderer.on("clickStage", () => select(null));
  for (const [event, cursor] of [["enterNode", "pointer"], ["enterEdge", "pointer"], ["leaveNode", ""], ["leaveEdge", ""]]) {
    renderer.on(event, () => stage.style.setProperty("cursor", cursor));
  }
  stage.addEventListener("keydown", moveByKeys);
  new ResizeObserver(() => renderer.refresh()).observe(stage);
}

/** Move a selected name into the picture when it is outside of it. */
function bringIntoView() {
  const id = view.select?.kind === "entity" ? view.select.ids[0] : null;
  if (id === null || !renderer.getGraph().hasNode(id)) return;
  const { width, height } = renderer.getDimensions();
  const { x, y } = onScreen(id);
  if (x > 40 && y > 40 && x < width - 120 && y < height - 40) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const at = renderer.getNodeDisplayData(id);
  renderer.getCamera().animate({ x: at.x, y: at.y }, { duration: still ? 0 : 400 });
}

function tools() {
  const camera = renderer.getCamera();
  const shown = scene.names.length;
  const more = isSmall() ? 0 : Math.min(view.names, scene.allNames - shown);
  const colours = el(
    "select",
    { id: "colour", "aria-label": t("colour_by"), onchange: (event) => go({ colour: event.target.value }) },
    ...["status", "kind"].map((name) => el("option", { value: name, selected: view.colour === name }, t(`colour_${name}`))),
  );
  fill(
    document.getElementById("tools"),
    el("span", { class: "faint" }, t("drawn", { shown: number(shown), all: number(scene.allNames), lines: number(scene.lines.length), alllines: number(scene.allLines) })),
    more > 0 ? button(t("more_names", { n: number(more) }), () => go({ names: view.names * 2 }), { id: "more" }) : null,
    colours,
    ...(view.colour === "kind" ? ["conflict", "cooperation", "neither"].map((kind) => coloured(el("span", { class: "key" }, t(`kind_${kind}`)), "kinds", kind)) : []),
    button("+", () => camera.animatedZoom(), { "aria-label": t("zoom_in"), title: t("zoom_in"), id: "zoom-in" }),
    button("−", () => camera.animatedUnzoom(), { "aria-label": t("zoom_out"), title: t("zoom_out"), id: "zoom-out" }),
    button(t("fit"), () => camera.animatedReset(), { id: "fit" }),
  );
}

function drawGraph() {
  scene = makeScene();
  const graph = renderer.getGraph();
  fillGraph(graph);
  near = nearSelection(graph);
  // The place for the drawing may have changed: on a phone it gives way to the panel.
  renderer.resize();
  renderer.setSetting("stagePadding", Math.min(60, renderer.getDimensions().width / 14));
  renderer.refresh();
  const part = JSON.stringify([view.focus, view.open, view.group]);
  if (part !== shownPart) renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  else bringIntoView();
  shownPart = part;
  tools();
}
