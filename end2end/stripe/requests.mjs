// Our requests beside those that Stripe's own client makes of the same words, and its types.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = join(
  dirname(fileURLToPath(import.meta.url)),
  "node_modules/stripe/esm/resources/Checkout/Sessions.d.ts",
);

// What Stripe's client would send for the same.
export async function requests(check, theirClient, stripe, { total }) {
  const ours = stripe.seen.find((one) => one.call === "POST /v1/checkout/sessions");
  const said = (name) => ours.form.get(name);
  const attempt = said("client_reference_id");
  await theirClient.checkout.sessions.create(
    {
      mode: "payment",
      allowed_payment_method_types: ["card"],
      adaptive_pricing: { enabled: false },
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: total.currency.toLowerCase(),
            unit_amount: total.amount,
            product_data: { name: said("line_items[0][price_data][product_data][name]") },
          },
        },
      ],
      client_reference_id: attempt,
      metadata: { attempt, currency: total.currency, order: said("metadata[order]") },
      payment_intent_data: {
        description: `Order ${said("metadata[order]")}`,
        metadata: { attempt, order: said("metadata[order]") },
      },
      success_url: said("success_url"),
      cancel_url: said("success_url"),
      expires_at: Number(said("expires_at")),
      locale: "auto",
    },
    { idempotencyKey: attempt },
  );
  const theirs = stripe.seen.findLast((one) => one.call === ours.call);
  const differs = [...new Set([...ours.form.keys(), ...theirs.form.keys()])].filter(
    (name) => ours.form.get(name) !== theirs.form.get(name));
  await check("a session is asked for as Stripe's client does it", () => {
    for (const name of differs) console.log(name, ours.form.get(name), theirs.form.get(name));
    return theirs !== ours && differs.length === 0;
  });
  await check("with its version, its way to sign in, and the attempt as key", () =>
    ["stripe-version", "authorization", "idempotency-key", "content-type"].every(
      (name) => theirs.headers[name] === ours.headers[name]));
  const types = readFileSync(TYPES, "utf8");
  const known = types.split("interface SessionCreateParams {")[1].split("\n    }")[0];
  const has = (name) => new RegExp(`^        ${name}\\?:`, "m").test(known);
  await check("this version has each parameter, and not one that it dropped", () =>
    [...ours.form.keys()].every((name) => has(name.split("[")[0])) && !has("payment_method_types"));
}

// How we asked what became of a session.
export async function reads(check, stripe) {
  const reads = stripe.seen.filter((one) => one.call.startsWith("GET /v1/checkout/sessions/"));
  await check("a session is read with what it is paid with", () =>
    reads.length > 0 && reads.every((one) => one.form.get("expand[0]") === "payment_intent.latest_charge"));
}
