// Checkout Sessions of Stripe, which localstripe has not: as much of them as one purchase needs. What it
// is asked is kept.

import { createServer } from "node:http";

export async function start() {
  const seen = [];
  const sessions = new Map();
  const answers = new Map();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url, "http://localhost");
    const body = Buffer.concat(chunks).toString();
    const form = new Map(new URLSearchParams(request.method === "GET" ? url.search : body));
    const key = request.headers["idempotency-key"];
    seen.push({ call: `${request.method} ${url.pathname}`, headers: request.headers, form });
    const said = (key && answers.get(key)) || answer(request.method, url.pathname, form);
    if (key) answers.set(key, said);
    response.writeHead(said ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(said || { error: { type: "invalid_request_error" } }));
  });

  function answer(method, path, form) {
    if (method === "POST" && path === "/v1/checkout/sessions") {
      const id = `cs_test_${sessions.size + 1}`;
      sessions.set(id, {
        id,
        object: "checkout.session",
        status: "open",
        payment_status: "unpaid",
        url: `https://checkout.stripe.com/c/pay/${id}`,
        currency: form.get("line_items[0][price_data][currency]"),
        amount_total: Number(form.get("line_items[0][price_data][unit_amount]")),
        payment_intent: null,
        metadata: {
          attempt: form.get("metadata[attempt]"),
          currency: form.get("metadata[currency]"),
        },
      });
      return { ...sessions.get(id) };
    }
    return sessions.get(path.split("/").pop());
  }

  // The buyer enters a card; `intent` is what somebody else says of the payment.
  function pay(id, intent = {}) {
    const session = sessions.get(id);
    Object.assign(session, { status: "complete", payment_status: "paid", url: null });
    const { amount_total: amount_received, currency } = session;
    session.payment_intent = { id: "pi_1", status: "succeeded", currency, ...intent, amount_received };
    return session;
  }

  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  const newest = () => [...sessions.values()].pop();
  return { port, seen, sessions, pay, newest, stop: () => server.close() };
}

// Passes on what it gets, byte for byte, and keeps what is answered.
export async function relay(port, path) {
  const passed = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const header = request.headers["stripe-signature"];
    const told = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      headers: { "stripe-signature": header, "content-type": "application/json" },
      body,
    });
    passed.push({ status: told.status, header, type: JSON.parse(body).type, body });
    response.writeHead(told.status).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, passed, stop: () => server.close() };
}
