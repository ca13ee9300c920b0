// The side panel: an entity, a line or one claim, with the sentences; else where to start.

const panel = document.getElementById("panel");

function claimCount(n) {
  return n === 1 ? t("count_claims_one") : t("count_claims", { n: number(n) });
}

function close() {
  return button("×", () => select(null), { class: "close", "aria-label": t("close"), title: `${t("close")} (Esc)` });
}

function chip(type) {
  return coloured(el("span", { class: "chip" }, term("type", type)), "types", type);
}

/** Claims under one heading a status, what is asserted first. */
function grouped(someClaims) {
  const shown = someClaims.filter(passes);
  const parts = statuses.flatMap((status) => {
    const group = shown.filter((claim) => claim.status === status);
    if (!group.length) return [];
    return [el("h3", {}, badge(status), ` ${t(`hint_${status}`)} · ${claimCount(group.length)}`), ...cards(group)];
  });
  if (!shown.length) parts.push(el("p", { class: "faint" }, t("no_claims")));
  const left = someClaims.length - shown.length;
  if (left) parts.push(el("p", { class: "faint" }, t("hidden_claims", { n: number(left) })));
  return parts;
}

function roleLine(role) {
  const of = role.of ? ` ${t("role_of")} ${entities.get(role.of)?.name ?? role.of}` : "";
  const years = ["since", "until"].filter((key) => role[key]).map((key) => `${t(key)} ${role[key]}`);
  return el("li", {}, role.title + of + (years.length ? ` (${years.join(", ")})` : ""));
}

function entityPanel(id) {
  const entity = entities.get(id);
  const found = claimsOf.get(id);
  const others = namesOf(entity).slice(1);
  return [
    close(),
    el("h2", {}, entity.name),
    el("p", {}, chip(entity.type), el("span", { class: "faint" }, ` ${claimCount(found.length)}`)),
    others.length ? el("p", { class: "also" }, el("b", {}, `${t("also")}: `), others.slice(0, 12).join(" · ")) : null,
    entity.roles ? el("ul", { class: "roles", "aria-label": t("roles") }, ...entity.roles.map(roleLine)) : null,
    ...grouped(found),
  ];
}

function edgePanel(edge) {
  const name = (id) => button(entities.get(id).name, () => select("entity", id), { class: "name" });
  return [close(), el("h2", {}, name(edge.source), " → ", name(edge.target)), ...grouped(edge.claims)];
}

function claimPanel(claim) {
  return [close(), el("h2", {}, relationWords(claim)), ...cards([claim])];
}

function startPanel() {
  const top = mostInvolved(visibleClaims()).slice(0, 12);
  return [
    el("h2", {}, t("start_title")),
    el("p", {}, t("start_text")),
    el("h3", {}, t("start_most")),
    el("ol", { class: "top" }, ...top.map((id) => coloured(
      el("li", {}, button(entities.get(id).name, () => select("entity", id), { class: "name" }), el("span", { class: "faint" }, ` ${claimCount(claimsOf.get(id).length)}`)),
      "types",
      typeOf(id),
    ))),
  ];
}

function drawPanel(selection) {
  const parts = {
    entity: () => entityPanel(selection.id),
    edge: () => edgePanel(edgesOf(data.claims).get(selection.id)),
    claim: () => claimPanel(claims.get(selection.id)),
  };
  const build = selection ? parts[selection.kind] : startPanel;
  panel.replaceChildren(...build().filter(Boolean));
  panel.scrollTop = 0;
}
