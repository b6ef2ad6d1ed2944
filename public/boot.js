// Starts the app. An external module, because the policy forbids inline scripts.
//
// There are two programs: the entrance, which is small and holds sign-in, and the workspace. Which
// one is needed is guessed from the last time and then known from GET /api/v1/session, which is
// asked for while the guess is on its way.
//
// Leaves `window.__membership = {api, session, enter, worker, reader}` for them: the address of the
// API without a trailing slash ("" for this origin), the answer to that request, how to get from
// the entrance to an address in the workspace, and what reads files: worker and program.

// Leptos makes elements that never change from text that the compiler wrote. The policy demands
// that somebody vouches for such text: we do, unless there is something in it that could run.
const runs = /<(script|iframe|object|embed|base)\b|<[^>]*(\son\w+\s*=|javascript:)/i;
const WORKER = new URL("worker.js", import.meta.url).href;
window.trustedTypes?.createPolicy("default", {
  createHTML: (html) => (runs.test(html) ? null : html),
  createScriptURL: (address) => (address === WORKER ? address : null),
});

/** Where glue and wasm are, by the program's name. */
const programs = Object.fromEntries(
  Array.from(document.querySelectorAll('meta[name="program"]'), ({ content }) => {
    const [glue, wasm] = content.split(" ").map((path) => new URL(path, import.meta.url).href);
    return [/([a-z]+)[^/]*$/.exec(glue)[1], { glue, wasm }];
  }),
);

/** Shows the panel that index.html holds for this. What the app has drawn stays, to be read. */
function show(reason) {
  const panel = document.getElementById("boot-failure");
  document.getElementById("boot-reason").textContent = reason;
  panel.hidden = false;
  panel.focus();
}

/** The API's address from config.json; a host without that file answers from this origin. */
async function configuredApi() {
  const response = await fetch(new URL("config.json", import.meta.url), { cache: "no-cache" });
  if (!response.ok) return "";
  const config = await response.json().catch(() => {
    throw new Error("config.json is not valid JSON.");
  });
  return typeof config.api === "string" ? config.api.replace(/\/+$/, "") : "";
}

// A browser may refuse to remember; then every guess is the entrance.
const KEY = "program";
function remembered() {
  try {
    return localStorage.getItem(KEY) === "workspace" ? "workspace" : "entrance";
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

/** Asks who is signed in. Gives, once it has asked, `known`: the name of the program for them. */
async function ask() {
  const api = await configuredApi();
  const session = fetch(`${api}/api/v1/session`, {
    credentials: "include",
    headers: { Accept: "application/json" },
  });
  window.__membership = { api, session, enter, worker: WORKER, reader: programs.reader };
  // The program reads a failure too; the entrance tells of it, and tries again.
  const known = session.then(
    ({ status }) => (status === 200 ? "workspace" : "entrance"),
    () => "entrance",
  );
  known.then(remember);
  return { known };
}

/** Both files of a program, ready to be started. */
function load(name) {
  const { glue, wasm } = programs[name];
  const code = fetch(wasm).then((response) => {
    if (response.ok) return response;
    throw new Error(`The program could not be loaded (status ${response.status}).`);
  });
  const both = Promise.all([import(glue), code]);
  // Whoever needs them hears of a failure; nobody may need them.
  both.catch(() => {});
  return both;
}

/** The workspace's files, on their way into the browser's cache while somebody signs in. */
let ahead;
function loadAhead() {
  const { glue, wasm } = programs.workspace;
  const stored = [glue, wasm].map(async (file) => {
    const response = await fetch(file, { priority: "low" });
    return response.arrayBuffer();
  });
  // What fails here is tried again, and told, when it is needed.
  ahead = Promise.allSettled(stored);
}

/** From the entrance to an address in the workspace. */
async function enter(to) {
  remember("workspace");
  await ahead;
  location.replace(to);
}

// How long the answer about the session may keep the entrance waiting.
const PATIENCE = 1_000;

async function start() {
  const guess = remembered();
  const guessed = load(guess);
  const { known } = await ask();
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, guess));
  // The workspace holds sign-in too, so a wrong guess of it costs nothing more.
  const name = guess === "workspace" ? guess : await Promise.race([known, patience]);
  const [glue, wasm] = await (name === guess ? guessed : load(name));
  await glue.default({ module_or_path: wasm });
  if (name === "entrance") loadAhead();
}

// A program that stops half-way leaves a page that no longer answers: say so.
const stopped = (error) => {
  if (error instanceof WebAssembly.RuntimeError) {
    show("It ran into a mistake of ours and stopped. Copy what you typed before you go on.");
  }
};
addEventListener("error", (event) => stopped(event.error));
addEventListener("unhandledrejection", (event) => stopped(event.reason));

const late = setTimeout(
  () => show("It is taking longer than usual. It will appear here when it has arrived."),
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
    show(error instanceof Error ? error.message : "The program could not be loaded.");
  },
);
