// What a server leaves: its log, its database and its books. Nothing in them may be somebody's card
// or secret, and the books add up.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSPHRASE } from './people';

/** Numbers of cards that payment providers have for tests. */
const CARDS = [
  '4242424242424242',
  '4000000000000002',
  '4000000000000119',
  '4000000000000127',
  '4000000000000135',
  '4000000000000143',
  '4000000000000150',
  '4000000000000168',
  '4000000000000259',
  '4000000000003063',
  '4000000000003220',
  '4000000000009995',
  '4000002500003155',
  '4012888888881881',
  '4111111111111111',
  '5555555555554444',
  '2223003122003222',
  '6011111111111117',
  '3566002020360505',
  '378282246310005',
  '30569309025904',
];

/** What may be nowhere, as this process knows it. */
const secrets = new Set<string>([PASSPHRASE]);

/** Has a secret looked for, wherever a server could have left it. */
export function hide(secret: string): void {
  secrets.add(secret);
}

/** As it is stored, and in groups as it is printed on cards. */
function written(card: string): string[] {
  const groups = card.length === 16 ? /.{4}/g : /^.{4}|.{6}|.+$/g;
  return [card, ...[' ', '-'].map((by) => (card.match(groups) ?? []).join(by))];
}

const KNOWN = CARDS.flatMap((card) => written(card).map((form) => ({ card, form })));

/** Digits that begin as numbers of cards do, on their own: no part of a word, a number or a hash. */
const DIGITS =
  /(?<![\w.+/-])(?:4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|6\d{15,18}|\d{4}([ -])\d{4}\1\d{4}\1\d{4})(?![\w+/-]|\.\d)/g;

/** Whether the last digit is the one that follows from the others (ISO/IEC 7812). */
function checks(digits: string): boolean {
  const sum = [...digits].reverse().reduce((sum, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Each number of a card, and each secret, in a text. */
export function leaks(text: string): string[] {
  const known = KNOWN.filter(({ form }) => text.includes(form)).map(({ card }) => card);
  const others = [...text.matchAll(DIGITS)]
    .map(([found]) => found.replace(/\D/g, ''))
    .filter((digits) => checks(digits) && !known.includes(digits));
  const told = [...secrets].filter((secret) => text.includes(secret));
  return [
    ...[...new Set([...known, ...others])].map((card) => `the number of a card: ${card}`),
    ...told.map((secret) => `a secret: ${secret.slice(0, 6)}…`),
  ];
}

/** What is wrong with what a server left in its folder and wrote to its log; empty when all is well. */
export function left(folder: string, log: string, books: () => string): string[] {
  const found = leaks(log).map((what) => `in the log: ${what}`);
  if (log.includes('panicked')) found.push(`in the log: ${/.*panicked.*/.exec(log)?.[0]}`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((file) => file.isFile())) {
    const text = readFileSync(join(file.parentPath, file.name), 'latin1');
    found.push(...leaks(text).map((what) => `in ${file.name}: ${what}`));
  }
  try {
    books();
  } catch (error) {
    found.push(`the books: ${(error as Error).message}`);
  }
  return found;
}
