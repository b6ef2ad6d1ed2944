// Runs the worked examples that are compiled to WASM, and prints their report: `node vectors.mjs FILE`.
// With `--bench N`, tells instead how long the assessment of a large organization takes.

import { readFile } from "node:fs/promises";

const [file, option, times] = process.argv.slice(2);
if (!file || (option && (option !== "--bench" || !(Number(times) > 0)))) {
  console.error("usage: node vectors.mjs FILE.wasm [--bench TIMES]");
  process.exit(2);
}

const { instance } = await WebAssembly.instantiate(await readFile(file));
const { memory, report_start, report_length, bench } = instance.exports;

if (option) {
  bench(Number(times)); // the first rounds are slower: code is still being compiled
  const start = performance.now();
  const points = bench(Number(times));
  const each = (performance.now() - start) / Number(times);
  console.log(JSON.stringify({ milliseconds: Number(each.toFixed(3)), points }));
} else {
  const start = report_start();
  const bytes = new Uint8Array(memory.buffer, start, report_length());
  process.stdout.write(Buffer.concat([bytes, Buffer.from("\n")]));
}
