const at = (id) => document.getElementById(id);
const lists = { requests: [], mail: [], sms: [], faults: [] };
let tab = "requests";
let shown = "";

function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.filter((part) => part !== undefined && part !== null));
  return element;
}

function badge(state) {
  const kind = { Succeeded: "good", Failed: "bad" }[state] ?? "";
  return state ? make("span", `badge ${kind}`, state) : null;
}

function details(members) {
  const list = make("dl");
  for (const [name, value] of Object.entries(members ?? {})) {
    list.append(make("dt", "", name), make("dd", "mono", value));
  }
  return list;
}

function node(entry) {
  const head = make("div", "", make("span", "kind", entry.kind), make("span", "name", entry.name), badge(entry.state));
  const item = make("li", "", head, entry.details ? details(entry.details) : null);
  if (entry.children) item.append(make("ul", "", ...entry.children.map(node)));
  return item;
}

const time = (text) => (text ?? "").slice(11, 19);

function request(entry) {
  const isBad = entry.status === 0 || entry.status >= 400;
  const status = make("span", `status ${isBad ? "bad" : ""}`, String(entry.status || "dropped"));
  const line = make("div", "line", make("span", "soft mono", time(entry.time)), status,
    make("span", "mono target", `${entry.method} ${entry.target}`), entry.code ? make("span", "soft", entry.code) : null);
  const block = make("div", "entry", line);
  if (entry.reason) block.append(make("div", "soft", entry.reason));
  if (entry.expectedStringToSign) {
    block.append(make("div", "soft", "The string that had to be signed:"), make("pre", "", entry.expectedStringToSign));
  }
  if (entry.received) block.append(make("div", "soft", "What came:"), make("pre", "", entry.received));
  if (entry.signatureQuirk) block.append(make("div", "soft", `Signed in another way: ${entry.signatureQuirk}`));
  if (entry.fault) block.append(make("div", "soft", `Answered by ${entry.fault}`));
  return block;
}

function message(entry) {
  const service = (entry.resource ?? "").split("/").pop();
  const line = make("div", "line", make("span", "soft mono", time(entry.time)), make("span", "name", service),
    make("span", "mono soft target", entry.id));
  return make("div", "entry", line, make("pre", "", JSON.stringify(entry.content, null, 2)));
}

const fault = (entry) => make("div", "entry", make("pre", "", JSON.stringify(entry, null, 2)));

const views = { requests: request, mail: message, sms: message, faults: fault };
const nothing = {
  requests: "Nothing has called yet.",
  mail: "No mail was sent yet.",
  sms: "No SMS was sent yet.",
  faults: "No fault is waiting. Order one: POST /_sandbox/faults {\"status\": 503, \"count\": 1}",
};

function draw() {
  for (const button of document.querySelectorAll("[data-tab]")) {
    button.setAttribute("aria-selected", String(button.dataset.tab === tab));
    at(`n-${button.dataset.tab}`).textContent = lists[button.dataset.tab].length || "";
  }
  const text = tab + JSON.stringify(lists[tab]);
  if (text === shown) return;
  shown = text;
  const entries = lists[tab].map(views[tab]);
  at("panel").replaceChildren(...(entries.length ? entries : [make("div", "empty", nothing[tab])]));
}

async function get(path) {
  const response = await fetch(`/_sandbox/${path}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

let tree = "";
async function refresh() {
  try {
    const resources = await get("resources");
    for (const name of Object.keys(lists)) lists[name] = (await get(name))[name] ?? [];
    const text = JSON.stringify(resources);
    if (text !== tree) at("tree").replaceChildren(make("ul", "", node(resources)));
    tree = text;
    draw();
    at("live").className = "live on";
    at("live").textContent = "live";
  } catch (error) {
    at("live").className = "live off";
    at("live").textContent = "not reachable";
  }
  setTimeout(refresh, 2000);
}

for (const button of document.querySelectorAll("[data-tab]")) {
  button.addEventListener("click", () => { tab = button.dataset.tab; draw(); });
}
refresh();
