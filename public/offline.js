// Keeps the pages of a preview for when there is no network. Told {page, files} by boot.js once a
// page is there, this service worker keeps just those. Its scope is all that the host has, because
// the preview's workers need it too; but it only answers for pages of the preview and for files,
// never for the API or the pages and programs of somebody who signed in.

const STORE = "pages";

// A hash in its name says that a file never changes; hosts are told so by crates/headers.
const isFixed = (address) => /-[0-9a-f]{12,16}(_[a-z_]+)?\.\w+$/.test(new URL(address).pathname);

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  const { page, files } = event.data;
  event.waitUntil(keep([page, ...files]));
});

/** Keeps these files, and no others: those of an earlier version go when all of this one are here. */
async function keep(wanted) {
  const store = await caches.open(STORE);
  const known = await store.keys();
  const have = new Set(known.map(({ url }) => url));
  await Promise.all(
    wanted.map(async (address) => {
      if (isFixed(address) && have.has(address)) return;
      const response = await fetch(address, { cache: "no-cache" });
      if (!response.ok) throw new Error(`${address} could not be kept (status ${response.status}).`);
      await store.put(address, response);
    }),
  );
  await Promise.all(known.map(({ url }) => wanted.includes(url) || store.delete(url)));
}

/**
 * What is fixed comes from the store; all else from the network while there is one. Every address
 * of the app is the same page, so the host is asked for that: which person is looked at, or what
 * was searched for, stands in the address and stays here.
 */
async function answer(request) {
  const store = await caches.open(STORE);
  const isPage = request.mode === "navigate";
  const asked = isPage ? registration.scope : request;
  if (isFixed(request.url)) return (await store.match(asked)) ?? whole(request);
  try {
    return await (isPage ? fetch(asked) : whole(request));
  } catch (error) {
    const found = await store.match(asked);
    if (found) return found;
    throw error;
  }
}

/** A file from the network, all of it: a page that is left meanwhile does not break it off. */
async function whole({ url, cache }) {
  const response = await fetch(url, { cache });
  return new Response(await response.blob(), response);
}

/** Whether a request is for a page of the preview, or a file beside the page that it may need. */
function isOurs({ url, method, mode }) {
  const rest = url.startsWith(registration.scope) && url.slice(registration.scope.length);
  if (rest === false || method !== "GET") return false;
  // An icon is a part of its file, which stands behind a #.
  const isFile = /^(?!workspace-|entrance-|operator-)[^/?]+\.\w+(#.*)?$/;
  return mode === "navigate" ? /^preview([/?#]|$)/.test(rest) : isFile.test(rest);
}

addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event.request));
});
