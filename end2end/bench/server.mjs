// How long the server takes for 10,000 people with 50,000 certificates, and 2,000 customers over 24
// months: to import them, and to list them. `npm run bench:server`, with MEMBERSHIP_SERVER_BIN a
// build of the profile `server`.
//
// It asks over loopback, so a time is the server's and a little more.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.MEMBERSHIP_SERVER_BIN ?? join(root, 'target/server/membership-server');
/** Milliseconds that a page of a list may take, and seconds that an import may. */
const [PAGE, IMPORT] = [50, 10];
const TIMES = 20;

const folder = mkdtempSync(join(tmpdir(), 'membership-'));
const size = ['--people', '10000', '--customers', '2000', '--months', '24', '--seed', '1'];
execFileSync('cargo', ['xtask', 'sample', ...size, folder], { cwd: root, stdio: 'inherit' });

const database = `sqlite:${join(folder, 'demo.sqlite')}`;
const options = ['serve', '--demo', '--clock', '2023-11-15T09:00:00Z', '--listen', '127.0.0.1:0'];
const server = spawn(program, [...options, '--database-url', database], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise((found, failed) => {
  server.once('exit', (code) => failed(new Error(`The server ended: ${code}`)));
  createInterface({ input: server.stdout }).on('line', (line) => {
    const said = /(http:\/\/\S+?)\/?$/.exec(line);
    if (said) found(said[1]);
  });
});

let cookie = '';
/** An answer, its body, and the milliseconds until all of it was here. */
async function ask(method, path, headers = {}, body = undefined) {
  const start = performance.now();
  const answer = await fetch(`${url}/api/v1${path}`, { method, body, headers: { ...headers, cookie } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return { answer, text, took: performance.now() - start };
}

const verdicts = [];
function tell(what, measured, wanted, unit) {
  verdicts.push(measured <= wanted);
  const good = measured <= wanted ? 'good' : 'MISSED';
  console.log(`${what.padEnd(56)}${measured.toFixed(1).padStart(8)} ${unit}  ${good}, wanted ${wanted}`);
}

/** The time below which 19 of 20 answers stay. */
async function p95(path) {
  const times = [];
  for (let time = 0; time < TIMES; time += 1) times.push((await ask('GET', path)).took);
  return times.toSorted((one, other) => one - other)[Math.ceil(TIMES * 0.95) - 1];
}

/** Where a list is in its middle: the cursor there, by way of its largest pages. */
async function middle(path) {
  const sign = path.includes('?') ? '&' : '?';
  let cursor = '';
  for (let page = 0; page < 100; page += 1) {
    const at = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { next } = JSON.parse((await ask('GET', `${path}${sign}limit=200${at}`)).text);
    if (next === undefined || next === null) break;
    cursor = next;
  }
  return `${path}${sign}cursor=${encodeURIComponent(cursor)}`;
}

try {
  const credentials = { email: 'mpn-partner-admin@tailspin.example', password: 'walk the harbor wall' };
  const json = { 'content-type': 'application/json' };
  const signedIn = await ask('POST', '/session', json, JSON.stringify(credentials));
  cookie = signedIn.answer.headers.get('set-cookie').split(';')[0];
  const own = `/organizations/${JSON.parse(signedIn.text).organizations[0].id}`;

  for (const name of ['certificates.csv', 'usage.csv']) {
    const file = readFileSync(join(folder, name));
    const tag = (await ask('GET', `${own}/imports`)).answer.headers.get('etag');
    const headers = { 'content-type': 'text/csv', 'if-match': tag };
    const { text, took } = await ask('POST', `${own}/imports?name=${name}`, headers, file);
    const { added } = JSON.parse(text).counts;
    tell(`import of ${name}, ${added} rows`, took / 1000, IMPORT, 's');
  }

  const first = await ask('GET', `${own}/people`);
  console.log(`${'the first list after an import'.padEnd(56)}${first.took.toFixed(1).padStart(8)} ms`);
  const lists = {
    people: ['', '?search=berg', '?counts=yes&area=modern-work', '?sort=valid&order=desc'],
    certifications: ['', '?search=az-104', '?state=expiring', '?sort=completed_on'],
    customers: ['', '?counts=no', '?sort=rows&order=desc'],
    usage: ['', '?search=teams', '?sort=revenue_cents&order=desc'],
  };
  for (const [list, queries] of Object.entries(lists)) {
    for (const query of queries) {
      const path = `${own}/${list}${query}`;
      tell(`p95 of ${list}${query}`, await p95(path), PAGE, 'ms');
    }
    const path = await middle(`${own}/${list}`);
    tell(`p95 of ${list}, page 100 or the last`, await p95(path), PAGE, 'ms');
  }
} finally {
  server.removeAllListeners('exit');
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
const passed = verdicts.filter(Boolean).length;
console.log(`\n${passed} passed, ${verdicts.length - passed} failed`);
process.exitCode = passed === verdicts.length ? 0 : 1;
