// The map: where events happen, or where the parties are at home, on the outlines of Natural Earth.

const map = document.getElementById("map");
const LARGEST = 26;
const MOST_ON_MAP = 400;
const CLOSEST = 8; // times the whole world
/** The reader's own turn and scale; null is the one that shows all places. */
let camera = null;
let cameraFor = "";

/** Places with the claims in view, most claims first. */
function placesInView() {
  const lists = view.places === "events" ? placesOf : partiesOf;
  const at = new Map();
  for (const claim of found.claims) {
    for (const entity of lists.of(claim)) {
      if (entities.lat.get(entity) === null || entities.lon.get(entity) === null) continue;
      if (!at.has(entity)) at.set(entity, []);
      at.get(entity).push(claim);
    }
  }
  return [...at].map(([entity, some]) => ({ entity, some })).sort((a, b) => b.some.length - a.some.length || a.entity - b.entity);
}

function projectionFor(places, width, height) {
  const frame = [[30, 30], [width - 30, height - 50]];
  const whole = plain.geoNaturalEarth1().fitExtent(frame, { type: "Sphere" });
  if (camera) return plain.geoNaturalEarth1().scale(camera.scale).translate(camera.translate);
  if (!places.length) return whole;
  const points = { type: "MultiPoint", coordinates: places.map(({ entity }) => [entities.lon.get(entity), entities.lat.get(entity)]) };
  const close = plain.geoNaturalEarth1().fitExtent([[90, 70], [width - 150, height - 90]], points);
  if (close.scale() <= whole.scale()) return whole;
  if (close.scale() <= CLOSEST * whole.scale()) return close;
  // One place, or some side by side, would fill the world: their middle, with what is around it.
  const middle = [0, 1].map((axis) => points.coordinates.reduce((sum, at) => sum + at[axis], 0) / points.coordinates.length);
  const near = plain.geoNaturalEarth1().scale((CLOSEST / 2) * whole.scale()).translate([0, 0]);
  const [left, top] = near(middle);
  return near.translate([width / 2 - left, height / 2 - top]);
}

/** A circle for a place: larger with more claims, broken where nothing there is told as a fact. */
function circle({ entity, some }, project, most) {
  const [x, y] = project([entities.lon.get(entity), entities.lat.get(entity)]);
  const told = some.some((claim) => claims.status.get(claim) === "asserted");
  const r = 3 + (LARGEST - 3) * Math.sqrt(some.length / Math.max(most, 20));
  const words = `${nameOf(entity)}: ${claimCount(some.length)}${told ? "" : ` (${t("nothing_asserted")})`}`;
  const choose = () => select("place", entities.id.get(entity));
  const onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  };
  const chosen = view.select?.ids.includes(entities.id.get(entity));
  return {
    x,
    y,
    size: r,
    text: nameOf(entity),
    mark: svg("circle", { cx: x, cy: y, r, id: `place-${entity}`, class: `place${told ? "" : " untold"}${chosen ? " chosen" : ""}`, tabindex: 0, role: "button", "aria-label": words, onclick: choose, onkeydown }, svg("title", {}, words)),
  };
}

/** Names beside the circles where there is room, those of the largest first. */
function mapNames(circles, width, height) {
  const room = boxes();
  for (const { x, y, size } of circles) room.add([x - size, y - size, x + size, y + size]);
  const named = [];
  for (const point of circles.slice(0, 60)) {
    const wide = 7 * Array.from(point.text).length;
    const at = spots(point, wide, 12).find(([x, y]) => x > 2 && x + wide < width - 2 && y > 12 && y < height - 50 && room.take([x, y - 11, x + wide, y + 3]));
    if (at) named.push(svg("text", { x: at[0], y: at[1] }, point.text));
  }
  return named;
}

/** Drag to move, wheel to come closer. */
function moveMap(picture, project) {
  const turn = (scale, translate) => {
    camera = { scale, translate };
    drawMap();
  };
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    const by = event.deltaY < 0 ? 1.3 : 1 / 1.3;
    const box = picture.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const [left, top] = project.translate();
    turn(project.scale() * by, [x + (left - x) * by, y + (top - y) * by]);
  });
  picture.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".place")) return;
    const [left, top] = project.translate();
    const move = (now) => turn(project.scale(), [left + now.clientX - event.clientX, top + now.clientY - event.clientY]);
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
  });
}

function mapTools(count) {
  const zoom = (by) => () => {
    const [x, y] = [map.clientWidth / 2, map.clientHeight / 2];
    const [left, top] = camera.translate;
    camera = { scale: camera.scale * by, translate: [x + (left - x) * by, y + (top - y) * by] };
    drawMap();
  };
  const choice = (name) => button(t(`places_${name}`), () => go({ places: name }), { id: `places-${name}`, "aria-pressed": String(view.places === name) });
  const fit = () => {
    camera = null;
    drawMap();
  };
  return el(
    "div",
    { class: "tools" },
    choice("events"),
    choice("parties"),
    el("span", { class: "faint" }, t("places_shown", { n: number(count) })),
    button("+", zoom(1.5), { "aria-label": t("zoom_in"), id: "map-in" }),
    button("−", zoom(1 / 1.5), { "aria-label": t("zoom_out"), id: "map-out" }),
    button(t("fit"), fit, { id: "map-fit" }),
  );
}

function drawMap() {
  if (cameraFor !== `${view.places} ${foundFor}`) camera = null;
  cameraFor = `${view.places} ${foundFor}`;
  const [width, height] = [Math.max(map.clientWidth, 200), Math.max(map.clientHeight, 200)];
  const places = placesInView();
  const project = projectionFor(places, width, height);
  const path = plain.geoPath(project).digits(1);
  const most = places.length ? places[0].some.length : 1;
  const circles = places.slice(0, MOST_ON_MAP).map((place) => circle(place, project, most));
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, class: "world", role: "group", "aria-label": t("map_label") },
    svg("path", { class: "graticule", d: path(plain.geoGraticule10()) }),
    svg("path", { class: "land", d: path(plain.feature(plain.world, plain.world.objects.land)) }),
    svg("path", { class: "border", d: path(plain.mesh(plain.world, plain.world.objects.countries, (a, b) => a !== b)) }),
    ...circles.map(({ mark }) => mark),
    svg("g", { class: "names" }, ...mapNames(circles, width, height)),
  );
  moveMap(picture, project);
  const nothing = places.length ? null : el("p", { class: "nothing" }, t("no_places"));
  fill(map, picture, nothing, mapTools(places.length));
  if (!camera) camera = { scale: project.scale(), translate: project.translate() };
}
