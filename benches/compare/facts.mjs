// Evidence as rule engines want it: days as numbers that they can compare, usage joined and added
// up. This is timed as a part of both other engines, since ours begins with the evidence too.
//
// It decides nothing. It also leaves out whatever Modern Work never looks at, which spares the
// other engines most of the evidence.

import { ASSOCIATIONS, CONNECTIONS, VALID_MONTHS, WORKLOADS } from './rules/reference.mjs';

/** A day that never comes. */
const NEVER = 99_99_99_99;

/** `2023-11-15` as 20231115. */
const number = (day) => Number(day.slice(0, 4) + day.slice(5, 7) + day.slice(8));

/** The facts for an assessment on `day`. */
export function facts(evidence, day) {
  const month = lastMonth(evidence.usage, plusMonths(day.slice(0, 7), -1));
  const yearAgo = month && plusMonths(month, -12);
  return {
    day: number(day),
    yearAgoEnd: month ? number(`${yearAgo}-31`) : 0,
    people: people(evidence.people),
    tenants: month ? tenants(evidence, month, yearAgo) : [],
  };
}

function people(all) {
  const known = all.map((person) => ({
    linkedOn: person.linked_on ? number(person.linked_on) : NEVER,
    leftOn: person.left_on ? number(person.left_on) : NEVER,
    certificates: person.certificates
      .filter((held) => VALID_MONTHS.has(held.certificate))
      .map((held) => ({
        id: held.certificate,
        completedOn: number(held.completed_on),
        lastDay: lastDay(held),
      })),
  }));
  return known.filter((person) => person.certificates.length > 0);
}

function lastDay(held) {
  if (held.expires_on) return number(held.expires_on);
  const months = VALID_MONTHS.get(held.certificate);
  if (!months) return NEVER;
  // What would be the 29th of February, and is not, is before the 1st of March all the same.
  return number(plusMonths(held.completed_on.slice(0, 7), months) + held.completed_on.slice(7));
}

/** A month that is not over, and months after the last one with usage, are not measured. */
function lastMonth(usage, complete) {
  let last;
  for (const { month } of usage) {
    if (month <= complete && (last === undefined || month > last)) last = month;
  }
  return last;
}

function plusMonths(month, count) {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
}

/** Each tenant with its lines: what it uses of one workload, through one kind of connection. */
function tenants(evidence, month, yearAgo) {
  const customers = new Map(evidence.customers.map((customer) => [customer.id, customer]));
  const known = new Map();
  for (const row of evidence.usage) {
    const id = row.tenant ?? row.customer;
    let tenant = known.get(id);
    if (!tenant) known.set(id, (tenant = { owner: row.customer, lines: new Map() }));
    // Of two customers that claim a tenant, it is that of the first.
    if (row.customer < tenant.owner) tenant.owner = row.customer;
    const connection = WORKLOADS.has(row.workload) && CONNECTIONS[row.association];
    if (!connection) continue;
    const key = `${connection}/${row.workload}`;
    const rows = tenant.lines.get(key);
    if (rows) rows.push(row);
    else tenant.lines.set(key, [row]);
  }
  return [...known.values()].filter((tenant) => tenant.lines.size > 0).map((tenant) => {
    const connected = { cpor: [], dpor: [], csp: [] };
    for (const [key, rows] of tenant.lines) {
      const [connection, workload] = key.split('/');
      const claim = firstClaim(customers.get(tenant.owner), connection, workload);
      connected[connection].push(line(rows, claim, month, yearAgo));
    }
    return connected;
  });
}

function line(rows, claim, month, yearAgo) {
  const now = used(rows, month);
  const before = used(rows, yearAgo);
  const claimMonth = claim && (claim.since.slice(0, 7) < month ? claim.since.slice(0, 7) : month);
  return {
    used: now.rows > 0,
    seats: now.seats,
    activePercent: now.activePercent,
    users: now.users,
    seatsYearAgo: before.seats,
    activePercentYearAgo: before.activePercent,
    usersYearAgo: before.users,
    claimedOn: claim ? number(claim.since) : 0,
    claimedPercent: claim?.active_percent ? value(claim.active_percent) : 0,
    usersAtClaim: claim ? used(rows, claimMonth).users : 0,
  };
}

/** A month's usage; what is seen through several associations is one usage, the larger number. */
function used(rows, month) {
  const bySubscription = new Map();
  let count = 0;
  for (const row of rows) {
    if (row.month !== month) continue;
    count += 1;
    const { users = 0, seats = 0, active = 0 } = row;
    const same = bySubscription.get(row.subscription);
    bySubscription.set(row.subscription, same
      ? {
          users: Math.max(users, same.users),
          seats: Math.max(seats, same.seats),
          active: Math.max(active, same.active),
        }
      : { users, seats, active });
  }
  const sum = { rows: count, users: 0, seats: 0, activePercent: 0 };
  let active = 0;
  for (const seen of bySubscription.values()) {
    sum.users += seen.users;
    sum.seats += seen.seats;
    active += seen.active;
  }
  if (sum.seats > 0) sum.activePercent = (active * 100) / sum.seats;
  return sum;
}

function firstClaim(customer, connection, workload) {
  const order = ({ kind }) => ASSOCIATIONS.indexOf(kind);
  const percent = (claim) => (claim.active_percent ? value(claim.active_percent) : -1);
  return (customer?.associations ?? [])
    .filter((claim) => CONNECTIONS[claim.kind] === connection)
    .filter((claim) => !claim.workload || claim.workload === workload)
    .sort((a, b) =>
      a.since === b.since
        ? order(a) - order(b) || percent(a) - percent(b)
        : a.since < b.since ? -1 : 1)[0];
}

/** `"20/3"` or `"4.25"` as a number. */
export function value(text) {
  const [top, bottom = 1] = String(text).split('/');
  return Number(top) / Number(bottom);
}
