// Modern Work for json-rules-engine: points, totals, who qualifies and which track counts. What
// was counted comes as facts, from json-rules-facts.mjs or by the rules of json-rules-items.mjs.

/** Some points for so many of what a fact counts, up to a limit. */
const points = (track, metric, fact, earned, per, max) => ({
  name: `${track}/${metric} from ${fact}`,
  priority: 3,
  conditions: { all: [{ fact, operator: 'greaterThan', value: 0 }] },
  event: { type: 'points', params: { track, metric, value: { fact }, earned, per, max } },
});

const METRICS = ['net-adds', 'intermediate', 'advanced', 'usage-growth', 'deployments'];

const qualifies = (track) => ({
  name: `${track} qualifies`,
  priority: 2,
  conditions: {
    all: [
      { fact: 'total', params: { track }, operator: 'greaterThanInclusive', value: 70 },
      ...METRICS.map((metric) => ({
        fact: 'points', params: { track, metric }, operator: 'greaterThan', value: 0,
      })),
    ],
  },
  event: { type: 'qualifies', params: { track } },
});

// What qualifies comes before what does not, and then the higher total.
const smbCounts = {
  name: 'small and medium business counts',
  priority: 1,
  conditions: {
    all: [{
      fact: 'rank', params: { track: 'smb' }, operator: 'greaterThan',
      value: { fact: 'rank', params: { track: 'enterprise' } },
    }],
  },
  event: { type: 'counts', params: { track: 'smb' } },
};

export const RULES = [
  points('enterprise', 'net-adds', 'enterprise/net-adds/cpor', 4, 1, 20),
  points('enterprise', 'net-adds', 'enterprise/net-adds/dpor', 4, 1, 20),
  points('enterprise', 'intermediate', 'intermediate', 10, 4, 10),
  points('enterprise', 'advanced', 'advanced', 15, 2, 15),
  points('enterprise', 'usage-growth', 'enterprise/usage-growth/cpor', 30, 1000, 30),
  points('enterprise', 'usage-growth', 'enterprise/usage-growth/dpor', 30, 4000, 30),
  points('enterprise', 'deployments', 'enterprise/deployments/cpor', 25, 5, 25),
  points('enterprise', 'deployments', 'enterprise/deployments/dpor', 25, 10, 25),
  qualifies('enterprise'),
  points('smb', 'net-adds', 'smb/net-adds/cpor', 2, 1, 20),
  points('smb', 'net-adds', 'smb/net-adds/csp', 2, 1, 20),
  points('smb', 'intermediate', 'intermediate', 10, 2, 10),
  points('smb', 'advanced', 'advanced', 15, 1, 15),
  points('smb', 'usage-growth', 'smb/usage-growth/cpor', 30, 500, 30),
  points('smb', 'usage-growth', 'smb/usage-growth/csp', 30, 2000, 30),
  points('smb', 'deployments', 'smb/deployments/cpor', 25, 5, 25),
  points('smb', 'deployments', 'smb/deployments/csp', 25, 10, 25),
  qualifies('smb'),
  smbCounts,
];
