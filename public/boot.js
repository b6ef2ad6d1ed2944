// Starts the app. An external module, because the policy forbids inline scripts.
//
// Leaves `window.__membership = {api, session}` for the app: the address of the API without a
// trailing slash ("" for this origin), and the answer to GET /api/v1/session, asked for while the
// program is still on its way.

// Leptos makes elements that never change from text that the compiler wrote. The policy demands
// that somebody vouches for such text: we do, unless there is something in it that could run.
const runs = /<(script|iframe|object|embed|base)\b|<[^>]*(\son\w+\s*=|javascript:)/i;
window.trustedTypes?.createPolicy("default", {
  createHTML: (html) => (runs.test(html) ? null : html),
});

const address = (id) => document.getElementById(id).href;

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

async function program() {
  const response = await fetch(address("boot-wasm"));
  if (!response.ok) throw new Error(`The program could not be loaded (status ${response.status}).`);
  return response;
}

async function start() {
  const asked = configuredApi().then((api) => {
    const session = fetch(`${api}/api/v1/session`, {
      credentials: "include",
      headers: { Accept: "application/json" },
    });
    // The app reads the failure too; without this the browser would report it as unhandled.
    session.catch(() => {});
    window.__membership = { api, session };
  });
  const [glue, wasm] = await Promise.all([import(address("boot-glue")), program(), asked]);
  await glue.default({ module_or_path: wasm });
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
