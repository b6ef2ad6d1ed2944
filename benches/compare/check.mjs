// Before anything is timed: all engines say the same about many partners on many days.

import { large, varied } from './evidence.mjs';
import { modernWork } from './engines/ours.mjs';

/** The first day of the rules, last days of February, two days in a row. */
const DAYS = ['2022-10-03', '2023-02-28', '2023-11-14', '2023-11-15', '2024-02-29', '2025-03-01'];

// One score has 20 metrics' points, of which most are at zero or at the limit for large partners:
// small ones are where engines could differ.
function* partners(people) {
  for (const size of new Set([20, 60, 500, people])) yield [`large(${size})`, large(size)];
  for (let seed = 1; seed <= 40; seed += 1) {
    const [some, customers] = [seed % 9, 2 + (seed % 8) ** 2];
    yield [`varied(${seed}, ${some}, ${customers})`, varied(seed, some, customers)];
  }
}

/** Every difference, as a sentence; and how much was compared. */
export async function check(assess, others, people) {
  const differences = [];
  let [compared, between, qualified] = [0, 0, 0];
  for (const [name, evidence] of partners(people)) {
    for (const day of DAYS) {
      const ours = modernWork(assess(evidence, day));
      qualified += ours.qualifies ? 1 : 0;
      const right = flat(ours);
      compared += right.size;
      between += [...right].filter(([key, points]) => isBetween(key, points)).length;
      for (const [engine, assessByRules] of Object.entries(others)) {
        const theirs = flat(await assessByRules(evidence, day));
        for (const key of new Set([...right.keys(), ...theirs.keys()])) {
          const [one, other] = [right.get(key), theirs.get(key)];
          if (isSame(one, other)) continue;
          differences.push(`${name} on ${day}: ${key} is ${one}, and ${other} by ${engine}`);
        }
      }
    }
  }
  return { differences, compared, between, qualified };
}

const LIMITS = {
  'net-adds': 20, intermediate: 10, advanced: 15, 'usage-growth': 30, deployments: 25,
};

/** Whether points are neither nothing nor the most there are: there a difference would show. */
function isBetween(key, points) {
  const limit = LIMITS[key.split('.').at(-1)];
  return limit !== undefined && points > 0 && points < limit;
}

/** `{ tracks: { smb: { total: 1 } } }` as `tracks.smb.total` and 1. */
function flat(value, path = '', all = new Map()) {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'object') flat(inner, `${path}${key}.`, all);
    else all.set(path + key, inner);
  }
  return all;
}

// Ours are exact fractions; sums of binary floating point differ from them in the last digits.
const isSame = (one, other) =>
  typeof one === 'number' && typeof other === 'number'
    ? Math.abs(one - other) < 1e-9
    : one === other;
