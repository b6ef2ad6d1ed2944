// The program owner's people, what they import, and an order to be paid.

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { code } from './codes';
import { PASSPHRASE } from './people';
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

/** Signs in over the API, as somebody whose name the page need not show. */
export async function enter(
  context: BrowserContext,
  url: string,
  email: string,
  password: string,
): Promise<void> {
  const answer = await context.request.post(`${url}/api/v1/session`, { data: { email, password } });
  const sent = answer.headersArray().map(({ value }) => /^__Host-session=([^;]+)/.exec(value)?.[1]);
  const value = sent.find((found) => found !== undefined);
  if (value === undefined) throw new Error(`${email}: ${await answer.text()}`);
  // A secure cookie is only set for such an address, and sent to this host all the same.
  const secure = url.replace('http:', 'https:');
  await context.addCookies([
    { name: '__Host-session', value, url: secure, secure: true, httpOnly: true },
  ]);
}

interface Asked {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks the API as the page's person. */
async function ask<T>(page: Page, { method, path, body, headers = {} }: Asked): Promise<T> {
  const answer = await page.evaluate(
    async ({ method, path, body, headers }) => {
      const sent = body === undefined ? {} : { 'Content-Type': 'application/json' };
      const response = await fetch(path, {
        method,
        headers: { ...sent, ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { ok: response.ok, tag: response.headers.get('etag'), text: await response.text() };
    },
    { method, path, body, headers },
  );
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.text}`);
  return { ...(answer.text === '' ? {} : JSON.parse(answer.text)), tag: answer.tag } as T;
}

/** An operator at the desk, with two-step sign-in. */
export async function atTheDesk(page: Page, server: Server, who = PETRA): Promise<void> {
  server.operator(who.email, who.name, PASSWORD);
  await enter(page.context(), server.url, who.email, PASSWORD);
  // Any page of this origin does, and this one is no program.
  await page.goto(`${server.url}/config.json`);
  const path = '/api/v1/account/totp';
  const { secret } = await ask<{ secret: string }>(page, { method: 'POST', path, body: {} });
  await ask(page, { method: 'PUT', path, body: { code: code(secret) } });
  await page.goto(`${server.url}/operator`);
}

export interface Order {
  id: string;
  number: string;
  reference: string;
}

/** Northwind buys an Action Pack by bank transfer, for £365.00. */
export async function order(browser: Browser, server: Server): Promise<Order> {
  const context = await browser.newContext();
  await enter(context, server.url, 'global-admin@northwind.example', PASSPHRASE);
  const page = await context.newPage();
  await page.goto(`${server.url}/config.json`);
  const get = <T>(path: string) => ask<T>(page, { method: 'GET', path });
  const session = await get<{ organizations: { id: string }[] }>('/api/v1/session');
  const own = `/api/v1/organizations/${session.organizations[0]?.id}`;
  const { tag } = await get<{ tag: string }>(`${own}/billing-profile`);
  await ask(page, {
    method: 'PUT',
    path: `${own}/billing-profile`,
    headers: { 'If-Match': tag },
    body: {
      sold_to: { street: '1 Quay Street', city: 'Bristol', postal_code: 'BS1 1AA' },
      email: 'billing@northwind.example',
    },
  });
  type Draft = Order & { total: unknown; quote: { agreement: string } };
  const draft = await ask<Draft>(page, {
    method: 'POST',
    path: `${own}/orders`,
    headers: { 'Idempotency-Key': 'begin' },
    body: { offer: 'action-pack', method: 'wire' },
  });
  const placed = await ask<Order>(page, {
    method: 'POST',
    path: `${own}/orders/${draft.id}/placement`,
    headers: { 'Idempotency-Key': 'place' },
    body: { total: draft.total, agreement: draft.quote.agreement },
  });
  await context.close();
  return placed;
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
