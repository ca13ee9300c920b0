// The timeline under every view: events above the line, reports below it.  Drag to choose a time, play to go through it.

const timeline = document.getElementById("timeline");
const HEIGHT = 78;
const AXIS = 44; // from the top; reports hang below it
const BELOW = 20;
const FRAME = 900; // milliseconds that a step of playing lasts
/** Units of bars by the days of the whole, and the most days that a date may leave open to be shown in one. */
const UNITS = [
  { name: "day", upTo: 130, exact: 1 },
  { name: "week", upTo: 900, exact: 7 },
  { name: "month", upTo: 4500, exact: 31 },
  { name: "year", upTo: Infinity, exact: 366 },
];

let playing = null;

/** The first day of the bar that a day is in, and of the one after it. */
function barOf(day, unit) {
  if (unit === "day") return [day, day + 1];
  if (unit === "week") return [day - ((((day + 3) % 7) + 7) % 7), day - ((((day + 3) % 7) + 7) % 7) + 7]; // from Monday
  const at = new Date(day * DAY);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const [from, to] = unit === "month" ? [[year, month, 1], [year, month + 1, 1]] : [[year, 0, 1], [year + 1, 0, 1]];
  return [from, to].map((when) => Math.round(new Date(0).setUTCFullYear(...when) / DAY));
}

/** The days of events and of reports of some claims: each event and each article once. */
function happenings(someClaims) {
  const eventSeen = new Uint8Array(events.size);
  const articleSeen = new Uint8Array(articles.size);
  const told = [];
  const reported = [];
  for (const claim of someClaims) {
    const event = claims.event.get(claim);
    if (firstDay[claim] !== NO_DAY && (event === null || !eventSeen[event])) {
      if (event !== null) eventSeen[event] = 1;
      told.push({ day: firstDay[claim], open: lastDay[claim] - firstDay[claim] + 1 });
    }
    const article = claims.article.get(claim);
    if (articleSeen[article]) continue;
    articleSeen[article] = 1;
    if (publishedDay[article] !== NO_DAY) reported.push(publishedDay[article]);
  }
  return { told, reported };
}

/** First and last day to show: those of the state, or those of nearly all claims. */
function domain({ told, reported }) {
  if (view.span) return view.span;
  const days = [...told.filter(({ open }) => open <= 31).map(({ day }) => day), ...reported].sort((a, b) => a - b);
  if (!days.length) return null;
  const cut = Math.floor(days.length * 0.03);
  return [days[cut] - 1, days[days.length - 1 - cut] + 1];
}

function bars(counts, [from, to], unit, width, side) {
  const most = Math.max(1, ...counts.values());
  const x = (day) => ((day - from) / (to - from)) * width;
  const high = side === "events" ? AXIS - 14 : BELOW - 2;
  return [...counts].map(([day, count]) => {
    const [, next] = barOf(day, unit);
    const height = Math.max(1.5, (count / most) * high);
    const left = Math.max(x(day), 0);
    const told = t(side === "events" ? "bar_events" : "bar_reports", { n: number(count), date: day_(day, unit) });
    return svg("rect", { class: side, x: left, width: Math.max(Math.min(x(next), width) - left - 1, 1), y: side === "events" ? AXIS - height : AXIS + 1, height }, svg("title", {}, told));
  });
}

function day_(at, unit) {
  return day(isoDay(at).slice(0, { year: 4, month: 7 }[unit] ?? 10));
}

/** Dates under the bars, as many as there is room for. */
function ticks([from, to], width) {
  const most = Math.max(Math.floor(width / 90), 2);
  const unit = UNITS.find(({ name }) => (to - from) / { day: 1, week: 7, month: 30, year: 365 }[name] <= most) ?? UNITS.at(-1);
  const found = [];
  for (let at = barOf(from, unit.name)[1]; at < to; [, at] = barOf(at, unit.name)) found.push(at);
  const step = Math.ceil(found.length / most);
  return found.filter((_, index) => index % step === 0).map((at) => {
    const x = ((at - from) / (to - from)) * width;
    return svg("g", {}, svg("path", { class: "tick", d: `M${x} ${AXIS}V${HEIGHT - 12}` }), svg("text", { x: x + 3, y: HEIGHT - 3 }, day_(at, unit.name)));
  });
}

function setPeriod(first, last, { replace = false } = {}) {
  show({ ...view, from: isoDay(first), to: isoDay(last) }, { replace });
}

