// How long each of several engines takes, and a table of it.

const AT_A_TURN = 5;
/** Turns that are not counted: code is still being compiled. */
const WARM_UP = 4;

/**
 * Milliseconds by name, the fastest run first. The engines take turns, so that a busy machine
 * slows all of them; at each turn an engine runs a few times, so that it mostly finds the
 * processor as it left it.
 */
export async function measure(runs, rounds) {
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  const turns = Math.ceil(rounds / AT_A_TURN);
  for (let turn = -WARM_UP; turn < turns; turn += 1) {
    for (const [name, run] of Object.entries(runs)) {
      for (let nth = 0; nth < AT_A_TURN; nth += 1) {
        const start = performance.now();
        await run();
        if (turn >= 0) times[name].push(performance.now() - start);
      }
    }
  }
  for (const all of Object.values(times)) all.sort((one, other) => one - other);
  return times;
}

/** A row for each name, and a column with the ratio to each of `ours`. */
export function table(times, ours) {
  const rows = [['engine', 'median ms', 'fastest', ...ours.map((name) => `times ${name}`)]];
  for (const [name, all] of Object.entries(times)) {
    const ratios = ours.map((of) => (median(all) / median(times[of])).toFixed(1));
    rows.push([name, median(all).toFixed(2), all[0].toFixed(2), ...ratios]);
  }
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const aligned = (cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]));
  return rows.map((row) => row.map(aligned).join('  ')).join('\n');
}

function median(sorted) {
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
