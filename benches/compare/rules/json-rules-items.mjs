// The long way with json-rules-engine: what counts is decided by rules too. Its conditions cannot
// go through a list, so these rules are run for each certificate of a person and for each line of
// usage, with the item's fields as facts.

import { ADVANCED, INTERMEDIATE } from './reference.mjs';

const is = (fact, operator, value) => ({ fact, operator, value });
const other = (fact) => ({ fact });

const counts = (metric, certificates) => ({
  conditions: {
    all: [
      { ...is('id', 'in', certificates), priority: 2 }, // first, since most fail here
      is('linkedOn', 'lessThanInclusive', other('day')),
      is('completedOn', 'lessThanInclusive', other('day')),
      is('lastDay', 'greaterThanInclusive', other('day')),
      is('leftOn', 'greaterThan', other('day')),
    ],
  },
  event: { type: metric },
});

export const CERTIFICATE_RULES = [
  counts('intermediate', INTERMEDIATE),
  counts('advanced', ADVANCED),
];

const SIZES = {
  enterprise: (seats) => [is(seats, 'greaterThan', 300)],
  smb: (seats) => [is(seats, 'greaterThanInclusive', 11), is(seats, 'lessThanInclusive', 300)],
};
const PARTS = { enterprise: ['cpor', 'dpor'], smb: ['cpor', 'csp'] };

const young = is('claimedOn', 'greaterThan', other('yearAgoEnd'));
const claimedActive = { all: [young, is('claimedPercent', 'greaterThan', 40)] };
const active = (percent) => is(percent, 'greaterThanInclusive', 40);

const line = (track, metric, when, ...conditions) => ({
  conditions: { all: [{ ...is('connection', 'in', PARTS[track]), priority: 2 }, ...conditions] },
  event: { type: 'passes', params: { track, metric, when } },
});

const lines = ([track, size]) => [
  line(track, 'net-adds', 'now', ...size('seats')),
  line(track, 'net-adds', 'before', ...size('seatsYearAgo')),
  line(track, 'deployments', 'now',
    ...size('seats'), active('activePercent'), { not: claimedActive }),
  line(track, 'deployments', 'before', ...size('seatsYearAgo'), active('activePercentYearAgo')),
  line(track, 'usage-growth', 'now',
    { any: [{ all: size('seats') }, { all: size('seatsYearAgo') }] }),
];

export const LINE_RULES = [
  ...Object.entries(SIZES).flatMap(lines),
  {
    conditions: { all: [is('used', 'equal', true), young] },
    event: { type: 'compared with the claim' },
  },
];
