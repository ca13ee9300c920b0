// Taking the view along: as a picture (PNG, SVG), as a table (CSV) or as a query (SPARQL).

const CSV_COLUMNS = ["id", "status", "who", "what", "whom", "details", "says", "date", "date_precision", "date_basis", "place", "event", "sources", "contradicted_by", "sentence", "article", "title", "url", "source", "published"];

function csvRow(claim) {
  const at = claims.article.get(claim);
  const details = otherRoles(claim).map((role) => `${role}: ${namesText(claim, role)}`).join("; ");
  const against = (contradicting.get(claim) ?? []).map((other) => claims.id.get(other)).join(" ");
  return [
    claims.id.get(claim), claims.status.get(claim), namesText(claim, "actor"), claims.label.get(claim), namesText(claim, "recipient"), details,
    namesText(claim, "speaker"), claims.date.get(claim), claims.date_precision.get(claim), claims.date_basis.get(claim), namesText(claim, "place"),
    claims.event_type.get(claim), sourcesOf(claim), against, texts?.quote.get(claim), articles.id.get(at), articles.title.get(at), articles.url.get(at),
    articles.source.get(at), articles.published.get(at),
  ];
}

/** A cell; text that a spreadsheet would run as a formula gets an apostrophe before it. */
function csvCell(value) {
  const text = String(value ?? "");
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvOfView() {
  const rows = [CSV_COLUMNS, ...sorted(listed(), view.sort).map(csvRow)];
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  return `\ufeff${rows.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** "600 12px system-ui, sans-serif" as attributes: style attributes are forbidden on this page, and in its pictures. */
function fontOf(font) {
  const [, weight, size, family] = /^(\d+) ([\d.]+px) (.*)$/.exec(font);
  return { "font-weight": weight, "font-size": size, "font-family": family };
}

/** Takes the calls of labels.js to a canvas and keeps them as SVG. */
class SvgContext {
  constructor() {
    this.parts = [];
    this.measuring = document.createElement("canvas").getContext("2d");
    this.turn = null;
    this.textAlign = "start";
    this.textBaseline = "alphabetic";
  }

  measureText(text) {
    this.measuring.font = this.font;
    return this.measuring.measureText(text);
  }

  save() {}
  restore() {
    this.turn = null;
  }
  translate(x, y) {
    this.turn = `translate(${x} ${y})`;
  }
  rotate(angle) {
    this.turn += ` rotate(${(angle * 180) / Math.PI})`;
  }
  strokeText() {} // paint-order draws the halo

  fillText(text, x, y) {
    const middle = this.textAlign === "center" ? { "text-anchor": "middle", "dominant-baseline": "middle" } : {};
    this.parts.push(svg("text", { x, y, transform: this.turn, fill: this.fillStyle, ...fontOf(this.font), stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": "round", "paint-order": "stroke", ...middle }, text));
  }

  beginPath() {
    this.path = "";
  }
  moveTo(x, y) {
    this.path += `M${x} ${y}`;
  }
  lineTo(x, y) {
    this.path += `L${x} ${y}`;
  }
  arc(x, y, r) {
    this.path += `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }
  closePath() {
    this.path += "Z";
  }
  fill() {
    this.parts.push(svg("path", { d: this.path, fill: this.fillStyle }));
  }
  stroke() {
    this.parts.push(svg("path", { d: this.path, fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": "round" }));
  }
}

/** A line with its arrow, and a cross where its status has one. */
function svgLine(id, attributes) {
  const [from, to] = renderer.getGraph().extremities(id).map(onScreen);
  const look = data.palette.statuses[attributes.type];
  const { curvature } = attributes;
  // The shader fades the rim of a line: it looks thinner than its size.
  const width = renderer.scaleSize(attributes.size) * 0.65;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const control = { x: (from.x + to.x) / 2 + dy * curvature, y: (from.y + to.y) / 2 - dx * curvature };
  const ends = Math.hypot(to.x - control.x, to.y - control.y) || 1;
  const [ux, uy] = [(to.x - control.x) / ends, (to.y - control.y) / ends];
  const [tipX, tipY] = [to.x - ux * to.size, to.y - uy * to.size];
  const [long, wide] = [4 * width, 1.6 * width];
  const [baseX, baseY] = [tipX - ux * long, tipY - uy * long];
  const stroke = { stroke: attributes.color, "stroke-width": width, fill: "none" };
  const dashes = { solid: null, dashed: "8 5", dotted: "2.5 4" }[look.line];
  const middle = { x: (from.x + to.x) / 2 + (dy * curvature) / 2, y: (from.y + to.y) / 2 - (dx * curvature) / 2 };
  const arm = 2.8 * width;
  return [
    svg("path", { d: `M${from.x} ${from.y}Q${control.x} ${control.y} ${baseX} ${baseY}`, ...stroke, "stroke-dasharray": dashes }),
    svg("path", { d: `M${tipX} ${tipY}L${baseX - uy * wide} ${baseY + ux * wide}L${baseX + uy * wide} ${baseY - ux * wide}Z`, fill: attributes.color }),
    look.crossed ? svg("path", { d: `M${middle.x - arm} ${middle.y - arm}L${middle.x + arm} ${middle.y + arm}M${middle.x + arm} ${middle.y - arm}L${middle.x - arm} ${middle.y + arm}`, ...stroke }) : null,
  ];
}

function graphPicture() {
  const graph = renderer.getGraph();
  const under = new SvgContext();
  const over = new SvgContext();
  paintGrounds(under);
  paintNames(over);
  const shown = (kind) => (id, attributes) => renderer[kind](id) ?? attributes;
  return [
    ...under.parts,
    ...graph.mapEdges((id, attributes) => svgLine(id, { ...attributes, color: shown("getEdgeDisplayData")(id, attributes).color })).flat(),
    ...graph.mapNodes((id) => svg("circle", { cx: onScreen(id).x, cy: onScreen(id).y, r: onScreen(id).size, fill: renderer.getNodeDisplayData(id).color })),
    ...over.parts,
  ];
}

/** What lines and dots mean, and which part of the graph it is: under every picture. */
function pictureLegend(width, height) {
  const text = { ...fontOf(`400 12px ${FONT}`), fill: ink() };
  const parts = [svg("text", { x: 16, y: height + 20, ...text, "font-weight": 600 }, `${data.title} · ${claimCount(listed().length)}${view.from || view.to ? ` · ${periodWords(view)}` : ""}`)];
  let x = 16;
  const used = (some) => [...new Set(some)];
  const place = (mark, words) => {
    parts.push(mark, svg("text", { x: x + 40, y: height + 44, ...text }, words));
    x += 60 + words.length * 7;
  };
  if (view.tab === "graph") {
    for (const status of statuses.filter((name) => scene.lines.some((line) => line.status === name))) {
      const sample = lineSample(status);
      sample.setAttribute("x", x);
      sample.setAttribute("y", height + 34);
      sample.setAttribute("width", 34);
      sample.setAttribute("height", 12);
      place(sample, term("status", status));
    }
    const second = used(scene.names.map(({ entity }) => typeOf(entity)));
    x = 16;
    for (const type of Object.keys(data.palette.types).filter((name) => second.includes(name))) {
      parts.push(svg("circle", { cx: x + 6, cy: height + 62, r: 5, fill: colour("types", type) }), svg("text", { x: x + 16, y: height + 66, ...text }, term("type", type)));
      x += 40 + term("type", type).length * 7;
    }
  } else parts.push(svg("text", { x: 16, y: height + 44, ...text }, t("natural_earth")));
  return parts;
}

/** The drawing or the map as an SVG element of its own, with what it means. */
function pictureOfView() {
  const box = (view.tab === "map" ? map : stage).getBoundingClientRect();
  const [width, height] = [Math.round(box.width), Math.round(box.height)];
  const all = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height + 78}`, width, height: height + 78 };
  const inside = view.tab === "map" ? [styled(map.querySelector(".world"))] : graphPicture();
  return svg("svg", all, svg("rect", { width, height: height + 78, fill: ground() }), ...inside, ...pictureLegend(width, height));
}

/** A copy that looks the same without the page's style sheet. */
function styled(original) {
  const copy = original.cloneNode(true);
  const copies = copy.querySelectorAll("*");
  original.querySelectorAll("*").forEach((element, at) => {
    const style = getComputedStyle(element);
    for (const name of ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-family", "paint-order"]) copies[at].setAttribute(name, style.getPropertyValue(name));
  });
  return copy;
}

/** The text of a picture, without the characters that XML does not know. */
function svgFile(picture) {
  const text = new XMLSerializer().serializeToString(picture);
  return new Blob([text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")], { type: "image/svg+xml" });
}

async function png(picture) {
  const address = URL.createObjectURL(svgFile(picture));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function download(blob, name) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const SAVES = {
  png: async () => download(await png(pictureOfView()), "graph.png"),
  svg: () => download(svgFile(pictureOfView()), "graph.svg"),
  csv: () => download(new Blob([csvOfView()], { type: "text/csv" }), "claims.csv"),
  sparql: () => download(new Blob([sparqlOfView()], { type: "application/sparql-query" }), "view.rq"),
};

function drawSave(tab) {
  const menu = document.getElementById("save");
  const one = (kind) => button(t(`save_${kind}`), () => SAVES[kind](), { id: `save-${kind}`, disabled: ["png", "svg"].includes(kind) && tab === "table" });
  const open = menu.querySelector("details")?.open ?? false;
  fill(menu, el("details", { open }, el("summary", { id: "save-title" }, t("save")), el("div", { class: "menu" }, ...Object.keys(SAVES).map(one))));
}
