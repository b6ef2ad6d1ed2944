// Starts the app. An external module, because the policy forbids inline scripts.
//
// There are several programs: the entrance, which is small and holds sign-in, and the workspace.
// Which one is needed is guessed from the last time and then known from GET /api/v1/session, which
// is asked for while the guess is on its way.
//
// Below `operator` is the desk of the program owner's people: a program of its own, which nobody
// gets who belongs to an organization. They get the workspace, which has no such page.
//
// Below `preview` there is no account and no API: a third program, with the same pages, asks a
// worker in this browser instead (public/local-worker.js), and a service worker keeps what is
// needed without a network.
//
// Leaves in `window.__membership` for the programs, beside what public/chunks.js has put there:
//   base     the path below which the app is, with a slash at its end
//   home     the path of the host's pages; the same but in a preview
//   api      the address of the API without a trailing slash; "" for this origin, null for none
//   asked    {session, overview}: what was asked of the API and is on its way; the overview of the
//            organization in the address, or nothing where the address is not that of an overview
//   enter    how to get from the entrance to an address in the workspace
//   worker, reader   what reads files: the worker's script, and its program {glue, wasm}
//   local    in a preview, what answers in place of the API: {worker, program, loader, catalog}, and
//            where the evidence is kept: the browser's cache {kept}, the address in it {evidence}

// The only scripts that the page starts by their address. The policy of trusted types lets these
// through and nothing else: no other script, and no text as markup or as a script at all, because
// the app makes its elements one by one (src/ui/mod.rs).
const [WORKER, LOCAL, OFFLINE] = ["worker.js", "local-worker.js", "offline.js"].map(
  (name) => new URL(name, import.meta.url).href,
);
window.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => ([WORKER, LOCAL, OFFLINE].includes(address) ? address : null),
});

const membership = window.__membership;
if (!membership) {
  show("The script that loads it didn't come.");
  throw new Error("chunks.js did not come");
}
const { programs, ahead } = membership;

