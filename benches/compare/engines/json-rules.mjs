// json-rules-engine, in the two ways that its users have: see the rules.

import { Engine } from 'json-rules-engine';
import { facts } from '../facts.mjs';
import { COUNTED } from '../rules/json-rules-facts.mjs';
import { CERTIFICATE_RULES, LINE_RULES } from '../rules/json-rules-items.mjs';
import { RULES } from '../rules/json-rules-score.mjs';

const METRICS = ['net-adds', 'intermediate', 'advanced', 'usage-growth', 'deployments'];

/** The score's rules, with what they say about points kept for the rules that run after them. */
function scoreEngine() {
  const engine = new Engine(RULES, { replaceFactsInEventParams: true });
  const total = (earned) => METRICS.reduce((sum, metric) => sum + earned[metric], 0);
  const fact = (name, take) => engine.addFact(name, async ({ track, metric }, almanac) =>
    take((await almanac.factValue('earned'))[track], metric));
  fact('points', (earned, metric) => earned[metric]);
  fact('total', total);
  fact('rank', (earned) => total(earned) + (earned.qualifies ? 1000 : 0));
  engine.on('points', async ({ track, metric, value, earned, per, max }, almanac) => {
    const known = (await almanac.factValue('earned'))[track];
    // Of several ways to earn a metric's points, the best one counts.
    known[metric] = Math.max(known[metric], Math.min(max, (value * earned) / per));
  });
  engine.on('qualifies', async ({ track }, almanac) => {
    (await almanac.factValue('earned'))[track].qualifies = true;
  });
  return async (counted) => {
    const nothing = () => Object.fromEntries(METRICS.map((metric) => [metric, 0]));
    const earned = { enterprise: nothing(), smb: nothing() };
    const { events } = await engine.run({ ...counted, earned });
    const track = events.some(({ type }) => type === 'counts') ? 'smb' : 'enterprise';
    const { qualifies = false } = earned[track];
    for (const one of Object.values(earned)) {
      one.total = total(one);
      delete one.qualifies;
    }
    return { track, qualifies, total: earned[track].total, tracks: earned };
  };
}

/** People and customers counted in JavaScript, as dynamic facts. */
export function counting() {
  const score = scoreEngine();
  return async (evidence, day) => {
    const known = facts(evidence, day);
    const counted = Object.entries(COUNTED).map(([name, count]) => [name, () => count(known)]);
    return score(Object.fromEntries(counted));
  };
}

/** Each certificate and each line of usage by rules. */
export function everyItem() {
  const score = scoreEngine();
  const certificates = new Engine(CERTIFICATE_RULES);
  const lines = new Engine(LINE_RULES);
  return async (evidence, day) => {
    const known = facts(evidence, day);
    const counted = Object.fromEntries(Object.keys(COUNTED).map((name) => [name, 0]));
    await countPeople(certificates, known, counted);
    await countTenants(lines, known, counted);
    return score(counted);
  };
}

async function countPeople(engine, { people, day }, counted) {
  for (const { certificates, linkedOn, leftOn } of people) {
    const metrics = new Set(); // a person counts once, however many certificates they hold
    for (const held of certificates) {
      const { events } = await engine.run({ ...held, linkedOn, leftOn, day });
      for (const { type } of events) metrics.add(type);
    }
    for (const metric of metrics) counted[metric] += 1;
  }
}

async function countTenants(engine, { tenants, yearAgoEnd }, counted) {
  for (const tenant of tenants) {
    for (const [connection, lines] of Object.entries(tenant)) {
      const passed = { now: new Set(), before: new Set() };
      let grown = 0;
      for (const line of lines) {
        const { events } = await engine.run({ ...line, connection, yearAgoEnd });
        for (const { type, params } of events) {
          if (type === 'passes') passed[params.when].add(`${params.track}/${params.metric}`);
        }
        const fromClaim = events.some(({ type }) => type === 'compared with the claim');
        grown += line.users - (fromClaim ? line.usersAtClaim : line.usersYearAgo);
      }
      for (const name of passed.now) {
        counted[`${name}/${connection}`] += name.endsWith('/usage-growth') ? grown : 1;
      }
      for (const name of passed.before) counted[`${name}/${connection}`] -= 1;
    }
  }
}
