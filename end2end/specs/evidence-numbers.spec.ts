// From a number of a score or a specialization to the rows behind it, and back.

import type { Locator, Page } from '@playwright/test';
import { CONTOSO, NORTHWIND } from '../support/people';
import { PROGRAMS } from '../support/routes';
import { counted, expect, opened, test } from '../support/test';

const ROWS = /^See the (people|customers) who (do not )?count$/;

/** A requirement of the page by what it says, without those that it is made of. */
const requirement = (page: Page, says: RegExp) =>
  page.locator('.requirement').filter({ hasText: says }).last();

async function first(text: Locator, pattern: RegExp): Promise<number> {
  const found = (await text.textContent())?.match(pattern)?.[1];
  return Number(found?.replaceAll(',', ''));
}

/** How many rows the page of evidence says there are. */
const rows = (page: Page) =>
  first(page.getByRole('status').filter({ hasText: /rows?$/ }), /([\d,]+) rows?$/);

test('a specialization leads to its rows, and they lead back', async ({ page, signIn }) => {
  const name = PROGRAMS['specialization-kubernetes'] as string;
  await signIn(NORTHWIND, '/programs/specialization-kubernetes');
  await opened(page, name);
  const people = requirement(page, /Administrators and developers/);
  const count = await first(people, /(\d+) (?:person|people) with/);
  expect(count).toBeGreaterThan(0);
  await people.getByRole('link', { name: ROWS }).click();

  await opened(page, 'People');
  await expect(page).toHaveURL(/area=specialization-kubernetes&metric=people&counts=yes/);
  await expect(page.getByLabel('Area or program')).toHaveValue('specialization-kubernetes');
  await expect(page.getByLabel('Metric')).toHaveValue('people');
  await expect.poll(() => rows(page)).toBe(count);
  await page.getByRole('button', { name: /^Details of/ }).first().click();
  const detail = page.getByRole('table', { name: 'People' }).getByRole('row').nth(2);
  await expect(detail).toContainText('Administrators and developers');
  await detail.getByRole('link', { name, exact: true }).click();
  await opened(page, name);

  await requirement(page, /Kubernetes revenue/).getByRole('link', { name: ROWS }).click();
  await opened(page, 'Customers');
  await expect(page.getByLabel('Metric')).toHaveValue('kubernetes-revenue');
});

test('each number of a score is the number of rows that it leads to', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/designations/modern-work');
  await opened(page, /Modern Work/);
  const links = page.getByRole('link', { name: ROWS });
  const all = await counted(links, 4);
  for (let place = 0; place < all; place++) {
    const link = links.nth(place);
    const counts = !(await link.textContent())?.includes('do not');
    const finding = link.locator('xpath=ancestor::div[contains(@class, "requirement")][1]');
    const pattern = counts ? /Evidence: (\d+) counted/ : /counted, (\d+) not/;
    const told = await first(finding, pattern);
    await link.click();
    await expect(page).toHaveURL(/metric=/);
    await expect.poll(() => rows(page)).toBe(told);
    await page.goBack();
    await opened(page, /Modern Work/);
  }
});

test('a metric is chosen, and gone with its area', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/customers');
  await opened(page, 'Customers');
  await expect(page.getByLabel('Metric')).toHaveCount(0);
  await page.getByLabel('Area or program').selectOption('infrastructure');
  await page.getByLabel('Metric').selectOption('usage-growth');
  await expect(page).toHaveURL(/counts=yes&area=infrastructure&metric=usage-growth/);
  await page.getByLabel('Area or program').selectOption('');
  await expect(page).not.toHaveURL(/metric=/);
  await expect(page.getByLabel('Metric')).toHaveCount(0);
});

test('an address with a metric of no area', async ({ page, signIn, guard }) => {
  guard.expect('422', 'the API refuses a metric of nothing');
  await signIn(CONTOSO, '/evidence/people?metric=people');
  await opened(page, 'People');
  await expect(page.getByRole('main').getByRole('heading', { name: /doesn't exist$/ })).toBeVisible();
});
