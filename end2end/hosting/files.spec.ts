// What the hosts send with each file, and for what is none.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NORTHWIND, PASSPHRASE } from '../support/people';
import { FILES, FOLDER } from './host';
import { ask, expect, test } from './test';

const IMMUTABLE = 'public, max-age=31536000, immutable';

const TYPES: Record<string, RegExp> = {
  css: /^text\/css\b/,
  html: /^text\/html\b/,
  js: /^text\/javascript\b/,
  json: /^application\/json\b/,
  svg: /^image\/svg\+xml\b/,
  wasm: /^application\/wasm$/,
  webmanifest: /^application\/manifest\+json$/,
};

/** What the server sends with everything, and so the hosts have to send too. */
const SECURITY = [
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
];

test('every file is there, of its type, and kept for as long as its name allows', async ({
  host,
}) => {
  const kept = { forever: 0, asked: 0 };
  for (const name of FILES) {
    const { status, header, body } = await ask(host.pages + name);
    expect(status, name).toBe(200);
    expect(header('content-encoding'), name).toBe('');
    expect(body.equals(readFileSync(join(FOLDER, name))), name).toBe(true);
    expect(header('content-type'), name).toMatch(TYPES[name.split('.').at(-1) ?? ''] ?? /never/);
    const hashed = /-[0-9a-f]{12,16}[_.]/.test(name);
    expect(header('cache-control'), name).toBe(hashed ? IMMUTABLE : 'no-cache');
    kept[hashed ? 'forever' : 'asked'] += 1;
  }
  expect(kept.forever).toBeGreaterThan(8);
  expect(kept.asked).toBeGreaterThan(4);
});

test('files travel compressed', async ({ host, kind }) => {
  // Debian's nginx knows gzip alone.
  const best = kind === 'nginx' ? ['gzip', 'gz'] : ['br', 'br'];
  const [encoding, ending] = best as [string, string];
  const compressed = FILES.filter((name) => existsSync(join(FOLDER, `${name}.${ending}`)));
  expect(compressed.some((name) => name.endsWith('.wasm'))).toBe(true);
  for (const name of compressed) {
    const { header, body } = await ask(host.pages + name, { 'accept-encoding': 'gzip, br' });
    expect(header('content-encoding'), name).toBe(encoding);
    expect(header('vary'), name).toMatch(/accept-encoding/i);
    expect(header('content-type'), name).toMatch(TYPES[name.split('.').at(-1) ?? ''] ?? /never/);
    expect(body.equals(readFileSync(join(FOLDER, `${name}.${ending}`))), name).toBe(true);
  }
});

test('an address of the app is the page', async ({ host }) => {
  const page = readFileSync(join(FOLDER, 'index.html'));
  const addresses = ['', 'programs/azure-expert-msp', 'a/b/?day=2023-12-13', '_headers'];
  // Of organizations, one with and one without its slash.
  addresses.push('4200001', '4200001/', '4200001/designations/modern-work?track=enterprise');
  for (const path of addresses) {
    const { status, header, body } = await ask(host.pages + path);
    expect([status, header('cache-control')], path).toEqual([200, 'no-cache']);
    expect(header('content-type'), path).toMatch(/^text\/html\b/);
    expect(body.equals(page), path).toBe(true);
  }
  // A folder without its slash leads to the folder; the root has no such address.
  if (new URL(host.pages).pathname !== '/') {
    const bare = await ask(host.pages.replace(/\/$/, ''));
    expect(bare.status).toBe(308);
    expect(new URL(bare.header('location'), host.pages).href).toBe(host.pages);
  }
});

test('a file that is not there is not the page, and nobody keeps that', async ({ host }) => {
  for (const name of ['none-123.js', 'none-0123456789abcdef.js', 'programs/none.css']) {
    const { status, header, body } = await ask(host.pages + name);
    expect(status, name).toBe(404);
    expect(header('cache-control'), name).not.toContain('immutable');
    expect(header('x-content-type-options'), name).toBe('nosniff');
    expect(String(body), name).not.toContain('<base');
  }
});

test('the security headers are those of the server, and the policy names the API', async ({
  api,
  host,
}) => {
  const ours = await ask(`${api.url}/healthz`);
  const connect = "connect-src 'self'";
  const expected = SECURITY.map((name) =>
    ours.header(name).replace(connect, `${connect} ${api.url}`),
  );
  expect(expected[0]).toContain(`${connect} ${api.url};`);
  expect(expected).not.toContain('');
  for (const name of ['', 'worker.js', ...FILES]) {
    const { header } = await ask(host.pages + name);
    expect(SECURITY.map(header), name).toEqual(expected);
  }
});

test('without TLS nobody is told to insist on it', async ({ host }) => {
  const { header } = await ask(host.pages);
  expect(header('strict-transport-security')).toBe('');
});

test('the catalog beside the pages is the one of the API', async ({ api, host }) => {
  const signedIn = await fetch(`${api.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: NORTHWIND.email, password: PASSPHRASE }),
  });
  expect(signedIn.status).toBe(201);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const served = await ask(`${api.url}/api/v1/catalog`, { cookie });
  const beside = await ask(`${host.pages}catalog.json`);
  expect([served.status, beside.status]).toEqual([200, 200]);
  expect(beside.body.equals(served.body)).toBe(true);
});
