// Evidence made by rule: the organization of the benchmark, number for number as
// crates/vectors/src/large.rs makes it, and small ones full of corner cases for the check.

const LARGE_DAY = '2023-11-15';
const CERTIFICATES = [
  'az-104', 'az-305', 'dp-203', 'dp-300', 'ai-102', 'pl-300', 'az-204', 'az-400', 'az-500',
  'az-700', 'az-800-801', 'az-140', 'az-120', 'dp-100', 'dp-420', 'sc-100', 'sc-200', 'sc-300',
  'sc-400', 'ms-500', 'ms-102', 'ms-700', 'ms-900', 'md-102', 'ms-203', 'ms-721', 'mb-210',
  'mb-230', 'mb-240', 'mb-260', 'mb-310', 'mb-330', 'mb-335', 'mb-500', 'mb-700', 'mb-800',
  'pl-200', 'pl-400', 'pl-500', 'pl-600',
];
const WORKLOADS = [
  ['storage', 'pal'], ['teams', 'cpor_usage'], ['business-central', 'cpor_usage'],
  ['sql-database', 'csp_tier1'], ['exchange', 'dpor'], ['power-bi', 'pal'], ['key-vault', 'pal'],
  ['intune', 'cpor_usage'], ['functions', 'pal'], ['sharepoint', 'csp_tier2'],
  ['sentinel', 'pal'], ['app-service', 'dpor'], ['power-apps', 'pal'],
  ['virtual-machines', 'csp_tier2'], ['defender-for-endpoint', 'cpor_usage'],
  ['cosmos-db', 'pal'],
];

/** The same generator as in Rust: 64 bits that wrap around, so BigInt. */
function generator(seed) {
  let state = BigInt(seed);
  return (limit) => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return Number((state >> 33n) % BigInt(limit));
  };
}

const plusDays = (day, days) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const monthsBefore = (month, count) => {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
};

const company = () => ({
  profile: { name: 'Contoso', joined_on: '2020-01-01', verification: 'accepted' },
  people: [], customers: [], usage: [],
});

/** Four certificates a person, and a customer for every five people. 500 is what Rust makes. */
export function large(count) {
  const below = generator(20_231_115);
  const evidence = company();
  for (let number = 0; number < count; number += 1) {
    const certificates = [0, 1, 2, 3].map((nth) => ({
      certificate: CERTIFICATES[(number * 7 + nth * 11 + below(3)) % 40],
      completed_on: plusDays(LARGE_DAY, -below(500)),
    }));
    const person = {
      id: `person-${String(number).padStart(3, '0')}`,
      name: `Person ${number}`,
      email: `person${number}@contoso.example`,
      certificates,
    };
    if (below(10) > 0) person.linked_on = '2022-01-10';
    evidence.people.push(person);
  }
  for (let number = 0; number < Math.floor(count / 5); number += 1) {
    const id = `customer-${String(number).padStart(3, '0')}`;
    const associations = [];
    for (let nth = 0; nth < 3; nth += 1) {
      const [workload, kind] = WORKLOADS[(number * 3 + nth * 5) % 16];
      const since = plusDays(LARGE_DAY, -below(900));
      associations.push({ kind, workload, since, active_percent: String(below(60)) });
      const seats = 10 + below(500);
      for (let back = 24; back >= 0; back -= 1) {
        const grown = 100 + 2 * (25 - back);
        evidence.usage.push({
          customer: id, workload, association: kind, month: monthsBefore('2023-10', back),
          revenue_cents: 1000 * grown + below(100_000),
          users: Math.floor((seats * grown) / 200),
          seats,
          active: Math.floor((seats * below(100)) / 100),
        });
      }
    }
    evidence.customers.push({ id, name: `Customer ${number}`, associations });
  }
  return evidence;
}

