// The short way with json-rules-engine: people and customers are counted in JavaScript, as dynamic
// facts that the score's rules ask for. The least that the engine can be asked to do.

import { ADVANCED, INTERMEDIATE } from './reference.mjs';

const SIZES = {
  enterprise: (seats) => seats > 300,
  smb: (seats) => seats >= 11 && seats <= 300,
};
const PARTS = { enterprise: ['cpor', 'dpor'], smb: ['cpor', 'csp'] };

const people = (certificates) => (known) => known.people.filter((person) =>
  person.linkedOn <= known.day && known.day < person.leftOn &&
  person.certificates.some((held) =>
    certificates.includes(held.id) && held.completedOn <= known.day && known.day <= held.lastDay),
).length;

/** Tenants with a line that passes, less those with one that passed a year before. */
const net = (connection, now, before) => (known) => {
  const count = (passes) =>
    known.tenants.filter((tenant) => tenant[connection].some((line) => passes(line, known))).length;
  return count(now) - count(before);
};

const isYoung = (line, known) => line.claimedOn > known.yearAgoEnd;

const grown = (connection, fits) => (known) => {
  let sum = 0;
  for (const { [connection]: lines } of known.tenants) {
    if (!lines.some((line) => fits(line.seats) || fits(line.seatsYearAgo))) continue;
    for (const line of lines) {
      const fromClaim = line.used && isYoung(line, known);
      sum += line.users - (fromClaim ? line.usersAtClaim : line.usersYearAgo);
    }
  }
  return sum;
};

/** By the name of the fact, how it is counted. */
export const COUNTED = { intermediate: people(INTERMEDIATE), advanced: people(ADVANCED) };

for (const [track, fits] of Object.entries(SIZES)) {
  for (const connection of PARTS[track]) {
    COUNTED[`${track}/net-adds/${connection}`] =
      net(connection, (line) => fits(line.seats), (line) => fits(line.seatsYearAgo));
    COUNTED[`${track}/usage-growth/${connection}`] = grown(connection, fits);
    COUNTED[`${track}/deployments/${connection}`] = net(
      connection,
      (line, known) => fits(line.seats) && line.activePercent >= 40 &&
        !(isYoung(line, known) && line.claimedPercent > 40),
      (line) => fits(line.seatsYearAgo) && line.activePercentYearAgo >= 40,
    );
  }
}
