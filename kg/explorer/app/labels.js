// Names and words on the drawing: the largest first, none on top of another.

const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif";
const MOST_WORDS = 40;
const widths = new Map();

function ink() {
  return dark.matches ? "#eef1f5" : "#1b222c";
}

function ground() {
  return dark.matches ? "#14181f" : "#fbfaf7";
}

function textWidth(context, text) {
  const key = `${context.font} ${text}`;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

/** Text with a halo in the colour of the page, readable on lines. */
function haloText(context, text, fill, x, y) {
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = ground();
  context.fillStyle = fill;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

function shorten(text) {
  const letters = Array.from(text);
  return letters.length > 32 ? `${letters.slice(0, 30).join("")}…` : text;
}

/** Boxes that are taken; `take` says whether there was room. */
function boxes() {
  const taken = [];
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    add: (box) => taken.push(box),
    take(box) {
      if (taken.some((other) => meets(box, other))) return false;
      taken.push(box);
      return true;
    },
  };
}

/** Where a name may stand, the best place first: right, left, below, above. */
function spots({ x, y, size }, width, height) {
  const gap = size + 4;
  return [[x + gap, y + height / 3], [x - gap - width, y + height / 3], [x - width / 2, y + gap + height * 0.8], [x - width / 2, y - gap]];
}

/** Write the names of `points` ({ text, x, y, size, must }), those first that come first. */
function placeNames(context, points, room, { width, height }) {
  for (const point of points) if (point.size > 5) room.add([point.x - point.size, point.y - point.size, point.x + point.size, point.y + point.size]);
  for (const point of points) {
    const size = Math.min(11 + point.size * 0.3, 17);
    context.font = `${point.size > 10 ? 600 : 500} ${size}px ${FONT}`;
    const wide = textWidth(context, point.text);
    const at = spots(point, wide, size).find(([x, y]) => x > 2 && x + wide < width - 2 && y > size && y < height - 2 && room.take([x - 1, y - size, x + wide + 1, y + 3]));
    if (at) haloText(context, point.text, ink(), ...at);
    else if (point.must) haloText(context, point.text, ink(), ...spots(point, wide, size)[0]);
  }
}

/** Write the words of `edges` ({ text, source, target, curvature, size, colour }) along their middle. */
function placeWords(context, edges, room) {
  context.font = `500 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { text, source, target, curvature, size, colour: fill } of edges) {
    const dx = target.x - source.x;
    const dy = target.y - source.y;
    const length = Math.hypot(dx, dy);
    const wide = textWidth(context, text);
    if (wide > length - source.size - target.size) continue;
    const out = curvature / 2 + (size + 7) / length;
    const x = (source.x + target.x) / 2 + dy * out;
    const y = (source.y + target.y) / 2 - dx * out;
    // Never upside down.
    const turn = Math.atan(dy / (dx || 1e-6));
    const [half, high] = [(wide * Math.abs(Math.cos(turn)) + 12 * Math.abs(Math.sin(turn))) / 2, (wide * Math.abs(Math.sin(turn)) + 12 * Math.abs(Math.cos(turn))) / 2];
    if (!room.take([x - half, y - high, x + half, y + high])) continue;
    context.save();
    context.translate(x, y);
    context.rotate(turn);
    haloText(context, text, fill, 0, 0);
    context.restore();
  }
  context.textAlign = "start";
  context.textBaseline = "alphabetic";
}

/** The corners of the smallest convex shape about points, in order (Andrew's monotone chain). */
function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  const half = (some) => {
    const side = [];
    for (const point of some) {
      while (side.length > 1 && turn(side.at(-2), side.at(-1), point) <= 0) side.pop();
      side.push(point);
    }
    return side.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** A soft ground under the names that belong together. */
function placeGrounds(context, members) {
  const tints = dark.matches ? ["#1c222d", "#20242a", "#1a2427"] : ["#f1eee6", "#eef0f2", "#f3efec"];
  members.forEach((points, at) => {
    const corners = hull(points);
    context.beginPath();
    corners.forEach(({ x, y }, corner) => (corner ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fillStyle = context.strokeStyle = tints[at % tints.length];
    context.lineJoin = "round";
    context.lineWidth = 44;
    context.stroke();
    context.fill();
  });
}
