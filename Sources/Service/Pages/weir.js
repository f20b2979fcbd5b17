// The dashboard: reads the REST API and follows its event streams. It changes nothing.

const main = document.getElementById("main");
const live = document.getElementById("live");
const statuses = ["Running", "Waiting", "Succeeded", "Failed", "Cancelled", "TimedOut"];

// MARK: Elements

/** Makes an element; text goes in as text, never as markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const link = (hash, ...children) => make("a", { href: hash }, ...children);
const badge = (status) => make("span", { class: `status ${status}` }, status);
const runLink = (id) => `#/runs/${encodeURIComponent(id)}`;

// MARK: Times

function span(milliseconds) {
  if (!(milliseconds >= 0)) return "";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const at = (text) => (text ? Date.parse(text) : NaN);

/** A time as people say it, with the exact one to look at. */
function moment(text) {
  if (!text) return make("span", { class: "soft" }, "–");
  const distance = Date.now() - at(text);
  const words = Math.abs(distance) < 1000 ? "now"
    : distance > 0 ? `${span(Math.floor(distance / 1000) * 1000).replace(/\.\d+ s/, " s")} ago`
    : `in ${span(Math.ceil(-distance / 1000) * 1000).replace(/\.\d+ s/, " s")}`;
  const exact = new Date(at(text)).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
  return make("time", { datetime: text, title: `${exact} (${text})` }, words);
}

const took = (start, end) => span((end ? at(end) : Date.now()) - at(start));

// MARK: Asking

const key = "weir-token";
const token = () => sessionStorage.getItem(key);
let asking = null;

/** Asks for the token once, however many requests need it. */
function askForToken(why) {
  asking ??= new Promise((resolve) => {
    const door = document.getElementById("door");
    if (why) document.getElementById("door-why").textContent = why;
    door.addEventListener("cancel", (event) => event.preventDefault());
    document.getElementById("token-form").onsubmit = () => {
      sessionStorage.setItem(key, document.getElementById("token").value.trim());
      document.getElementById("token").value = "";
      asking = null;
      resolve();
    };
    door.showModal();
  });
  return asking;
}

async function request(path, options = {}) {
  const headers = { ...options.headers };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  const response = await fetch(path, { ...options, headers, cache: "no-store" });
  if (response.status === 401) {
    const hadToken = Boolean(token());
    sessionStorage.removeItem(key);
    await askForToken(hadToken ? "The token is not known here, or has ended." : null);
    return request(path, options);
  }
  if (response.status === 429) {
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(response.headers.get("Retry-After") ?? 1)));
    return request(path, options);
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new Error(problem?.error?.message ?? `The server answered with ${response.status}.`);
  }
  return response;
}

const get = async (path, signal) => (await request(path, { signal })).json();

/** The path of an absolute address of this server. */
const pathOf = (address) => address && new URL(address, location.href).pathname + new URL(address, location.href).search;

