// How long the assessment of a large organization takes in Chromium: `npm run bench:preview`.
// Takes the WASM of the worked examples as `cargo xtask test --only vectors` leaves it, or the
// file that is named.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const usual = '../../target/wasm32-unknown-unknown/release/membership_vectors.wasm';
const file = process.argv[2] ?? fileURLToPath(new URL(usual, import.meta.url));
if (!existsSync(file)) {
  console.error(`${file} is not there. Run: cargo xtask test --only vectors`);
  process.exit(2);
}

const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
const args = ['--headless=new', '--no-sandbox', '--disable-gpu'];
const browser = await chromium.launch({ executablePath, args });
try {
  const page = await browser.newPage();
  const measured = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes);
    const times = (assess, at_once) => {
      assess(5 * at_once); // the first rounds are slower: code is still being compiled
      return Array.from({ length: 30 }, () => {
        const start = performance.now();
        assess(at_once);
        return (performance.now() - start) / at_once;
      });
    };
    const { bench, bench_preview, bench_largest, bench_opening } = instance.exports;
    return {
      'full assessment, 500 people': [2, times(bench, 10)],
      'each preview after it': [2, times(bench_preview, 10)],
      'full assessment, 10,000 people': [16, times((count) => bench_largest(count, false), 5)],
      'each preview of them': [16, times((count) => bench_largest(count, true), 5)],
      'the same, put in order first': [undefined, times(bench_opening, 1)],
    };
  }, readFileSync(file).toString('base64'));
  const shown = (time) => `${time.toFixed(2)} ms`;
  for (const [what, [wanted, times]] of Object.entries(measured)) {
    times.sort((one, other) => one - other);
    const median = times[Math.floor(times.length / 2)];
    console.log(`${what} in Chromium ${browser.version()}: median ${shown(median)}, ` +
      `from ${shown(times[0])} to ${shown(times.at(-1))}` +
      (wanted === undefined ? '' : `; ${wanted} ms wanted`));
  }
} finally {
  await browser.close();
}
