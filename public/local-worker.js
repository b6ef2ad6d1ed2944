// Answers what the pages of a preview ask, as the API would: without a server, in a thread of its
// own, and with evidence that stays in this browser. One message asks:
//
//   {start: {program, loader, catalog, kept, evidence}}          once, first
//   {id, method, path, tag, body}                                body: a text, a file, or nothing
//
// and each question is answered by {id, status, etag, body, packed}, where packed bytes stand in
// place of the body if there are any, or by {id, failed} with a sentence. What
// is known is kept in the browser's cache, where public/worker.js and other tabs find it too.

/** What it takes to start, and, once that went well, what makes a Local of what is kept. */
let needed;
let ready;
let local;

async function start({ program, loader, catalog, kept, evidence }) {
  if (!globalThis.caches) {
    throw new Error(
      "The preview keeps evidence in this browser, which works only over https.",
    );
  }
  // public/chunks.js, as the pages have it: for the part that most visits do without.
  await import(loader);
  globalThis.__membership.programs.local = program;
  const [glue, answer, store] = await Promise.all([
    import(program.glue),
    fetch(catalog),
    caches.open(kept),
  ]);
  if (!answer.ok) throw new Error(`The rules couldn't be loaded (status ${answer.status}).`);
  const rules = await answer.text();
  await glue.default({ module_or_path: program.wasm });
  return { glue, rules, store, evidence, history: new URL("history.json", evidence).href };
}

/** What is known, also when another tab has changed it since. */
async function bringUpToDate({ glue, rules, store, ...at }) {
  const evidence = await store.match(at.evidence);
  if (local && evidence?.headers.get("ETag") === local.tag()) return;
  const history = await store.match(at.history);
  local = new glue.Local(rules, await evidence?.text(), await history?.text());
}

async function keep({ store, ...at }) {
  const kept = local.kept();
  if (!kept) return;
  const headers = { "Content-Type": "application/json", ETag: local.tag() };
  await store.put(at.history, new Response(kept.history, { headers }));
  await store.put(at.evidence, new Response(kept.evidence, { headers }));
}

async function answer({ method, path, tag, body }) {
  // What failed is tried again with the next question.
  ready ??= start(needed).catch((error) => {
    ready = undefined;
    throw error;
  });
  const parts = await ready;
  await bringUpToDate(parts);
  const bytes = new Uint8Array(await new Blob([body ?? ""]).arrayBuffer());
  let said = local.first(method, path, tag, Date.now());
  if (!said) {
    // It throws a sentence.
    await parts.glue.fetch_rest();
    said = local.answer(method, path, tag, bytes, Date.now());
  }
  const { status, etag, text, packed } = said;
  await keep(parts);
  return { status, etag, body: text, packed };
}

addEventListener("message", async ({ data }) => {
  if (data.start) {
    needed = data.start;
    return;
  }
  try {
    // One at a time, in all tabs: none writes over what another has just written.
    const said = await navigator.locks.request("preview", () => answer(data));
    postMessage({ id: data.id, ...said });
  } catch (error) {
    postMessage({ id: data.id, failed: error instanceof Error ? error.message : String(error) });
  }
});
