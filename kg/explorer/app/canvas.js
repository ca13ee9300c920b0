// The drawing: the most involved names and the lines between them, by sigma.js.

const NAMES_STEP = 150;
const MOST_LABELLED_EDGES = 40;
const FADED = { light: "#e3e6ea", dark: "#2a3039" };
const stage = document.getElementById("graph");

let renderer = null;
let shownNames = NAMES_STEP;
let drawn = { edges: new Map(), focus: null, near: new Set(), labelled: false };

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return typeof vendor !== "undefined" && Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

/** Sizes grow with the number of claims, and shrink where much is drawn. */
function nodeSize(id, scale) {
  return Math.min(4 + 2.4 * Math.sqrt(claimsOf.get(id).length), 20) * scale;
}

/** The ids to draw: the most involved ones, and what is selected with its neighbours. */
function namesToDraw(ranked, edges, selection) {
  const chosen = new Set(ranked.slice(0, shownNames));
  if (selection?.kind === "entity") {
    chosen.add(selection.id);
    for (const edge of edges.values()) {
      if (edge.source === selection.id) chosen.add(edge.target);
      if (edge.target === selection.id) chosen.add(edge.source);
    }
  }
  if (selection?.kind === "edge") selection.id.split(" ").slice(0, 2).forEach((id) => chosen.add(id));
  return chosen;
}

function edgeLabel(edge) {
  const labels = [...new Set(edge.claims.map(relationWords))];
  const text = labels.slice(0, 2).join(", ") + (labels.length > 2 ? " …" : "");
  const count = edge.claims.length > 1 ? ` (${edge.claims.length})` : "";
  return (edge.status === "asserted" ? "" : `${term("status", edge.status)}: `) + text + count;
}

function fillGraph(graph, chosen, edges) {
  graph.clear();
  const scale = Math.max(0.5, Math.min(1, Math.sqrt(60 / chosen.size)));
  for (const id of chosen) {
    const { x, y, name, type } = entities.get(id);
    if (x === undefined || hidden.type.has(type)) continue;
    graph.addNode(id, { x, y, size: nodeSize(id, scale), label: name, color: colour("types", type), kind: type });
  }
  const parallel = new Map();
  for (const edge of edges.values()) {
    if (!graph.hasNode(edge.source) || !graph.hasNode(edge.target)) continue;
    const pair = `${edge.source} ${edge.target}`;
    const before = parallel.get(pair) ?? 0;
    parallel.set(pair, before + 1);
    const width = data.palette.statuses[edge.status].width + Math.min(Math.log2(edge.claims.length), 3) * 0.5;
    graph.addDirectedEdgeWithKey(edge.id, edge.source, edge.target, {
      type: edge.status,
      size: width * scale,
      fullSize: width,
      color: colour("statuses", edge.status),
      curvature: 0.12 + 0.24 * before,
      label: edgeLabel(edge),
      zIndex: edge.status === "asserted" ? 1 : 0,
    });
  }
}

/** What is near the selection or the pointer stays, the rest steps back. */
function focusOn(selection) {
  const graph = renderer.getGraph();
  const near = new Set();
  if (selection?.kind === "entity" && graph.hasNode(selection.id)) {
    near.add(selection.id);
    graph.forEachNeighbor(selection.id, (id) => near.add(id));
    graph.forEachEdge(selection.id, (id) => near.add(id));
  } else if (selection?.kind === "edge" && graph.hasEdge(selection.id)) {
    near.add(selection.id);
    graph.extremities(selection.id).forEach((id) => near.add(id));
  }
  drawn.focus = near.size ? selection : null;
  drawn.near = near;
}

function faded() {
  return FADED[dark.matches ? "dark" : "light"];
}

function nodeLook(id, attributes) {
  if (!drawn.focus) return attributes;
  if (!drawn.near.has(id)) return { ...attributes, color: faded(), label: "", zIndex: 0 };
  return { ...attributes, forceLabel: drawn.near.size < 80, highlighted: drawn.focus.id === id, zIndex: 2 };
}

function edgeLook(id, attributes) {
  if (!drawn.focus) return drawn.labelled ? { ...attributes, forceLabel: true } : { ...attributes, label: "" };
  if (!drawn.near.has(id)) return { ...attributes, color: faded(), label: "", zIndex: 0 };
  if (drawn.near.size > MOST_LABELLED_EDGES) return { ...attributes, label: "", size: attributes.fullSize, zIndex: 2 };
  return { ...attributes, forceLabel: true, size: attributes.fullSize, zIndex: 2 };
}

function ink() {
  return dark.matches ? "#eef1f5" : "#1b222c";
}

