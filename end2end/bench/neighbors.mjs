// What hostile files of some cost the others: p95 of small reads, of a page of a list and of an
// assessment, and the time of a sign-in, while four clients send the worst files known, beside the
// same on a calm server; the size of the answers, and the server's memory. `npm run bench:neighbors`, with MEMBERSHIP_SERVER_BIN a build
// of the profile `server`. Linux: memory is read from /proc.
//
// The readers ask at a fixed pace, so that waiting shows. Each file is sent until SECONDS are over.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.MEMBERSHIP_SERVER_BIN ?? join(root, 'target/server/membership-server');
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
/** Milliseconds between two small reads. */
const PACE = 20;
const PASSPHRASE = 'walk the harbor wall';

const folder = mkdtempSync(join(tmpdir(), 'membership-'));
const options = ['serve', '--demo', '--clock', '2023-11-15T09:00:00Z', '--listen', '127.0.0.1:0'];
const server = spawn(program, [...options, '--database-url', `sqlite:${join(folder, 'demo.sqlite')}`], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise((found, failed) => {
  server.once('exit', (code) => failed(new Error(`The server ended: ${code}`)));
  createInterface({ input: server.stdout }).on('line', (line) => {
    const said = /(http:\/\/\S+?)\/?$/.exec(line);
    if (said) found(said[1]);
  });
});

const json = { 'content-type': 'application/json' };
const csv = { 'content-type': 'text/csv' };

async function signIn(email) {
  const body = JSON.stringify({ email, password: PASSPHRASE });
  const answer = await fetch(`${url}/api/v1/session`, { method: 'POST', body, headers: json });
  if (answer.status !== 201) throw new Error(`sign-in: ${answer.status}`);
  const { organizations } = await answer.json();
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('__Host-session'));
  return { cookie: cookie.split(';')[0], own: `/organizations/${organizations[0].id}` };
}

function memory(field) {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)[1]) / 1024;
}

/** The worst files: all faults, all the same, as large as they may be. */
const MB = 1024 * 1024;
const list = (row, size) => `[${Array(Math.floor(size / (row.length + 1))).fill(row).join(',')}]`;
const person = '{"id":"","name":""}';
const FILES = {
  'import of equal people, 4 MB': ['POST', '/imports/preview', json, `{"people":${list(person, 4 * MB)}}`],
  'evidence of empty people, 7 MB': ['PUT', '/evidence/people', json, list(person, 7 * MB)],
  'evidence of empty people, 16 MB': ['PUT', '/evidence/people', json, list(person, 15.9 * MB)],
  'CSV of equal lines, 32 MB': [
    'POST', '/imports/preview', csv,
    'Certificate,CompletedOn,Email,Name\n' + 'az-104,2023-02-30,a@x.example,Ada Berg\n'.repeat(800_000),
  ],
};

/** What the others read, each on every so many turns of the pace. */
const READS = {
  read: [1, () => '/organizations'],
  list: [5, (own) => `${own}/people?limit=10`],
  assessment: [25, (own) => `${own}/assessments`],
};

const p95 = (times) => times.toSorted((one, other) => one - other)[Math.ceil(times.length * 0.95) - 1];

/** Reads at a pace until `over` says so: the p95 of each kind, and the slowest sign-in. */
async function others(over) {
  const { cookie, own } = await signIn('mpn-partner-admin@tailspin.example');
  const [signIns, open] = [[], []];
  const times = Object.fromEntries(Object.keys(READS).map((name) => [name, []]));
  const timed = async (times, ask) => {
    const start = performance.now();
    // One that fails has waited, too.
    await ask().catch(() => undefined);
    times.push(performance.now() - start);
  };
  const read = async (path) => (await fetch(`${url}/api/v1${path}`, { headers: { cookie } })).text();
  for (let turn = 0; !over(); turn += 1) {
    for (const [name, [every, path]] of Object.entries(READS)) {
      if (turn % every === 0) open.push(timed(times[name], () => read(path(own))));
    }
    if (turn % 50 === 25) open.push(timed(signIns, () => signIn('global-admin@tailspin.example')));
    await new Promise((next) => setTimeout(next, PACE));
  }
  await Promise.all(open);
  const kinds = Object.entries(times).map(([name, of]) => [name, p95(of)]);
  return { ...Object.fromEntries(kinds), signIn: Math.max(...signIns) };
}

/** The p95 of each kind, beside that of the calm server. */
const told = (busy, calm) =>
  Object.keys(READS)
    .map((name) => `${name} ${busy[name].toFixed(1)} ms${calm ? ` (${(busy[name] / calm[name]).toFixed(1)} times)` : ''}`)
    .join(', ');

const until = (seconds) => {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() > end;
};

try {
  const who = ['contoso', 'northwind', 'contoso', 'northwind'];
  const senders = await Promise.all(who.map((one) => signIn(`mpn-partner-admin@${one}.example`)));
  const calm = await others(until(SECONDS / 2));
  console.log(`${'calm'.padEnd(36)} p95 ${told(calm)}, slowest sign-in ${calm.signIn.toFixed(0)} ms, ${memory('VmRSS').toFixed(0)} MB`);
  for (const [name, [method, path, headers, body]] of Object.entries(FILES)) {
    const over = until(SECONDS);
    const ended = new AbortController();
    const answers = [];
    const send = async ({ cookie, own }) => {
      while (!over()) {
        const start = performance.now();
        const tag = (await fetch(`${url}/api/v1${own}/evidence/people`, { headers: { cookie } })).headers.get('etag');
        try {
          const answer = await fetch(`${url}/api/v1${own}${path}`, {
            method, body, signal: ended.signal, headers: { ...headers, cookie, 'if-match': tag ?? '' },
          });
          const size = Buffer.byteLength(await answer.text());
          answers.push([answer.status, size, performance.now() - start]);
          if (answer.status === 429) await new Promise((next) => setTimeout(next, 1000));
        } catch {
          answers.push(['left', 0, performance.now() - start]);
        }
      }
    };
    const sending = senders.map(send);
    const busy = await others(over);
    // A server that is still reading by then is not waited for.
    setTimeout(() => ended.abort(), 2000);
    await Promise.all(sending);
    const statuses = [...new Set(answers.map(([status]) => status))].join(', ');
    const largest = Math.max(0, ...answers.map(([, size]) => size));
    console.log(
      `${name.padEnd(36)} p95 ${told(busy, calm)}, ` +
        `slowest sign-in ${busy.signIn.toFixed(0)} ms, ${answers.length} answers (${statuses}), ` +
        `largest ${(largest / 1024).toFixed(0)} kB, peak ${memory('VmHWM').toFixed(0)} MB`,
    );
  }
} finally {
  server.removeAllListeners('exit');
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