/** Follows a stream of events until it ends; comes back after it broke. */
async function follow(path, signal, hear) {
  let last = null;
  while (!signal.aborted) {
    try {
      const headers = last ? { "Last-Event-ID": last } : {};
      const response = await request(path, { signal, headers });
      if (response.status === 204) return;
      connected(true);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let buffer = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        buffer += value;
        const blocks = buffer.split("\n\n");
        buffer = blocks.pop();
        for (const block of blocks) {
          const event = { name: "message", data: null };
          for (const line of block.split("\n")) {
            if (line.startsWith("id: ")) last = line.slice(4);
            else if (line.startsWith("event: ")) event.name = line.slice(7);
            else if (line.startsWith("data: ")) event.data = JSON.parse(line.slice(6));
          }
          if (event.data) hear(event);
          if (event.name === "runEnded") return;
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      connected(false);
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}

function connected(isLive) {
  live.textContent = isLive ? "live" : "disconnected";
  live.className = `live ${isLive ? "on" : "off"}`;
}

// MARK: Runs

async function showRuns(query, signal) {
  const wanted = { flow: query.get("flow") ?? "", status: query.getAll("status") };
  const go = () => {
    const parts = new URLSearchParams();
    if (wanted.flow) parts.set("flow", wanted.flow);
    for (const status of wanted.status) parts.append("status", status);
    location.hash = `#/runs${parts.size ? `?${parts}` : ""}`;
  };
  const select = make("select", { "aria-label": "Flow", onchange: () => { wanted.flow = select.value; go(); } },
    make("option", { value: "" }, "All flows"));
  const chips = statuses.map((status) => make("button", {
    type: "button", class: "chip", "aria-pressed": String(wanted.status.includes(status)),
    onclick: () => {
      wanted.status = wanted.status.includes(status)
        ? wanted.status.filter((other) => other !== status) : [...wanted.status, status];
      go();
    },
  }, status));
  const body = make("tbody");
  const more = make("div", { class: "more" });
  const empty = make("div", { class: "empty" }, "No runs yet. Start one: ", make("code", {}, "weir run start FLOW"));
  empty.hidden = more.hidden = true;
  const head = [["Status"], ["Flow"], ["Started"], ["Duration", "number"], ["Trigger", "wide"], ["Error", "wide"]]
    .map(([text, style]) => make("th", { class: style }, text));
  main.replaceChildren(make("h1", {}, "Runs"), make("div", { class: "bar" }, select, chips),
    make("div", { class: "card" }, make("table", {}, make("thead", {}, make("tr", {}, head)), body), empty, more));

  const rows = new Map();
  const matches = (run) => (!wanted.flow || flowOf(run) === wanted.flow)
    && (!wanted.status.length || wanted.status.includes(run.properties.status));
  const put = (run, isNew) => {
    const old = rows.get(run.name);
    if (!matches(run)) {
      old?.remove();
      rows.delete(run.name);
      return;
    }
    const row = runRow(run);
    rows.set(run.name, row);
    if (old) old.replaceWith(row);
    else if (isNew) {
      row.classList.add("fresh");
      body.prepend(row);
    } else body.append(row);
    empty.hidden = true;
  };
  const filter = wanted.status.map((status) => `status eq '${status}'`).join(" or ");
  const base = wanted.flow ? `/api/workflows/${encodeURIComponent(wanted.flow)}/runs` : "/api/runs";
  const load = async (path, replaces) => {
    const page = await get(path, signal);
    if (replaces) {
      rows.clear();
      body.replaceChildren();
    }
    for (const run of page.value) put(run, false);
    empty.hidden = rows.size > 0;
    more.hidden = !page.nextLink;
    more.replaceChildren(make("button", { type: "button", class: "link", onclick: () => load(pathOf(page.nextLink)) }, "Show earlier runs"));
  };
  const first = `${base}?$top=50${filter ? `&$filter=${encodeURIComponent(filter)}` : ""}`;
  get("/api/workflows?$top=1000", signal).then((flows) => {
    select.append(...flows.value.map((flow) => make("option", { value: flow.name }, flow.name)));
    select.value = wanted.flow;
  });
  await load(first, true);
  let isFirst = true;
  follow("/api/events", signal, (event) => {
    if (event.name === "reset" && !isFirst) load(first, true);
    isFirst = false;
    if (event.name === "run") put(event.data, true);
  });
}

const flowOf = (run) => decodeURIComponent(run.id.split("/")[3]);

function runRow(run) {
  const { status, startTime, endTime, trigger, error } = run.properties;
  return make("tr", {},
    make("td", {}, link(runLink(run.name), badge(status))),
    make("td", {}, link(runLink(run.name), flowOf(run))),
    make("td", {}, moment(startTime)),
    make("td", { class: "number" }, took(startTime, endTime)),
    make("td", { class: "wide soft" }, trigger?.name ?? ""),
    make("td", { class: "wide error", title: error?.message }, error?.message ?? ""));
}

// MARK: Flows

async function showFlows(signal) {
  const body = make("tbody");
  const more = make("div", { class: "more" });
  const head = ["Flow", "Triggers", "Next", "Last runs"].map((text) => make("th", {}, text));
  main.replaceChildren(make("h1", {}, "Flows"),
    make("div", { class: "card" }, make("table", {}, make("thead", {}, make("tr", {}, head)), body), more));
  const load = async (path) => {
    const page = await get(path, signal);
    for (const flow of page.value) body.append(...flowRows(flow, signal));
    if (!body.children.length) body.append(make("tr", {}, make("td", { colspan: 4, class: "empty" }, "No flows are served.")));
    more.hidden = !page.nextLink;
    more.replaceChildren(make("button", { type: "button", class: "link", onclick: () => load(pathOf(page.nextLink)) }, "Show more flows"));
  };
  await load("/api/workflows?$top=25");
  follow("/api/events", signal, () => {});
}

function flowRows(flow, signal) {
  const { state, triggers, diagnostics } = flow.properties;
  const next = triggers.map((trigger) => trigger.nextExecutionTime).filter(Boolean).sort()[0];
  const history = make("span", { class: "history", "aria-label": "Last runs, the newest last" });
  get(`/api/workflows/${encodeURIComponent(flow.name)}/runs?$top=16`, signal).then((page) => {
    if (!page.value.length) history.replaceWith(make("span", { class: "soft" }, "none"));
    history.append(...page.value.reverse().map((run) => make("a", {
      href: runLink(run.name), class: run.properties.status,
      title: `${run.properties.status}, ${new Date(at(run.properties.startTime)).toLocaleString()}`,
    })));
  }).catch(() => {});
  const rows = [make("tr", {},
    make("td", {}, link(`#/runs?flow=${encodeURIComponent(flow.name)}`, flow.name), " ",
      state === "Enabled" ? null : badge(state)),
    make("td", {}, triggers.map((trigger) => make("span", { class: "tag", title: trigger.type },
      trigger.paused ? `${trigger.name} (paused)` : trigger.name))),
    make("td", {}, at(next) < Date.now() ? "now" : moment(next)),
    make("td", {}, history))];
  for (const problem of diagnostics ?? []) {
    rows.push(make("tr", {}, make("td", { colspan: 4 }, make("div", { class: "alert" },
      make("strong", {}, `${problem.code} `),
      `${problem.file ?? ""}${problem.line ? `:${problem.line}:${problem.column}` : ""} ${problem.message}`,
      make("div", { class: "soft" }, problem.hint ?? "The last good version stays in force.")))));
  }
  return rows;
}

// MARK: Connections

async function showConnections(signal) {
  const body = make("tbody");
  const head = ["Connection", "Connector", "Status", "Owner", "Calls in the window"].map((text) => make("th", {}, text));
  main.replaceChildren(make("h1", {}, "Connections"),
    make("div", { class: "card" }, make("table", {}, make("thead", {}, make("tr", {}, head)), body)));
  const draw = async () => {
    const [connections, gates] = await Promise.all([get("/api/connections", signal), get("/api/gates", signal)]);
    const byName = new Map(gates.value.map((gate) => [gate.connection, gate]));
    body.replaceChildren(...connections.value.map((connection) => {
      const values = connection.properties;
      return make("tr", {}, make("td", {}, connection.name), make("td", { class: "soft" }, values.connector),
        make("td", {}, values.status), make("td", { class: "soft" }, values.owner ?? "everybody"),
        make("td", {}, gauge(byName.get(connection.name.toLowerCase()))));
    }));
    if (!body.children.length) body.append(make("tr", {}, make("td", { colspan: 5, class: "empty" }, "No connections.")));
  };
  await draw();
  const timer = setInterval(() => draw().catch(() => {}), 3000);
  signal.addEventListener("abort", () => clearInterval(timer));
  follow("/api/events", signal, () => {});
}

function gauge(gate) {
  if (!gate?.limits) return make("span", { class: "soft" }, "not limited");
  const fill = make("i");
  fill.style.width = `${Math.min(100, (100 * gate.used) / gate.limits.calls)}%`;
  const waiting = gate.waiting ? `, ${gate.waiting} waiting` : "";
  const closed = gate.closedUntil ? ", closed by the service" : "";
  return make("span", {}, make("span", { class: "gauge" }, fill),
    `${gate.used} of ${gate.limits.calls} in ${gate.limits.renewalPeriod} s${waiting}${closed}`);
}

// MARK: One run

async function showRun(id, signal) {
  const path = `/api/runs/${encodeURIComponent(id)}`;
  const open = new Set();
  const place = make("div");
  main.replaceChildren(place);
  let definition = null;
  const draw = async () => {
    const run = await get(`${path}?view=weir`, signal);
    if (!definition) {
      const expanded = await get(`${path}?$expand=workflow/properties`, signal).catch(() => null);
      definition = expanded?.properties?.workflow?.properties?.definition ?? { actions: {} };
    }
    if (!signal.aborted) place.replaceChildren(...runParts(run, definition, open));
    return run;
  };
  const run = await draw();
  if (run.endTime) {
    connected(true);
    return;
  }
  let timer = null;
  follow(`${path}/events?after=0`, signal, () => {
    timer ??= setTimeout(() => {
      timer = null;
      draw().catch(() => {});
    }, 200);
  });
}

function runParts(run, definition, open) {
  const facts = [
    ["Status", badge(run.status)],
    ["Flow", link(`#/runs?flow=${encodeURIComponent(run.flow)}`, run.flow)],
    ["Started", moment(run.startTime)],
    ["Duration", took(run.startTime, run.endTime)],
    ["Trigger", `${run.trigger?.name ?? ""} (${run.trigger?.type ?? ""})`],
    run.parent ? ["Replay of", link(runLink(run.parent.run), run.parent.run)] : null,
  ].filter(Boolean);
  const parts = [
    make("h1", {}, link("#/runs", "Runs"), " / ", make("span", { class: "mono" }, run.id)),
    make("div", { class: "card" }, make("dl", { class: "head" },
      facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))))),
  ];
  if (run.error) {
    parts.push(make("div", { class: "alert" }, make("strong", {}, `${run.error.code ?? run.code} `), run.error.message ?? ""));
  }
  const range = { start: at(run.startTime), end: run.endTime ? at(run.endTime) : Date.now() };
  const tree = make("div", { class: "card tree" });
  tree.append(...steps(run, definition.actions ?? {}, [], 0, range, open));
  parts.push(make("h2", {}, "Actions"), run.actions.length ? tree : make("div", { class: "card empty" }, "Nothing has begun yet."));
  parts.push(make("h2", {}, "Trigger outputs"), content(run.trigger?.outputs));
  if (run.outputs && Object.keys(run.outputs).length) parts.push(make("h2", {}, "Outputs"), content(run.outputs));
  return parts;
}

