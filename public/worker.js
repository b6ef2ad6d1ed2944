// Reads one file away from the page, which so answers at once whatever the file's size; ending this
// worker ends the reading. One message asks:
//
//   {program: {glue, wasm}, catalog, evidence, kept, file, name, settings}
//
// where evidence is an address of the API, or, in a preview without an account, of what is kept in
// this browser's cache of the name `kept` (public/local-worker.js). It
// is answered by any number of {done, total} and then one of {report, refused, used, tag}, {fault}
// (a sentence about the file) or {status} (of an answer of the API that is none; 0 without one).

class NoAnswer extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

async function get(address, kept) {
  if (kept) return (await caches.open(kept)).match(address);
  return fetch(address, { credentials: "include", headers: { Accept: "application/json" } });
}

async function read(address, kept) {
  const response = await get(address, kept);
  if (!response?.ok) throw new NoAnswer(response?.status ?? 0);
  return { text: await response.text(), tag: response.headers.get("ETag") };
}

async function preview({ program, catalog, evidence, kept, file, name, settings }) {
  const [glue, rules, known, bytes] = await Promise.all([
    import(program.glue),
    read(catalog),
    read(evidence, kept),
    file.arrayBuffer(),
  ]);
  await glue.default({ module_or_path: program.wasm });
  const reader = new glue.Reader(rules.text, known.text);
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
    postMessage({ status: error instanceof NoAnswer ? error.status : 0 });
  }
});
