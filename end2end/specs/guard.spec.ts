// The checks that every other spec relies on must be able to fail.

import { findings } from '../support/axe';
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