const content = (value) => make("pre", { tabindex: 0 }, value === undefined ? "" : JSON.stringify(value, null, 2));

/** The blocks of actions inside an action, with what people call them. */
function blocks(step) {
  const found = [];
  if (step.actions) found.push([step.else ? "If true" : null, step.actions]);
  if (step.else?.actions) found.push(["If false", step.else.actions]);
  for (const [name, inner] of Object.entries(step.cases ?? {})) found.push([name, inner.actions ?? {}]);
  if (step.default?.actions) found.push(["Default", step.default.actions]);
  return found;
}

/** The rows of a block of actions in one iteration, in the order in which they began. */
function steps(run, block, indices, depth, range, open) {
  const same = (action) => action.indices.length === indices.length && action.indices.every((index, place) => index === indices[place]);
  const here = run.actions.filter((action) => action.name in block && same(action));
  return here.map((action) => {
    const step = block[action.name];
    const isLoop = ["foreach", "until"].includes(String(step.type).toLowerCase());
    const inner = () => (isLoop ? iterations(run, step, action, indices, depth + 1, range, open)
      : blocks(step).flatMap(([, nested]) => steps(run, nested, indices, depth + 1, range, open)));
    return stepRow(action, depth, range, open, inner, blocks(step).length > 0);
  });
}