/** Days of the check, and last days of the months that a year before them ends with. */
const TURNS = [
  '2022-10-03', '2023-02-28', '2023-11-14', '2023-11-15', '2024-02-29',
  '2022-01-31', '2022-10-31', '2023-01-31', '2023-02-01',
];

/** A small partner, near every limit of the rules: whatever Modern Work tells apart is in it. */
export function varied(seed, people, customers) {
  const below = generator(seed);
  const one = (list) => list[below(list.length)];
  const maybe = (chances, make) => (below(100) < chances ? make() : undefined);
  const day = () => maybe(40, () => one(TURNS)) ?? plusDays('2022-03-01', below(760));
  const evidence = company();
  const wanted = ['ms-900', 'ms-700', 'ms-102', 'teams-meetings-assessment', 'sc-300', 'az-104'];
  for (let number = 0; number < people; number += 1) {
    const linked = maybe(80, day);
    const held = () => {
      const completed = one(['2022-11-15', '2022-11-14', day(), day()]);
      const expires = maybe(25, () => plusDays(completed, below(400)));
      return { certificate: one(wanted), completed_on: completed, expires_on: expires };
    };
    evidence.people.push({
      id: `p${number}`, name: `Person ${number}`, linked_on: linked,
      left_on: linked && maybe(30, () => [day()].find((left) => left > linked)),
      certificates: Array.from({ length: 1 + below(3) }, held),
    });
  }
  const kinds = [
    'cpor_usage', 'cpor_usage', 'cpor_usage', 'csp_tier1', 'csp_tier2', 'dpor', 'cpor_advisor',
  ];
  const workloads = ['teams', 'exchange', 'viva-topics', 'intune', 'storage'];
  const claim = () => ({
    kind: one(kinds),
    workload: maybe(50, () => one(workloads)),
    since: day(),
    active_percent: maybe(80, () => one(['39', '40', '81/2', '40.01', '120/3', '12'])),
  });
  for (let number = 0; number < customers; number += 1) {
    const id = `c${number}`;
    const associations = Array.from({ length: below(4) }, claim);
    // Another one of the same day: which of them is the first must not be left to chance.
    const twins = associations.filter(() => below(100) < 40)
      .map(({ since, workload }) => ({ ...claim(), since, workload }));
    associations.push(...twins);
    evidence.customers.push({ id, name: `Customer ${number}`, associations });
    for (let lines = below(4); lines >= 0; lines -= 1) {
      const row = {
        customer: id, workload: one(workloads), association: one(kinds),
        tenant: maybe(15, () => `t${below(4)}`), subscription: maybe(30, () => `s${below(2)}`),
      };
      const size = one([8, 10, 11, 20, 60, 299, 300, 301, 420]);
      const months = 1 + below(60); // many begin within the last year, so that there is growth
      for (let back = 0; back < Math.min(months, 38); back += 1) {
        if (below(100) < 15) continue;
        const seats = size + below(4) - 1;
        const active = Math.min(seats, Math.round(seats * 0.4) + below(7) - 3);
        const users = Math.floor((size * (60 - back + below(20))) / 50);
        const month = monthsBefore('2024-02', back);
        evidence.usage.push({ ...row, month, seats, active: Math.max(0, active), users });
        // The same usage once more, through another association.
        if (below(100) < 15) {
          const association = one(kinds);
          const other = { association, seats: seats + below(3) - 1, active: 2, users: users + 1 };
          evidence.usage.push({ ...row, ...other, month });
        }
      }
    }
  }
  evidence.usage = firstOfEach(evidence.usage);
  return JSON.parse(JSON.stringify(evidence)); // as it comes from a file: nothing is `undefined`
}

/** Evidence with two rows for the same thing is refused. */
function firstOfEach(usage) {
  const known = new Map();
  for (const row of usage) {
    const { customer, tenant, subscription, workload, association, month } = row;
    const key = JSON.stringify([tenant ?? customer, subscription, workload, association, month]);
    if (!known.has(key)) known.set(key, row);
  }
  return [...known.values()];
}
