// The server under test, and a buyer.

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A demo that is started with these options; its log is kept whole.
export async function start(program, options, environment) {
  const folder = mkdtempSync(join(tmpdir(), "membership-stripe-"));
  const database = join(folder, "demo.sqlite");
  const base = ["serve", "--demo", "--listen", "127.0.0.1:0", "--database-url", `sqlite:${database}`];
  const child = spawn(program, [...base, ...options], {
    env: { ...process.env, RUST_LOG: "trace,sqlx=info", ...environment },
  });
  const said = { out: "", log: "" };
  child.stdout.on("data", (text) => (said.out += text));
  child.stderr.on("data", (text) => (said.log += text));
  const ended = new Promise((end) => child.on("close", end));
  const stop = async () => {
    child.kill("SIGTERM");
    const code = await ended;
    return code;
  };
  const clear = () => rmSync(folder, { recursive: true, force: true });
  const began = async () => {
    while (!/password: \S/.test(said.out)) {
      await new Promise((later) => setTimeout(later, 50));
    }
    return true;
  };
  const runs = await Promise.race([began(), ended.then(() => false)]);
  const port = Number(/localhost:(\d+)/.exec(said.out)?.[1]);
  const password = /password: (.+)/.exec(said.out)?.[1];
  return { runs, port, password, said, stop, clear, folder };
}

// Somebody who buys for one of the demo's organizations.
export async function buyer({ port, password }, organization) {
  let cookie = "";
  const ask = async (method, path, body, headers = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: { cookie, ...(body ? { "content-type": "application/json" } : {}), ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return { answer, json: text ? JSON.parse(text) : null };
  };
  const email = `global-admin@${organization}.example`;
  const { answer, json: session } = await ask("POST", "/session", { email, password });
  cookie = answer.headers.get("set-cookie").split(";")[0];
  const id = session.organizations[0].id;
  const here = `/organizations/${id}`;
  const known = await ask("GET", `${here}/billing-profile`);
  const address = { street: "Lindenstraße 5", city: "Berlin", postal_code: "10969" };
  const profile = { sold_to: address, email: `billing@${organization}.example` };
  await ask("PUT", `${here}/billing-profile`, profile, {
    "if-match": known.answer.headers.get("etag"),
  });
  const post = async (path, body) =>
    (await ask("POST", path, body, { "idempotency-key": randomUUID() })).json;
  return {
    // Places an order and begins to pay it.
    async attempt(answers) {
      const draft = await post(`${here}/orders`, { ...answers, method: "card" });
      const total = { total: draft.total, agreement: draft.quote.agreement };
      const order = await post(`${here}/orders/${draft.id}/placement`, total);
      return post(`${here}/orders/${order.id}/attempts`);
    },
    async order(id) {
      return (await ask("GET", `${here}/orders/${id}`)).json;
    },
  };
}