const longest = 100;

function iterations(run, step, action, indices, depth, range, open) {
  const names = new Set(Object.keys(step.actions ?? {}));
  const numbers = new Set();
  for (const other of run.actions) {
    if (names.has(other.name) && other.indices.length > indices.length
      && indices.every((index, place) => other.indices[place] === index)) numbers.add(other.indices[indices.length]);
  }
  const all = [...numbers].sort((left, right) => left - right);
  const rows = all.slice(0, longest).map((number) => {
    const inside = [...indices, number];
    const members = run.actions.filter((other) => names.has(other.name)
      && other.indices.length === inside.length && other.indices.every((index, place) => index === inside[place]));
    const failed = members.find((member) => ["Failed", "TimedOut"].includes(member.status));
    const busy = members.find((member) => !member.endTime);
    const summary = {
      name: `${action.name} ${number + 1}`, indices: inside, type: "iteration",
      status: busy ? "Running" : failed ? failed.status : "Succeeded",
      startTime: members.map((member) => member.startTime).sort()[0],
      endTime: busy ? null : members.map((member) => member.endTime).sort().at(-1),
    };
    return stepRow(summary, depth, range, open, () => steps(run, step.actions ?? {}, inside, depth + 1, range, open), true);
  });
  if (all.length > longest) rows.push(make("div", { class: "empty" }, `${all.length - longest} more iterations`));
  return rows;
}