/** Text with a halo in the colour of the page, readable on lines. */
function haloText(context, text, ink, x = 0, y = 0) {
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = dark.matches ? "#14181f" : "#fbfaf7";
  context.fillStyle = ink;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

function drawNodeLabel(context, node, settings) {
  if (!node.label) return;
  const size = Math.max(settings.labelSize, Math.min(10 + node.size * 0.3, 16));
  context.font = `${node.size > 11 ? 600 : 500} ${size}px ${settings.labelFont}`;
  const width = context.measureText(node.label).width;
  const right = node.x + node.size + 4;
  const x = right + width < stage.clientWidth ? right : node.x - node.size - 4 - width;
  haloText(context, node.label, ink(), x, node.y + size / 3);
}

function drawNodeHover(context, node, settings) {
  context.beginPath();
  context.arc(node.x, node.y, node.size + 3.5, 0, 2 * Math.PI);
  context.strokeStyle = ink();
  context.lineWidth = 2;
  context.stroke();
  drawNodeLabel(context, node, settings);
}

function startRenderer() {
  renderer = new vendor.Sigma(new vendor.Graph({ multi: true, type: "directed" }), stage, {
    allowInvalidContainer: true,
    defaultDrawNodeLabel: drawNodeLabel,
    defaultDrawNodeHover: drawNodeHover,
    defaultEdgeType: "asserted",
    edgeLabelFont: "system-ui, sans-serif",
    edgeLabelSize: 11,
    edgeLabelColor: { attribute: "color" },
    edgeProgramClasses: edgePrograms(),
    edgeReducer: edgeLook,
    enableEdgeEvents: true,
    hideEdgesOnMove: data.claims.length > 3000,
    labelDensity: 0.8,
    labelFont: "system-ui, sans-serif",
    labelGridCellSize: 110,
    labelRenderedSizeThreshold: 4,
    labelSize: 12,
    maxCameraRatio: 3,
    minCameraRatio: 0.03,
    minEdgeThickness: 0.9,
    nodeReducer: nodeLook,
    renderEdgeLabels: true,
    stagePadding: 50,
    zIndex: true,
  });
  renderer.on("clickNode", ({ node }) => select("entity", node));
  renderer.on("clickEdge", ({ edge }) => select("edge", edge));
  renderer.on("clickStage", () => select(null));
  for (const [event, cursor] of [["enterNode", "pointer"], ["enterEdge", "pointer"], ["leaveNode", ""], ["leaveEdge", ""]]) {
    renderer.on(event, () => stage.style.setProperty("cursor", cursor));
  }
}

/** Move a selected name into the picture when it is outside of it. */
function bringIntoView(selection) {
  const at = selection?.kind === "entity" ? renderer.getNodeDisplayData(selection.id) : null;
  if (!at) return;
  const { width, height } = renderer.getDimensions();
  const point = renderer.framedGraphToViewport(at);
  const inside = point.x > 40 && point.y > 40 && point.x < width - 120 && point.y < height - 40;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!inside) renderer.getCamera().animate({ x: at.x, y: at.y }, { duration: still ? 0 : 400 });
}

function tools(shown, all) {
  const camera = renderer.getCamera();
  const more = Math.min(NAMES_STEP, all - shown);
  const showMore = () => {
    shownNames += NAMES_STEP;
    refresh();
  };
  document.getElementById("tools").replaceChildren(
    el("span", { class: "faint" }, t("drawn", { shown: number(shown), all: number(all) })),
    ...(more > 0 ? [button(t("more_names", { n: number(more) }), showMore, { id: "more" })] : []),
    button("+", () => camera.animatedZoom(), { "aria-label": t("zoom_in"), title: t("zoom_in") }),
    button("−", () => camera.animatedUnzoom(), { "aria-label": t("zoom_out"), title: t("zoom_out") }),
    button(t("fit"), () => camera.animatedReset()),
  );
}

function drawGraph(someClaims, selection) {
  drawn.edges = edgesOf(someClaims);
  // A name without a line says nothing in a drawing; search and list have it.
  const linked = new Set([...drawn.edges.values()].flatMap((edge) => [edge.source, edge.target]));
  const ranked = mostInvolved(someClaims).filter((id) => linked.has(id) && !hidden.type.has(typeOf(id)));
  fillGraph(renderer.getGraph(), namesToDraw(ranked, drawn.edges, selection), drawn.edges);
  drawn.labelled = renderer.getGraph().size <= MOST_LABELLED_EDGES;
  focusOn(selection);
  // The place for the drawing may have changed: on a phone it gives way to the panel.
  renderer.resize();
  renderer.refresh();
  bringIntoView(selection);
  tools(renderer.getGraph().order, ranked.length);
}
