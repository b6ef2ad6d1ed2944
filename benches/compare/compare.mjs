// Modern Work by our engine, by json-rules-engine and by zen-engine, side by side: see README.md.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from './check.mjs';
import { counting, everyItem } from './engines/json-rules.mjs';
import { SCORE, load } from './engines/ours.mjs';
import { graph } from './engines/zen.mjs';
import { large } from './evidence.mjs';
import { facts, value } from './facts.mjs';
import { measure, table } from './timing.mjs';

const USAGE = 'usage: node compare.mjs WASM_DIR [--people N] [--rounds N]';
const DAY = '2023-11-15';
const [ALONE, ALL] = ['ours, this score alone', 'ours, all scores and programs'];

const { folder, people, rounds } = options();
const wasm = join(folder, 'membership_vectors.wasm');
if (!existsSync(wasm)) refuse(`${wasm} is not there. Run: cargo xtask test --only vectors`);
const ours = await load(wasm);
const others = {
  'json-rules-engine, every rule in it': everyItem(),
  'json-rules-engine, counting in JavaScript': counting(),
  'zen-engine, every rule in it': graph(),
};

await checkResults();
const runs = everyRun();
console.log(`${people} people, ${Math.floor(people / 5)} customers, on ${DAY}:\n`);
console.log(table(await measure(runs, rounds), [ALONE, ALL]));

/** Ends the program where the engines differ. */
async function checkResults() {
  const { differences, compared, between, qualified } = await check(ours.assess, others, people);
  const same = (what, one, other) => {
    if (one !== other) differences.push(`${what}: ${one} points when timed, and ${other} else`);
  };
  const { scores } = ours.assess(large(people), DAY);
  same(ALONE, ours.benchGiven(DAY, true), points(scores.filter((one) => one.score === SCORE)));
  same(ALL, ours.benchGiven(DAY, false), points(scores));
  if (differences.length > 0) {
    console.error(differences.slice(0, 40).join('\n'));
    console.error(`Differences: ${differences.length}. Nothing is timed.`);
    process.exit(1);
  }
  console.log(`The same results: ${compared} values compared, of which ${between} are points ` +
    `between nothing and the limit; ${qualified} times qualified.`);
}

/** The number that our benchmarks give: all points together, rounded down. */
function points(scores) {
  return Math.floor(scores.reduce((sum, { total }) => sum + value(total), 0));
}

function everyRun() {
  const evidence = large(people);
  const runs = { '(of each of them: preparing the facts)': () => facts(evidence, DAY) };
  for (const [name, run] of Object.entries(others)) runs[name] = () => run(evidence, DAY);
  ours.give(evidence);
  runs[ALONE] = () => ours.benchGiven(DAY, true);
  runs[ALL] = () => ours.benchGiven(DAY, false);
  return runs;
}

function options() {
  const option = (value) => ({ type: 'string', default: value });
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        people: option('500'),
        rounds: option('100'),
      },
    });
    const [people, rounds] = [Number(values.people), Number(values.rounds)];
    const whole = (value) => Number.isInteger(value) && value > 0;
    if (positionals.length === 1 && whole(people) && whole(rounds)) {
      return { folder: positionals[0], people, rounds };
    }
  } catch (error) {
    console.error(error.message);
  }
  return refuse(USAGE);
}

function refuse(reason) {
  console.error(reason);
  process.exit(2);
}
