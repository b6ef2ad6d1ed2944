// The pages' programs, and the chunks in which most of a program's pages come: each group of pages
// needs some. index.html lists both (`cargo xtask` writes it), and nothing of another build is ever
// put to a program: all its files have one hash in their names, and each chunk asks for its build.
//
// Leaves in `globalThis.__membership`, before boot.js:
//   programs  where glue and wasm are, by the program's name, and its groups' chunks {glue, wasm,
//             groups: {NAME: [ADDRESS, ...]}}
//   loader    the address of this script, for a worker
//   ahead     fetches what an address needs
//   load      for the program: puts a group's chunks to it; whether that went well
//   fault     why the last chunk that did not come did not: "lost" on the way, "gone" from the
//             host, "other" than a program, "broken", of another "build", or an answer's status

/** A program from what index.html says of it: GLUE WASM GROUP=CHUNK+CHUNK ... */
function program(content) {
  const [glue, wasm, ...groups] = content.split(" ");
  const at = (path) => new URL(path, import.meta.url).href;
  const chunk = (name) => at(glue.replace(/\.js$/, `_${name}.wasm`));
  const needs = groups.map((group) => {
    const [name, chunks] = group.split("=");
    return [name, chunks.split("+").filter(Boolean).map(chunk)];
  });
  return { glue: at(glue), wasm: at(wasm), groups: Object.fromEntries(needs) };
}

// A worker is told of its own program.
const listed = globalThis.document?.querySelectorAll('meta[name="program"]') ?? [];
const programs = Object.fromEntries(
  Array.from(listed, ({ content }) => {
    const [name] = /[a-z]+(?=[^/]*\.js )/.exec(content);
    return [name, program(content)];
  }),
);

// The groups of addresses, as src/routes.rs has them. An address that is missing here costs one
// more way to the host, and nothing else.
const GROUPS = [
  // In a preview what is there is decided by the start.
  [/^(start)?$/, "start"],
  [/^$/, "overview"],
  [/^programs\/./, "program"],
  [/^designations\/./, "area"],
  [/^(programs|designations|specializations)$/, "catalog"],
  [/^evidence\/imports$/, "imports"],
  [/^evidence\/(person|people\/new|customer|customers\/new|usage\/row)$/, "forms"],
  [/^evidence(\/|$)/, "evidence"],
  [/^company(\/|$)/, "company"],
  [/^access$/, "access"],
  [/^users(\/|$)/, "users"],
  [/^tokens$/, "tokens"],
  [/^offers(\/|$)/, "offers"],
  [/^orders(\/|$)/, "orders"],
  [/^(bills|billing)$/, "bills"],
  [/^audit$/, "audit"],
  [/^(account|forgot-password|link)$/, "account"],
  [/^sign-in$/, "sign_in"],
];

/** The chunks that an address needs, below what the app is below. */
function chunksAt(groups, path) {
  // An organization may come first.
  const rest = path.replace(/^\/+/, "").replace(/^\d+(\/|$)/, "");
  const found = GROUPS.find(([address, name]) => address.test(rest) && groups[name]);
  return found ? groups[found[1]] : [];
}

const membership = { programs, loader: import.meta.url, fault: null, ahead, load };
globalThis.__membership = membership;

class Fault extends Error {}

/** One chunk, compiled while it comes. */
async function compile(address, options) {
  const response = await fetch(address, options).catch(() => {
    throw new Fault("lost");
  });
  const { ok, status, headers } = response;
  if (status === 404 || status === 410) throw new Fault("gone");
  if (!ok) throw new Fault(status);
  if (!headers.get("Content-Type")?.startsWith("application/wasm")) throw new Fault("other");
  return WebAssembly.compileStreaming(response).catch((error) => {
    throw new Fault(error instanceof WebAssembly.CompileError ? "broken" : "lost");
  });
}

// By address: compiled, or on the way; and put to the program. What failed is not kept, and is
// fetched past the browser's cache the next time.
const [compiled, joined, failed] = [new Map(), new Map(), new Set()];

function kept(map, address, make) {
  if (!map.has(address)) {
    const made = make();
    map.set(address, made);
    made.catch(() => {
      map.delete(address);
      failed.add(address);
    });
  }
  return map.get(address);
}

const chunk = (address, priority = "auto") =>
  kept(compiled, address, () => {
    const cache = failed.has(address) ? "reload" : "default";
    return compile(address, { cache, priority });
  });

const join = (address, imports) =>
  kept(joined, address, async () => {
    const module = await chunk(address);
    return WebAssembly.instantiate(module, imports).catch(() => {
      compiled.delete(address);
      throw new Fault("build");
    });
  });

function ahead(name, path) {
  chunksAt(programs[name].groups, path).forEach((address) => chunk(address));
}

async function load(name, group, imports) {
  const coming = programs[name].groups[group].map((address) => join(address, imports));
  const done = await Promise.allSettled(coming);
  const lost = done.find(({ status }) => status === "rejected");
  if (lost) membership.fault = lost.reason instanceof Fault ? lost.reason.message : "lost";
  whenIdle(() => rest(name));
  return !lost;
}

// What the page needs comes first. Then the others come, one after the other, so that they open at
// once, and also when the service is away or has a new release.
const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 1_000));
let begun = false;

async function rest(name) {
  if (begun || navigator.connection?.saveData) return;
  begun = true;
  for (const address of Object.values(programs[name].groups).flat()) {
    // Whoever needs it is told, and tries again.
    await chunk(address, "low").catch(() => {});
  }
}
