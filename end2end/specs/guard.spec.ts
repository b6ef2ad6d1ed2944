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