/** Drag over the bars to choose a time; a click chooses one bar. */
function brush(plot, [from, to], unit, width) {
  const dayAt = (event) => {
    const box = plot.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    return Math.min(Math.floor(from + share * (to - from)), to - 1);
  };
  plot.addEventListener("pointerdown", (event) => {
    stop();
    const start = dayAt(event);
    const startX = event.clientX;
    plot.setPointerCapture(event.pointerId);
    const shade = plot.querySelector(".window");
    const moved = (now) => {
      const [a, b] = [start, dayAt(now)].sort((one, other) => one - other);
      const [left, right] = [barOf(a, unit)[0], barOf(b, unit)[1]].map((at) => ((at - from) / (to - from)) * width);
      shade.setAttribute("x", left);
      shade.setAttribute("width", right - left);
      return [a, b];
    };
    plot.onpointermove = moved;
    plot.onpointerup = (end) => {
      plot.onpointermove = plot.onpointerup = null;
      const [a, b] = Math.abs(end.clientX - startX) < 4 ? [start, start] : moved(end);
      setPeriod(barOf(a, unit)[0], barOf(b, unit)[1] - 1);
    };
  });
}

function stop() {
  clearInterval(playing);
  playing = null;
}

/** Go through the time that is shown, a window as long as the chosen one (or a twentieth) at a step. */
function play([from, to]) {
  if (playing) {
    stop();
    drawTimeline();
    return;
  }
  const chosen = view.from && view.to ? window_(view) : null;
  const length = chosen ? chosen[1] - chosen[0] + 1 : Math.max(Math.round((to - from) / 20), 1);
  let at = chosen && chosen[1] + 1 < to ? chosen[0] : from;
  const step = () => {
    if (at >= to) stop();
    else setPeriod(at, at + length - 1, { replace: true });
    at += length;
  };
  playing = setInterval(step, FRAME);
  step();
}

/** A date as the reader may write it: 2023, 2023-07, 2023-07-27, "July 2023". */
function dateField(name) {
  const onchange = (event) => {
    const date = asDate(event.target.value);
    event.target.setAttribute("aria-invalid", String(Boolean(event.target.value) && !date));
    if (date || !event.target.value) go({ [name]: date });
  };
  const input = el("input", { type: "text", id: `period-${name}`, size: 10, placeholder: "2023-07", "aria-label": t(`period_${name}`), onchange });
  input.value = view[name] ?? "";
  return input;
}

function drawTimeline() {
  if (isDrawn("timeline", found, view.from, view.to, view.span, playing, language, dark.matches)) return;
  const shown = happenings(found.anyTime);
  const days = domain(shown);
  timeline.hidden = !days;
  if (!days) return;
  const [from, to] = days;
  const unit = UNITS.find(({ upTo }) => to - from <= upTo);
  const width = Math.max(timeline.clientWidth - 24, 200);
  const count = (some) => {
    const counts = new Map();
    for (const at of some) if (at >= from && at < to) counts.set(barOf(at, unit.name)[0], (counts.get(barOf(at, unit.name)[0]) ?? 0) + 1);
    return counts;
  };
  const told = count(shown.told.filter(({ open }) => open <= unit.exact).map(({ day: at }) => at));
  const [first, last] = window_(view);
  const place = (at) => Math.min(Math.max(((at - from) / (to - from)) * width, 0), width);
  const timed = view.from || view.to;
  const plot = svg(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, class: "plot", role: "img", "aria-label": t("timeline_label") },
    svg("rect", { class: "window", x: timed ? place(first) : 0, width: timed ? Math.max(place(last + 1) - place(first), 2) : 0, y: 0, height: HEIGHT - 12 }),
    svg("path", { class: "axis", d: `M0 ${AXIS + 0.5}H${width}` }),
    ...ticks(days, width),
    ...bars(told, days, unit.name, width, "events"),
    ...bars(count(shown.reported), days, unit.name, width, "reports"),
  );
  brush(plot, days, unit.name, width);
  const undated = timed ? found.anyTime.filter((claim) => firstDay[claim] === NO_DAY).length : 0;
  fill(
    timeline,
    el(
      "p",
      { class: "controls" },
      button(playing ? "❚❚" : "▶", () => play(days), { id: "play", "aria-label": t(playing ? "pause" : "play"), title: t(playing ? "pause" : "play") }),
      el("span", { class: "legend" }, el("i", { class: "events" }), t("events"), " ", el("i", { class: "reports" }), t("reports"), ` ${t(`per_${unit.name}`)}`),
      dateField("from"),
      "–",
      dateField("to"),
      timed ? button(t("any_time"), () => go({ from: null, to: null }), { class: "small", id: "any-time" }) : null,
      timed && Number.isFinite(first) && Number.isFinite(last) && last - first + 1 < to - from ? button(t("zoom_time"), () => go({ span: [first, last + 1] }), { class: "small", id: "zoom-time" }) : null,
      view.span ? button(t("all_time"), () => go({ span: null }), { class: "small", id: "all-time" }) : null,
      undated ? el("span", { class: "faint" }, t("undated", { n: number(undated) })) : null,
    ),
    plot,
  );
}

new ResizeObserver(() => {
  const plot = timeline.querySelector(".plot");
  if (!plot || Math.abs(Number(plot.getAttribute("width")) - (timeline.clientWidth - 24)) <= 8) return;
  drawnFrom.delete("timeline");
  drawTimeline();
}).observe(timeline);
