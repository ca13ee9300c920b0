// The legend, which is the filters too: by status, kind of name, kind of event and relation.

const filters = document.getElementById("filters");
const DASHES = { solid: null, dashed: "7 4", dotted: "2 3" };

/** A short piece of the line that a status is drawn with. */
function lineSample(status) {
  const look = data.palette.statuses[status];
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const draw = (path, dashes) => {
    const line = document.createElementNS(space, "path");
    line.setAttribute("d", path);
    line.setAttribute("stroke", colour("statuses", status));
    line.setAttribute("stroke-width", String(look.width));
    if (dashes) line.setAttribute("stroke-dasharray", dashes);
    svg.append(line);
  };
  svg.setAttribute("viewBox", "0 0 34 12");
  svg.setAttribute("class", "line");
  svg.setAttribute("aria-hidden", "true");
  draw("M1 6H33", DASHES[look.line]);
  if (look.crossed) draw("M13 2L21 10M13 10L21 2");
  return svg;
}

function checkbox(kind, value, name, sample, count) {
  const onchange = (event) => {
    if (event.target.checked) hidden[kind].delete(value);
    else hidden[kind].add(value);
    refresh();
  };
  const box = el("input", { type: "checkbox", value, onchange });
  box.checked = !hidden[kind].has(value);
  const label = el("label", { title: kind === "status" ? t(`hint_${value}`) : null }, box, sample, el("span", {}, name));
  label.append(el("span", { class: "count" }, number(count)));
  return label;
}

function fieldset(kind, title, rows) {
  const set = (hide) => () => {
    hidden[kind] = new Set(hide ? rows.map(([value]) => value) : []);
    drawFilters();
    refresh();
  };
  const all = el("span", { class: "all" }, button(t("all"), set(false)), button(t("none"), set(true)));
  return el("fieldset", { "data-kind": kind }, el("legend", {}, title, all), ...rows.map((row) => checkbox(kind, ...row)));
}

function statusRows() {
  const counts = countsBy((claim) => claim.status);
  return statuses.map((status) => [status, term("status", status), lineSample(status), counts.get(status) ?? 0]);
}

function typeRows() {
  const counts = new Map();
  for (const entity of data.entities) counts.set(entity.type, (counts.get(entity.type) ?? 0) + 1);
  const dot = (type) => coloured(el("i", { class: "dot" }), "types", type);
  return Object.keys(data.palette.types)
    .filter((type) => counts.has(type))
    .map((type) => [type, term("type", type), dot(type), counts.get(type)]);
}

function eventRows() {
  return [...countsBy(eventOf)].map(([event, count]) => [event, event ? event.toLowerCase() : t("no_event"), null, count]);
}

function relationField() {
  const oninput = (event) => {
    relationText = fold(event.target.value.trim());
    refresh();
  };
  const input = el("input", { type: "search", id: "relation", list: "relations", placeholder: t("relation_hint"), oninput });
  input.value = relationText;
  const known = el("datalist", { id: "relations" }, ...[...countsBy((claim) => claim.label).keys()].slice(0, 200).map((label) => el("option", { value: label })));
  return el("fieldset", {}, el("legend", {}, el("label", { for: "relation" }, t("filter_relation"))), input, known);
}

function drawFilters() {
  const open = filters.querySelector("details")?.open ?? matchMedia("(min-width: 900px)").matches;
  filters.replaceChildren(
    el(
      "details",
      { open },
      el("summary", {}, t("filters")),
      fieldset("status", t("filter_status"), statusRows()),
      fieldset("type", t("filter_type"), typeRows()),
      relationField(),
      fieldset("event", t("filter_event"), eventRows()),
    ),
  );
}
