// Reads one file away from the page, which so answers at once whatever the file's size; ending this
// worker ends the reading. One message asks:
//
//   {program: {glue, wasm}, catalog, evidence, clock, kept, file, name, settings}
//
// where evidence is an address of the API, or, in a preview without an account, of what is kept in
// this browser's cache of the name `kept` (public/local-worker.js); there is no clock then but the
// browser's. It is answered by any number of {done, total} and then one of {report, refused, used,
// tag}, {fault} (a sentence about the file), {status} (of an answer of the API that is none; 0
// without one) or {older} (the program cannot read what the service says).

class NoAnswer extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** The service answers, and this program is gone from it or does not understand it. */
class Older extends Error {}

async function get(address, kept) {
  if (kept) return (await caches.open(kept)).match(address);
  return fetch(address, { credentials: "include", headers: { Accept: "application/json" } });
}

async function read(address, kept) {
  const response = await get(address, kept);
  if (!response?.ok) throw new NoAnswer(response?.status ?? 0);
  return { text: await response.text(), tag: response.headers.get("ETag") };
}

/** The day beyond which nothing has happened. */
async function today(clock) {
  const now = clock ? JSON.parse((await read(clock)).text).now : new Date().toISOString();
  return now.slice(0, 10);
}

async function load({ glue, wasm }) {
  const program = await import(glue);
  await program.default({ module_or_path: wasm });
  return program;
}

async function preview({ program, catalog, evidence, clock, kept, file, name, settings }) {
  const loading = load(program);
  // Told below: whether the service answers is known first.
  loading.catch(() => {});
  const [rules, known, day, bytes] = await Promise.all([
    read(catalog),
    read(evidence, kept),
    today(clock),
    file.arrayBuffer(),
  ]);
  let reader;
  try {
    const { Reader } = await loading;
    reader = new Reader(rules.text, known.text, day, Boolean(kept));
  } catch (cause) {
    throw new Older("the reader does not fit the service", { cause });
  }
  const progress = (done, total) => postMessage({ done, total });
  try {
    const seen = reader.preview(new Uint8Array(bytes), name, settings, progress);
    const { report, refused, used } = seen;
    return { report, refused, used, tag: known.tag };
  } catch (error) {
    // The program throws sentences about the file; whatever else is thrown is a mistake of ours.
    if (typeof error === "string") return { fault: error };
    throw error;
  }
}

addEventListener("message", async ({ data }) => {
  try {
    postMessage(await preview(data));
  } catch (error) {
    if (error instanceof Older) postMessage({ older: true });
    else postMessage({ status: error instanceof NoAnswer ? error.status : 0 });
  }
});
