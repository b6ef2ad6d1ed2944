// The checks that every other spec relies on must be able to fail.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from '../support/axe';
import { cardFields } from '../support/cards';
import { hide, left } from '../support/left';
import { expect, opened, test } from '../support/test';

test('the guard finds an error on the console', async ({ page, guard }) => {
  await page.goto('/sign-in');
  await page.evaluate(() => console.error('planted'));
  await expect.poll(() => guard.take()).toEqual([expect.stringContaining('planted')]);
});

test('the guard finds an exception that nobody caught', async ({ page, guard }) => {
  await page.goto('/sign-in');
  await page.evaluate(() => setTimeout(() => { throw new Error('planted'); }));
  await expect.poll(() => guard.take()).toEqual([expect.stringContaining('uncaught: planted')]);
});

test('the guard finds a refused request', async ({ page, guard }) => {
  await page.goto('/sign-in');
  await page.evaluate(() => fetch('/planted.css'));
  const found = guard.take();
  expect(found).toContainEqual(expect.stringMatching(/refused request: GET .*planted\.css 404/));
});

test('the guard finds what the content security policy stops', async ({ page, guard }) => {
  await page.goto('/sign-in');
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  const violation = expect.stringContaining('content security policy: style-src-attr');
  const found: string[] = [];
  await expect.poll(() => found.push(...guard.take()) && found).toContainEqual(violation);
});

test('the page lets no text become markup, and starts no script but its own', async ({
  page,
  guard,
}) => {
  guard.expect(/^content security policy: (require-trusted-types-for|trusted-types) /, 'planted');
  guard.expect(/^console error: .*Trusted/, 'the browser tells of it too');
  await page.goto('/sign-in');
  await opened(page, 'Sign in');
  const done = await page.evaluate(async () => {
    const tries: Record<string, () => void> = {
      markup: () => {
        document.createElement('div').innerHTML = '<b>planted</b>';
      },
      script: () => {
        document.createElement('script').src = '/planted.js';
      },
      worker: () => new Worker('/boot.js'),
      'another policy': () => {
        (
          window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
        ).trustedTypes.createPolicy('planted', {});
      },
    };
    let seen = 0;
    const told = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', () => {
        seen += 1;
        if (seen === Object.keys(tries).length) resolve();
      });
    });
    const done: string[] = [];
    for (const [name, attempt] of Object.entries(tries)) {
      try {
        attempt();
        done.push(name);
      } catch {
        // Refused, as it should be.
      }
    }
    await told;
    return done;
  });
  expect(done).toEqual([]);
});

test('the guard misses what was expected and never came', async ({ guard }) => {
  guard.expect('planted', 'to see it missed');
  expect(guard.take()).toEqual(['never happened: planted (to see it missed)']);
});

test('axe finds planted faults', async ({ page }) => {
  await page.goto('/sign-in');
  await opened(page, 'Sign in');
  expect(await findings(page)).toEqual([]);
  await page.evaluate(() => {
    const image = document.createElement('img');
    image.src = '/favicon.svg';
    const button = document.createElement('button');
    document.querySelector('main')?.append(image, button);
  });
  const found = (await findings(page)).map((finding) => finding.split(':')[0]);
  expect(new Set(found)).toEqual(new Set(['image-alt', 'button-name']));
});

test('fields for the number of a card are found, also by the guard', async ({ page, guard }) => {
  await page.goto('/sign-in');
  await opened(page, 'Sign in');
  expect(await cardFields(page)).toEqual([]);
  const planted: Record<string, string>[] = [
    { autocomplete: 'cc-number' },
    { autocomplete: 'section-a billing cc-exp' },
    { name: 'cardNumber' },
    { id: 'card_number' },
    { placeholder: 'Card number' },
    { 'aria-label': 'CVC' },
    { 'aria-label': 'Name on card' },
    { inputmode: 'numeric', maxlength: '19' },
    { type: 'tel', maxlength: '16' },
    // No card: how one pays, the digits of a code, and a number of one's own.
    { type: 'radio', name: 'method', 'aria-label': 'Card' },
    { inputmode: 'numeric', maxlength: '6', name: 'code' },
    { name: 'purchase-order', maxlength: '50' },
  ];
  await page.evaluate((planted) => {
    for (const attributes of planted) {
      const field = document.createElement('input');
      for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
      document.querySelector('main')?.append(field);
    }
    const label = document.createElement('label');
    const inside = document.createElement('input');
    label.append('Credit card number', inside);
    document.querySelector('main')?.append(label, document.createElement('iframe'));
  }, planted);
  const found = await cardFields(page);
  expect(found).toEqual([
    'a field with autocomplete="cc-number"',
    'a field with autocomplete="section-a billing cc-exp"',
    'a field called card Number',
    'a field called card number',
    'a field called Card number',
    'a field called CVC',
    'a field called Name on card',
    'a field for 19 digits',
    'a field for 16 digits',
    'a field called Credit card number',
    'a frame: ',
  ]);
  const told: string[] = [];
  await expect
    .poll(() => told.push(...guard.take()) && told)
    .toEqual(found.map((what) => `card number: ${what}`));
});

test('what is wrong with what a server left is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'membership-planted-'));
  const look = (log: string, books: () => string = () => '') => left(folder, log, books);
  try {
    const harmless = [
      'order 20231115-123456 with RF4120231115123456 to GB29NWBK60161331926819, IBAN',
      'at 1700038800000000 as 018bd2a1-4242-7424-8242-424242424242, 0.4539578763621486',
    ].join(' ');
    expect(look(harmless)).toEqual([]);
    for (const number of ['4242424242424242', '5555 5555 5555 4444', '3782-822463-10005']) {
      const said = `the number of a card: ${number.replace(/\D/g, '')}`;
      expect(look(`asked for card=${number}`)).toEqual([`in the log: ${said}`]);
      writeFileSync(join(folder, 'demo.sqlite'), `\0\x11succeeded${number}USD\0`);
      expect(look('')).toEqual([`in demo.sqlite: ${said}`]);
      rmSync(join(folder, 'demo.sqlite'));
    }
    // One that is on no list, and one that is none.
    expect(look('pan 4539578763621486.')).toEqual(['in the log: the number of a card: 4539578763621486']);
    expect(look('pan 4539578763621487.')).toEqual([]);
    hide('planted-secret');
    expect(look('with planted-secret inside')).toEqual(['in the log: a secret: plante…']);
    expect(look('thread panicked at')).toEqual(['in the log: thread panicked at']);
    const books = () => {
      throw new Error('the trial balance is not zero');
    };
    expect(look('', books)).toEqual(['the books: the trial balance is not zero']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