const home = new URL(document.baseURI).pathname;
const path = location.pathname.slice(home.length);
const isPreview = /^preview(\/|$)/.test(path);
// Pages for whoever is signed out that the entrance does not have.
const isWayBack = /^(link|forgot-password)$/.test(path);
// Also by way of sign-in.
const to = path === "sign-in" && new URLSearchParams(location.search).get("to");
const isDesk = /^operator([/?#]|$)/.test((to || location.pathname).slice(home.length));

/** Shows the panel that index.html holds for this. What the app has drawn stays, to be read. */
function show(reason) {
  const panel = document.getElementById("boot-failure");
  document.getElementById("boot-reason").textContent = reason;
  // An empty address would be that of the start.
  panel.querySelector("a").href = location.href;
  panel.hidden = false;
  panel.focus();
}

/** The API's address from config.json, null for none; without that file it is this origin. */
async function configuredApi() {
  const response = await fetch(new URL("config.json", import.meta.url), { cache: "no-cache" });
  if (!response.ok) return "";
  const config = await response.json().catch(() => {
    throw new Error("config.json is not valid JSON.");
  });
  if (config.api === null) return null;
  return typeof config.api === "string" ? config.api.replace(/\/+$/, "") : "";
}

// A browser may refuse to remember; then every guess is the entrance.
const KEY = "program";
function remembered() {
  const likely = isDesk ? "operator" : "workspace";
  try {
    return localStorage.getItem(KEY) === likely ? likely : "entrance";
  } catch {
    return "entrance";
  }
}
function remember(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // The next guess is the entrance.
  }
}

// The roles that see an overview, as the matrix of roles has them (a test compares).
const SEES = ["global_admin", "mpn_partner_admin"];

/** Asks for the overview, if the address is one's and whoever is signed in may see it. */
async function askOverview(session) {
  const [isOverview, named] = /^(\d+)?\/?$/.exec(path) ?? [];
  const answer = isOverview === undefined ? undefined : await session;
  if (answer?.status !== 200) return undefined;
  const { organizations } = await answer.clone().json();
  // Without a name it is the one that was shown last, which the program knows.
  const asked = ({ partner_id }) => (named ? partner_id === named : organizations.length === 1);
  const own = organizations.find(asked);
  if (own?.second_factor_missing) return undefined;
  if (!own?.roles.some((role) => SEES.includes(role))) return undefined;
  return get(`/organizations/${own.id}/overview`);
}

// A service that has not answered by then is away, as for the programs (src/api/abort.rs).
const AWAY_AFTER = 30_000;

/** A response of the API, once it begins. */
async function get(address) {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), AWAY_AFTER);
  try {
    return await fetch(`${membership.api}/api/v1${address}`, {
      credentials: "include",
      headers: { Accept: "application/json" },
      signal: ending.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The name of the program for whoever is signed in. Operators have no organization. */
async function whose(session) {
  const answer = await session;
  if (answer.status !== 200) return "entrance";
  const { organizations } = await answer.clone().json();
  if (organizations.length > 0) return "workspace";
  if (isDesk) return "operator";
  // At the first address, where sign-in leads: whoever works at the desk is led there.
  if (path || (await get("/operator/summary")).status === 404) return "workspace";
  location.replace(`${home}operator`);
  return new Promise(() => {});
}

/** Asks who is signed in. Gives, once it has asked, `known`: the name of the program for them. */
async function ask() {
  const api = await configuredApi();
  Object.assign(membership, { home, api, enter, worker: WORKER, reader: programs.reader });
  if (isPreview) {
    const catalog = new URL("catalog.json", import.meta.url).href;
    const local = {
      worker: LOCAL,
      program: programs.local,
      loader: membership.loader,
      catalog,
      kept: "preview",
      evidence: new URL("preview/evidence.json", import.meta.url).href,
    };
    Object.assign(membership, { base: `${home}preview/`, local });
    return { known: Promise.resolve("preview") };
  }
  if (api === null) {
    location.replace(`${home}preview`);
    // The page is about to be left: nothing more is started.
    return new Promise(() => {});
  }
  const session = get("/session");
  const overview = askOverview(session);
  // The program reads a failure too, or asks again.
  overview.catch(() => {});
  Object.assign(membership, { base: home, asked: { session, overview } });
  // The entrance tells of a failure, and tries again.
  const known = whose(session).catch(() => "entrance");
  known.then(remember);
  return { known };
}

/** Both files of a program, ready to be started, and on their way what the address needs. */
function load(name) {
  const { glue, wasm } = programs[name];
  if (name === "operator") {
    // Nobody else needs its styles.
    const style = { rel: "stylesheet", href: glue.replace(/js$/, "css") };
    document.head.append(Object.assign(document.createElement("link"), style));
  }
  const code = fetch(wasm).then((response) => {
    if (response.ok) return response;
    throw new Error(`The program couldn't be loaded (status ${response.status}).`);
  });
  const both = Promise.all([import(glue), code]);
  // Whoever needs them hears of a failure; nobody may need them.
  both.catch(() => {});
  ahead(name, isPreview ? path.slice("preview".length) : path);
  return both;
}

/** The workspace's files, on their way into the browser's cache while somebody signs in. */
let stored;
function loadAhead() {
  const { glue, wasm, groups } = programs.workspace;
  const files = [glue, wasm, ...(groups.overview ?? [])].map(async (file) => {
    const response = await fetch(file, { priority: "low" });
    return response.arrayBuffer();
  });
  // What fails here is tried again, and told, when it is needed.
  stored = Promise.allSettled(files);
}

/** From the entrance to an address in the workspace. */
async function enter(to) {
  remember("workspace");
  await stored;
  location.replace(to);
}

// How long the answer about the session may keep the entrance waiting.
const PATIENCE = 1_000;

async function start() {
  const guess = isPreview ? "preview" : isWayBack ? "workspace" : remembered();
  const guessed = load(guess);
  // The worker asks for it as soon as the preview runs: on its way by then.
  if (isPreview) fetch(programs.local.wasm).catch(() => {});
  const { known } = await ask();
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, guess));
  // The workspace holds sign-in too, so a wrong guess of it costs nothing more. The desk is not
  // for everybody: who is signed in is known before it starts.
  const isSure = guess !== "entrance";
  const name = isDesk ? await known : isSure ? guess : await Promise.race([known, patience]);
  const [glue, wasm] = await (name === guess ? guessed : load(name));
  await glue.default({ module_or_path: wasm });
  // What is needed now comes first, and is painted first.
  const later = isPreview ? keepOffline : name === "entrance" && !isDesk ? loadAhead : () => {};
  requestAnimationFrame(() => setTimeout(later));
}

/** Has the service worker keep everything that a preview needs when there is no network. */
async function keepOffline() {
  // Without one (an old browser, or an address without https) a preview needs the network.
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(OFFLINE, { scope: home });
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const { preview, local, reader } = programs;
  const needed = [preview, local, reader].flatMap(({ glue, wasm, groups }) => [
    glue,
    wasm,
    ...Object.values(groups).flat(),
  ]);
  const files = ["config.json", "catalog.json", "icons.svg", "favicon.svg"];
  const named = files.map((name) => new URL(name, import.meta.url).href);
  active.postMessage({
    page: document.baseURI,
    files: [...new Set([...loaded, ...needed, ...named, WORKER, LOCAL, import.meta.url])],
  });
}

// A program that stops half-way leaves a page that no longer answers: say so.
const stopped = (error) => {
  if (error instanceof WebAssembly.RuntimeError) {
    show("It stopped because of an error on our side. Copy what you typed before you continue.");
  }
};
addEventListener("error", (event) => stopped(event.error));
addEventListener("unhandledrejection", (event) => stopped(event.reason));

const late = setTimeout(
  () => show("It's taking longer than usual. It will appear here when it's ready."),
  20_000,
);
start().then(
  () => {
    clearTimeout(late);
    document.getElementById("boot-failure").hidden = true;
  },
  (error) => {
    clearTimeout(late);
    console.error(error);
    show(error instanceof Error ? error.message : "The program couldn't be loaded.");
  },
);
