// The six areas and their scores.

import type { Page } from '@playwright/test';
import { at, CONTOSO, NORTHWIND } from '../support/people';
import { AREAS } from '../support/routes';
import { expect, opened, section, test, total } from '../support/test';

test('six areas, each with its score and a way in', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations');
  await opened(page, 'Designations');
  const areas = page.getByRole('main').getByRole('heading', { level: 3 });
  await expect(areas).toHaveCount(6);
  for (const [id, name] of Object.entries(AREAS)) {
    await page.getByRole('link', { name }).click();
    await opened(page, name);
    await expect(page).toHaveURL(at(CONTOSO, `/designations/${id}`));
    await expect(section(page, 'Metrics')).toBeVisible();
    await page.getByRole('link', { name: 'Designations' }).first().click();
    await opened(page, 'Designations');
  }
});

test('56.5 of 70 in Modern Work, and why', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations/modern-work');
  await expect(total(page)).toHaveText(/^56.5 of 70 needed/);
  await expect(page.getByText('13.5 short', { exact: true })).toBeVisible();
  const tracks = page.getByRole('navigation', { name: 'Tracks of this score' });
  const best = tracks.getByRole('link', { name: 'Small and medium business: 56.5 (counts)' });
  await expect(best).toHaveAttribute('aria-current', 'page');
  const advanced = metric(page, 'Advanced certifications');
  await expect(advanced.getByRole('img', { name: '0 of 15 points' })).toBeVisible();
  await expect(advanced).toContainText('MS-102');

  await tracks.getByRole('link', { name: /^Enterprise/ }).click();
  await expect(page).toHaveURL(at(CONTOSO, '/designations/modern-work?track=enterprise'));
  await expect(advanced.getByRole('img', { name: /of 15 points$/ })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(at(CONTOSO, '/designations/modern-work'));
});

test('the metrics add up to the total', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations/modern-work');
  await expect(total(page)).toBeVisible();
  const bars = section(page, 'Metrics').getByRole('img', { name: /of \d+ points$/ });
  await expect(bars).toHaveCount(5);
  const labels = await bars.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  const points = labels.map((label) => Number.parseFloat(label ?? ''));
  expect(points.reduce((sum, one) => sum + one, 0)).toBeCloseTo(56.5, 0);
});

test('who counted, who did not, and the reason for each', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations/modern-work');
  const advanced = metric(page, 'Advanced certifications');
  await advanced.getByText(/^Evidence: 0 counted, \d+ not$/).click();
  const table = advanced.getByRole('table', { name: /^Evidence for/ });
  const rows = table.getByRole('row').filter({ hasText: 'MS-102' });
  await expect(rows.first()).toContainText('Not counted');
  await expect(rows.first()).toContainText(/isn't linked|Expired: .* was the last day\.|Left on/);
});

test('a certificate that ends says until when it counts', async ({ page, signIn }) => {
  await signIn(NORTHWIND, '/designations/data-ai');
  const certified = metric(page, 'Intermediate certifications');
  await certified.getByText(/^Evidence: [1-9]/).last().click();
  const table = certified.getByRole('table').last();
  await expect(table).toContainText(/Counts until \d+ \w+ 20\d\d\./);
});

test('the rules of Security change in December 2023, on the day', async ({ page, signIn }) => {
  await signIn(NORTHWIND, '/designations/security?day=2023-11-30');
  const certifications = metric(page, 'Certifications');
  await expect(certifications).toContainText('One security engineer and one analyst');
  const before = await total(page).textContent();
  const day = section(page, 'Preview').getByLabel('Day');
  await day.fill('2023-12-01');
  await day.blur();
  await expect(certifications).toContainText('Two security engineers and two analysts');
  await expect(page).toHaveURL(at(NORTHWIND, '/designations/security?day=2023-12-01'));
  await expect(total(page)).not.toHaveText(before ?? '');
  const outcome = section(page, 'Preview').getByRole('status');
  await expect(outcome).toContainText('a new rule is in force');
});

test('what happens if nothing changes', async ({ page, signIn }) => {
  await signIn(NORTHWIND, '/designations/security');
  const forecast = section(page, 'If nothing changes');
  await expect(forecast.getByRole('listitem').filter({ hasText: '1 December 2023' })).toContainText(
    /points, (passes|doesn't pass)/,
  );
});

/** The part of the page about one metric. */
function metric(page: Page, name: string) {
  const title = page.getByRole('heading', { level: 3, name, exact: true });
  return page.locator('section').filter({ has: title }).last();
}
