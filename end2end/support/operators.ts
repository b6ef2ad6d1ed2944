// The program owner's people, what they import, and an order to be paid.

import type { BrowserContext, Page } from '@playwright/test';
import { code } from './codes';
import { hide } from './left';
import { OWEN, PASSPHRASE } from './people';
import type { Server } from './server';

export interface Operator {
  email: string;
  name: string;
}

export const PETRA: Operator = { email: 'petra@program.example', name: 'Petra Falk' };
export const OTTO: Operator = { email: 'otto@program.example', name: 'Otto Brandt' };

/** Of operators' accounts. */
export const PASSWORD = 'a lighthouse in the fog';

/** The account of the seller to which transfers in pounds go. */
const IBAN = 'GB29NWBK60161331926819';

/** Signs in over the API, as somebody whose name the page need not show. Gives the session. */
export async function enter(
  context: BrowserContext,
  url: string,
  email: string,
  password: string,
): Promise<Session> {
  const session = await signedIn(url, email, password);
  // A secure cookie is only set for such an address, and sent to this host all the same.
  const secure = url.replace('http:', 'https:');
  const cookie = { name: SESSION, value: session.value, url: secure, secure: true, httpOnly: true };
  await context.addCookies([cookie]);
  return session;
}

const SESSION = '__Host-session';

interface Session {
  url: string;
  value: string;
}

async function signedIn(url: string, email: string, password: string): Promise<Session> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const sent = answer.headers.getSetCookie();
  const value = sent.map((one) => /^__Host-session=([^;]+)/.exec(one)?.[1]).find((one) => one);
  if (value === undefined) throw new Error(`${email}: ${await answer.text()}`);
  hide(value);
  hide(password);
  return { url, value };
}

interface Asked {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks the API in a session. */
async function ask<T>({ url, value }: Session, asked: Asked): Promise<T & { tag: string }> {
  const { method, path, body, headers = {} } = asked;
  const sent: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...sent, ...headers, Cookie: `${SESSION}=${value}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
  return { ...(text === '' ? {} : JSON.parse(text)), tag: answer.headers.get('etag') ?? '' };
}

/** An operator at the desk, with two-step sign-in. */
export async function atTheDesk(page: Page, server: Server, who = PETRA): Promise<void> {
  server.operator(who.email, who.name, PASSWORD);
  const session = await enter(page.context(), server.url, who.email, PASSWORD);
  const path = '/api/v1/account/totp';
  const { secret } = await ask<{ secret: string }>(session, { method: 'POST', path, body: {} });
  await ask(session, { method: 'PUT', path, body: { code: code(secret) } });
  await page.goto(`${server.url}/operator`);
}

export interface Order {
  id: string;
  number: string;
  reference: string;
}

/** Northwind buys an Action Pack by bank transfer, for £365.00. */
export async function order(server: Server): Promise<Order> {
  const buyer = await signedIn(server.url, OWEN.email, PASSPHRASE);
  const get = <T>(path: string) => ask<T>(buyer, { method: 'GET', path });
  const { organizations } = await get<{ organizations: { id: string }[] }>('/api/v1/session');
  const own = `/api/v1/organizations/${organizations[0]?.id}`;
  const { tag } = await get(`${own}/billing-profile`);
  await ask(buyer, {
    method: 'PUT',
    path: `${own}/billing-profile`,
    headers: { 'If-Match': tag },
    body: {
      sold_to: { street: '1 Quay Street', city: 'Bristol', postal_code: 'BS1 1AA' },
      email: 'billing@northwind.example',
    },
  });
  type Draft = Order & { total: unknown; quote: { agreement: string } };
  const draft = await ask<Draft>(buyer, {
    method: 'POST',
    path: `${own}/orders`,
    headers: { 'Idempotency-Key': 'begin' },
    body: { offer: 'action-pack', method: 'wire' },
  });
  return ask<Order>(buyer, {
    method: 'POST',
    path: `${own}/orders/${draft.id}/placement`,
    headers: { 'Idempotency-Key': 'place' },
    body: { total: draft.total, agreement: draft.quote.agreement },
  });
}

/** A row of a statement, in pence. */
export interface Row {
  /** The bank's own reference, by which the same row is known again. */
  bank: string;
  amount: number;
  text: string;
  name?: string;
  /** Money that left. */
  out?: boolean;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const pounds = (pence: number) => (pence / 100).toFixed(2);

const money = (pence: number) => {
  const side = pence < 0 ? 'DBIT' : 'CRDT';
  return `<Amt Ccy="GBP">${pounds(Math.abs(pence))}</Amt><CdtDbtInd>${side}</CdtDbtInd>`;
};

function entry({ bank, amount, text, name = 'Northwind Traders Ltd', out = false }: Row, on: string) {
  const paid = money(out ? -amount : amount);
  const role = out ? 'Cdtr' : 'Dbtr';
  return `<Ntry>${paid}<Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt><AcctSvcrRef>${bank}</AcctSvcrRef>
    <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${paid}
    <RltdPties><${role}><Pty><Nm>${escaped(name)}</Nm></Pty></${role}>
    <${role}Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id></${role}Acct></RltdPties>
    <RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
}

/** A statement (camt.053.001.08) as a file: of a day, from a balance on. */
export function statement(number: number, on: string, opening: number, rows: Row[]) {
  const closing = rows.reduce((sum, { amount, out }) => sum + (out ? -amount : amount), opening);
  const balance = (code: string, pence: number) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(pence)}<Dt><Dt>${on}</Dt></Dt></Bal>`;
  const made = `<CreDtTm>${on}T23:59:59+00:00</CreDtTm>`;
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>S${number}</MsgId>${made}</GrpHdr>
<Stmt><Id>S${number}</Id><ElctrncSeqNb>${number}</ElctrncSeqNb>${made}
<Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>GBP</Ccy><Ownr><Nm>Membership Operations Ltd</Nm></Ownr></Acct>
${balance('OPBD', opening)}${balance('CLBD', closing)}
${rows.map((row) => entry(row, on)).join('\n')}
</Stmt></BkToCstmrStmt></Document>
`;
  return { name: `statement-${number}.xml`, mimeType: 'text/xml', buffer: Buffer.from(xml) };
}
