// Lighthouse on the pages that people see first: a phone on slow 4G, with an empty cache.
//
// `npm start` takes MEMBERSHIP_SERVER_BIN, MEMBERSHIP_WEB_DIR and CHROMIUM_PATH as the specs do;
// REPORTS=DIR leaves Lighthouse's reports there. The last line is `N passed, N failed`, in figures.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import lighthouse, { generateReport } from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { serve } from './server.mjs';

/** Addresses, and who is signed in there. */
const PAGES = [
  { path: '/sign-in' },
  { path: '/', email: 'mpn-partner-admin@contoso.example' },
  { path: '/preview' },
];
const PASSPHRASE = 'walk the harbor wall';

/** Of so many runs, the median of each figure. */
const RUNS = 3;

const value = (audit) => (report) => report.audits[audit].numericValue;
const score = (category) => (report) => Math.round(report.categories[category].score * 100);

/** What is read off a report, and what it may be; those without limits tell of the causes. */
const FIGURES = [
  { name: 'LCP in ms', of: value('largest-contentful-paint'), most: 1500 },
  { name: 'CLS', of: value('cumulative-layout-shift'), most: 0.02, digits: 3 },
  { name: 'performance', of: score('performance'), least: 95 },
  { name: 'accessibility', of: score('accessibility'), least: 100 },
  { name: 'FCP in ms', of: value('first-contentful-paint') },
  { name: 'blocked in ms', of: value('total-blocking-time') },
  { name: 'bytes', of: value('total-byte-weight') },
];

const isGood = ({ most = Infinity, least = -Infinity }, figure) =>
  figure <= most && figure >= least;

/** One run in a browser of its own; `prepare` changes the document before it is drawn. */
async function report(server, { path, email }, prepare) {
  const browser = await puppeteer.launch({
    executablePath: [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find(
      (file) => file !== undefined && existsSync(file),
    ),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = await browser.newPage();
    if (email !== undefined) await signIn(page, server, email);
    if (prepare !== undefined) await page.evaluateOnNewDocument(prepare);
    // Its defaults are a phone and slow 4G, simulated.
    const flags = { onlyCategories: ['performance', 'accessibility'], logLevel: 'error' };
    let { lhr } = await lighthouse(server + path, flags, undefined, page);
    if (lhr.runtimeError?.code === 'NO_NAVSTART') {
      // The trace missed the beginning, which says nothing of the page: Lighthouse asks for another.
      console.log(`${path}: once more, since the trace has no beginning`);
      ({ lhr } = await lighthouse(server + path, flags, undefined, page));
    }
    if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    await browser.close();
  }
}

/** As somebody who was here before: the app remembers which of its programs was needed. */
async function signIn(page, server, email) {
  await page.goto(`${server}/sign-in`);
  const status = await page.evaluate(
    async (body) => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch('/api/v1/session', { method: 'POST', headers, body })).status;
    },
    JSON.stringify({ email, password: PASSPHRASE }),
  );
  if (status !== 201) throw new Error(`${email} cannot sign in: ${status}`);
  // Lighthouse empties the cache, and leaves cookies and local storage.
  await page.goto(server, { waitUntil: 'networkidle0' });
}

/** No language, and everything moves when it has been drawn: to be found. */
function planted() {
  addEventListener('load', () => {
    document.documentElement.removeAttribute('lang');
    setTimeout(() => document.body.style.setProperty('padding-top', '200px'), 500);
  });
}

function leave(name, lhr) {
  const folder = process.env.REPORTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const form of ['html', 'json']) {
    writeFileSync(join(folder, `${name}.${form}`), generateReport(lhr, form));
  }
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

/** Measures a page and prints its figures; gives whether each with a limit is good. */
async function check(server, page, index) {
  const reports = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const lhr = await report(server, page);
    leave(`page-${index + 1}-run-${run}`, lhr);
    reports.push(lhr);
  }
  console.log(`\n${page.path}${page.email === undefined ? '' : `, ${page.email}`}`);
  const verdicts = [];
  for (const wanted of FIGURES) {
    const figure = median(reports.map(wanted.of));
    let line = `  ${wanted.name.padEnd(14)}${figure.toFixed(wanted.digits ?? 0).padStart(9)}`;
    if (wanted.most !== undefined || wanted.least !== undefined) {
      const limit = wanted.most === undefined ? `${wanted.least} or more` : `${wanted.most} or less`;
      const good = isGood(wanted, figure);
      verdicts.push(good);
      line += `  ${good ? 'good' : 'MISSED'}, wanted ${limit}`;
    }
    console.log(line);
  }
  return verdicts;
}

const { url, end } = await serve();
const verdicts = [];
try {
  const faulty = await report(url, PAGES[0], planted);
  for (const name of ['CLS', 'accessibility']) {
    const wanted = FIGURES.find((figure) => figure.name === name);
    const found = !isGood(wanted, wanted.of(faulty));
    if (!found) console.log(`The fault that was planted for ${name} was not found.`);
    verdicts.push(found);
  }
  for (const [index, page] of PAGES.entries()) {
    verdicts.push(...(await check(url, page, index)));
  }
} finally {
  await end();
}
const passed = verdicts.filter(Boolean).length;
console.log(`\n${passed} passed, ${verdicts.length - passed} failed`);
process.exitCode = passed === verdicts.length ? 0 : 1;
