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
    const times = (assess) => {
      assess(50); // the first rounds are slower: code is still being compiled
      return Array.from({ length: 30 }, () => {
        const start = performance.now();
        assess(10);
        return (performance.now() - start) / 10;
      });
    };
    const { bench, bench_preview } = instance.exports;
    return { 'full assessment': times(bench), 'each preview after it': times(bench_preview) };
  }, readFileSync(file).toString('base64'));
  const shown = (time) => `${time.toFixed(2)} ms`;
  for (const [what, times] of Object.entries(measured)) {
    times.sort((one, other) => one - other);
    const median = times[Math.floor(times.length / 2)];
    console.log(`${what} in Chromium ${browser.version()}: median ${shown(median)}, ` +
      `from ${shown(times[0])} to ${shown(times.at(-1))}; 2 ms wanted`);
  }
} finally {
  await browser.close();
}