function stepRow(action, depth, range, open, inner, isContainer) {
  const id = `${action.type}/${action.name}/${action.indices.join("-")}`;
  // What failed, or holds other actions, is open until somebody closes it.
  const isFailed = ["Failed", "TimedOut"].includes(action.status);
  const isOpen = () => open.has(id) !== (isFailed || (isContainer && action.type !== "iteration"));
  const below = make("div");
  const fill = () => {
    row.setAttribute("aria-expanded", String(isOpen()));
    below.replaceChildren(...(isOpen() ? [detail(action, depth, isContainer), ...inner()].filter(Boolean) : []));
  };
  const bar = make("i", { class: action.status });
  const length = Math.max(1, range.end - range.start);
  const start = at(action.startTime) - range.start;
  const end = (action.endTime ? at(action.endTime) : range.end) - range.start;
  bar.style.left = `${Math.min(99.5, (100 * start) / length)}%`;
  bar.style.width = `${Math.max(0, (100 * (end - start)) / length)}%`;
  const attempts = action.attempts?.length > 1 ? make("span", { class: "tag" }, `${action.attempts.length} attempts`) : null;
  const row = make("button", {
    type: "button", class: "row",
    onclick: () => {
      if (!open.delete(id)) open.add(id);
      fill();
    },
  },
    make("span", { class: "name" }, make("span", { class: "fold" }, "▸"), make("b", {}, action.name),
      make("span", { class: "tag" }, action.type), attempts),
    badge(action.status), make("span", { class: "lane" }, bar),
    make("span", { class: "took" }, action.status === "Skipped" ? "" : took(action.startTime, action.endTime)));
  const step = make("div", { class: "step" }, row, below);
  step.style.setProperty("--depth", depth);
  fill();
  return step;
}

function detail(action, depth, isContainer) {
  if (action.type === "iteration") return null;
  const parts = [];
  if (action.error) {
    const style = action.status === "Skipped" ? "alert quiet" : "alert";
    parts.push(make("div", { class: style }, make("strong", {}, `${action.error.code ?? action.code} `), action.error.message ?? ""));
  }
  const sides = [["Inputs", action.inputs], ["Outputs", action.outputs]]
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => make("div", {}, make("h3", {}, name), content(value)));
  if (sides.length && !isContainer) parts.push(make("div", { class: sides.length > 1 ? "pair" : "" }, sides));
  if (action.attempts?.length > 1 || action.attempts?.some((attempt) => attempt.waitedForThrottle > 0.01)) {
    const rows = action.attempts.map((attempt) => make("tr", {},
      make("td", {}, `#${attempt.number}`), make("td", {}, String(attempt.statusCode ?? "")),
      make("td", {}, took(attempt.startTime, attempt.endTime)),
      make("td", { class: "soft" }, attempt.waitedForThrottle > 0.01 ? `waited ${span(attempt.waitedForThrottle * 1000)} at the gate` : ""),
      make("td", { class: "soft" }, attempt.error?.message ?? "")));
    parts.push(make("div", {}, make("h3", {}, "Attempts"), make("table", {}, make("tbody", {}, rows))));
  }
  return parts.length ? make("div", { class: "detail" }, parts) : null;
}

// MARK: Views

let current = new AbortController();

async function show() {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const [path, query] = (location.hash.slice(1) || "/runs").split("?");
  const [, view, name] = path.split("/");
  for (const item of document.querySelectorAll("nav a")) {
    if (item.dataset.view === view) item.setAttribute("aria-current", "page");
    else item.removeAttribute("aria-current");
  }
  try {
    if (view === "flows") await showFlows(signal);
    else if (view === "connections") await showConnections(signal);
    else if (name) await showRun(decodeURIComponent(name), signal);
    else await showRuns(new URLSearchParams(query ?? ""), signal);
  } catch (error) {
    if (!signal.aborted) main.replaceChildren(make("div", { class: "alert" }, make("strong", {}, "Not shown. "), error.message));
  }
  const me = await get("/api/me", signal).catch(() => null);
  if (me) document.getElementById("who").textContent = `${me.name} (${me.role})`;
  document.getElementById("leave").hidden = !token();
}

document.getElementById("leave").addEventListener("click", () => {
  sessionStorage.removeItem(key);
  location.reload();
});
addEventListener("hashchange", show);
show();
