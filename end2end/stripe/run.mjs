// The server's side of Stripe against parties that nobody here wrote: Stripe's own client for Node.js,
// which signs events and makes requests, and localstripe, which takes payments and tells of them.
//
//     node run.mjs --server target/debug/membership-server --sign target/debug/examples/sign
//         [--localstripe PYTHON]
//
// The last line is `N passed, N failed`. Each check of somebody else's has a fault planted into what it
// looks at, which it must find.

import { spawn, spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Stripe from "stripe";

import * as fake from "./fake.mjs";
import { reads, requests } from "./requests.mjs";
import * as workspace from "./workspace.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const EVENTS = "/api/v1/gateways/stripe/events";
const KEY = "sk_test_planted0key";
const SECRET = "whsec_planted0secret";
const OLD_SECRET = "whsec_planted0before";
const CARD = "4242424242424242";

const { values: options } = parseArgs({
  options: {
    server: { type: "string" },
    sign: { type: "string" },
    localstripe: { type: "string" },
  },
});

const counts = { passed: 0, failed: 0 };

async function check(name, holds) {
  let found = "";
  try {
    if (!(await holds())) found = "it doesn't hold";
  } catch (error) {
    found = error.message;
  }
  counts[found ? "failed" : "passed"] += 1;
  console.log(found ? `FAILED ${name}: ${found}` : `passed ${name}`);
}

const client = (port) =>
  new Stripe(KEY, { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
const webhooks = client(1).webhooks;
const now = () => Math.floor(Date.now() / 1000);

const header = (payload, more = {}) =>
  webhooks.generateTestHeaderString({ payload, secret: SECRET, ...more });

async function told(server, payload, signature) {
  const answer = await fetch(`http://127.0.0.1:${server.port}${EVENTS}`, {
    method: "POST",
    headers: { "stripe-signature": signature, "content-type": "application/json" },
    body: payload,
  });
  return answer.status;
}

const event = (id, object) =>
  JSON.stringify({ id, object: "event", type: `${object.object}.completed`, data: { object } });

async function signatures(server) {
  const payload = event("evt_signed", { object: "checkout.session", id: "cs_unknown", name: "Zoë 🎟" });
  await check("headers of Stripe's client are right here", async () => {
    const old = header(payload, { secret: OLD_SECRET });
    const both = `${header(payload)},${old.split(",")[1]}`;
    const statuses = [header(payload), old, both].map((one) => told(server, payload, one));
    return (await Promise.all(statuses)).every((status) => status === 204);
  });
  await check("forged, old, changed and unsigned events are refused", async () => {
    const refused = [
      [payload, header(payload, { secret: "whsec_other" })],
      [payload, header(payload, { timestamp: now() - 301 })],
      [payload, header(payload, { timestamp: now() + 302 })],
      [payload.replace("cs_unknown", "cs_another"), header(payload)],
      [payload, header(payload).replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
      [payload, ""],
    ].map(([body, signature]) => told(server, body, signature));
    return (await Promise.all(refused)).every((status) => status === 400);
  });
  const ours = (secret, at) => {
    const signed = spawnSync(options.sign, [secret, String(at)], { input: payload, encoding: "utf8" });
    return signed.stdout.trim();
  };
  await check("our headers are right for Stripe's client", () =>
    webhooks.constructEvent(payload, ours(SECRET, now()), SECRET).id === "evt_signed");
  await check("and wrong ones are found by it", () => {
    const wrong = [ours("whsec_other", now()), ours(SECRET, now() - 301), ours(SECRET, now()).slice(0, -1)];
    return wrong.every((signature) => {
      try {
        webhooks.constructEvent(payload, signature, SECRET);
        return false;
      } catch (error) {
        return error instanceof Stripe.errors.StripeSignatureVerificationError;
      }
    });
  });
}

async function purchase(server, stripe) {
  const buyer = await workspace.buyer(server, "northwind");
  const order = await buyer.attempt({ offer: "action-pack" });
  const session = stripe.newest();
  await check("a buyer is sent to Stripe's page", () => order.attempt.redirect === session.url);
  await requests(check, client(stripe.port), stripe, order);
  const charge = { disputed: false, payment_method_details: { card: { last4: CARD, brand: "visa" } } };
  stripe.pay(session.id, { latest_charge: charge });
  const payload = event("evt_paid", { object: "checkout.session", id: session.id, card: CARD });
  await check("an event of Stripe's client fulfills the order, once", async () => {
    const statuses = [];
    for (let times = 0; times < 3; times += 1) statuses.push(await told(server, payload, header(payload)));
    const paid = await buyer.order(order.id);
    return (
      statuses.every((status) => status === 204) &&
      paid.state === "fulfilled" && paid.payments.length === 1 && paid.received === 36_500
    );
  });
  await reads(check, stripe);
}

async function local(server, stripe) {
  const child = spawn(options.localstripe, [join(HERE, "localstripe_here.py")]);
  const port = await new Promise((begun) => child.stdout.once("data", (text) => begun(Number(text))));
  const relay = await fake.relay(server.port, EVENTS);
  try {
    const theirs = client(port);
    const register = (id, secret) =>
      fetch(`http://127.0.0.1:${port}/_config/webhooks/${id}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ url: relay.url, secret, events: ["payment_intent.succeeded"] }),
      });
    await register("ours", SECRET);
    await register("forged", "whsec_other");
    const buyer = await workspace.buyer(server, "northwind");
    const order = await buyer.attempt({ offer: "action-pack" });
    const session = stripe.newest();
    const card = { number: CARD, exp_month: 12, exp_year: 2040, cvc: "123" };
    const method = await theirs.paymentMethods.create({ type: "card", card });
    const { currency, amount_total: amount } = session;
    const intent = await theirs.paymentIntents.create({
      amount,
      currency,
      payment_method: method.id,
      confirm: true,
      metadata: { attempt: session.metadata.attempt },
      expand: ["latest_charge"],
    });
    stripe.pay(session.id, intent);
    for (let tries = 0; relay.passed.length < 2 && tries < 100; tries += 1) {
      await new Promise((later) => setTimeout(later, 50));
    }
    const statuses = relay.passed.map((one) => one.status).sort();
    await check("events of localstripe are right here, and forged ones are not", () =>
      JSON.stringify(statuses) === "[204,400]");
    await check("one about a PaymentIntent of localstripe fulfills the order that it is marked with", async () => {
      const paid = await buyer.order(order.id);
      return intent.status === "succeeded" && paid.state === "fulfilled" && paid.payments.length === 1;
    });
  } finally {
    relay.stop();
    child.kill();
  }
}

// Nothing of these may be in the log or on the disk.
function leaks(server, secrets = [KEY, SECRET, OLD_SECRET, CARD]) {
  const files = readdirSync(server.folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath ?? file.path, file.name), "latin1"));
  const kept = [server.said.log, server.said.out, ...files];
  return secrets.filter((secret) => kept.some((text) => text.includes(secret)));
}

const stripe = await fake.start();
const secrets = {
  MEMBERSHIP_STRIPE_SECRET_KEY: KEY,
  MEMBERSHIP_STRIPE_WEBHOOK_SECRETS: `${SECRET},${OLD_SECRET}`,
};

// With a server of its own, for each of the demo's partners buys once.
async function at(...parts) {
  const url = ["--stripe-url", `http://127.0.0.1:${stripe.port}`];
  const server = await workspace.start(options.server, url, secrets);
  try {
    if (!server.runs) throw new Error(server.said.log);
    for (const part of parts) await part(server, stripe);
    await server.stop();
    await check("no key, secret or card number is in the log or the database", () => {
      const found = leaks(server);
      if (found.length) throw new Error(found.join());
      // What is looked at is what was written.
      return server.said.log.includes("/gateways/") && leaks(server, ["stripe:evt_"]).length === 1;
    });
  } finally {
    await server.stop();
    server.clear();
  }
}

await at(signatures, purchase);
if (options.localstripe) await at(local);
const live = { ...secrets, MEMBERSHIP_STRIPE_SECRET_KEY: "sk_live_planted0key" };
const refused = await workspace.start(options.server, [], live);
await check("a demo does not start with a key that moves money", () =>
  !refused.runs && refused.said.log.includes("this is a demo") && !refused.said.log.includes("planted0"));
refused.clear();
stripe.stop();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
