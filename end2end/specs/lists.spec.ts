// What every list has: more of a row on demand, what is found without a filter, rows of two lines
// and one button for the filters on a phone, and a page for paper.

import { CONTOSO } from '../support/people';
import { counted, expect, opened, test } from '../support/test';

test('a row says more on demand, by keyboard too', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/people');
  await opened(page, 'People');
  const rows = page.getByRole('table', { name: 'People' }).getByRole('row');
  const all = await counted(rows, 3);
  const more = page.getByRole('button', { name: /^Details of/ }).first();
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await more.press('Enter');
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  await expect(rows).toHaveCount(all + 1);
  await expect(rows.nth(2)).toContainText('Email');
  await expect(more).toBeFocused();
  await more.press('Space');
  await expect(rows).toHaveCount(all);
});

test('where nothing is found, what is found without one filter is said', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/people?search=alma&state=left');
  await opened(page, 'People');
  await expect(page.getByRole('heading', { name: 'No rows' })).toBeVisible();
  const way = page.getByRole('link', { name: 'Without “State”: 1 row' });
  await expect(way).toHaveAttribute('href', /search=alma/);
  await way.click();
  await expect(page.getByRole('link', { name: 'Alma Reyes' })).toBeVisible();
  await expect(page).not.toHaveURL(/state=/);
});

test('a list that cannot be loaded says so in its place, and comes', async ({ page, signIn, guard }) => {
  guard.expect('500', 'the list fails once');
  await signIn(CONTOSO, '/evidence/imports');
  await opened(page, 'Import evidence');
  await page.route('**/organizations/*/people*', (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: '/problems/internal',
        title: 'Internal Server Error',
        status: 500,
        detail: 'Something failed. Try again.',
        instance: '/',
        code: 'internal',
        request_id: 'r-1',
      }),
    }),
  );
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Something failed.');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeVisible();
  await page.unroute('**/organizations/*/people*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('table', { name: 'People' })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('a row is two lines, and the filters are behind one button', async ({ page, signIn }) => {
    await signIn(CONTOSO, '/evidence/people');
    await opened(page, 'People');
    const row = page.getByRole('row').filter({ hasText: 'Alma Reyes' });
    const [name, state] = [row.getByRole('link', { name: 'Alma Reyes' }), row.getByText('Linked')];
    const [left, right] = [await name.boundingBox(), await state.boundingBox()];
    expect(Math.abs((left?.y ?? 0) - (right?.y ?? 99))).toBeLessThan(12);
    expect((await row.boundingBox())?.height).toBeLessThan(90);
    const state_filter = page.getByRole('combobox', { name: 'State' });
    await expect(state_filter).toBeHidden();
    const filters = page.getByRole('button', { name: 'Filters' });
    await filters.press('Enter');
    await expect(filters).toHaveAttribute('aria-expanded', 'true');
    await state_filter.selectOption('Left');
    await expect(page).toHaveURL(/state=left/);
    await expect(state_filter).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });
});

test('a row of a list is one line of 32 to 38 pixels', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/people');
  await opened(page, 'People');
  const row = page.getByRole('row').filter({ hasText: 'Alma Reyes' });
  const height = (await row.boundingBox())?.height ?? 0;
  expect(height).toBeGreaterThanOrEqual(32);
  expect(height).toBeLessThanOrEqual(38);
});

test('paper has whose page it is, and nothing to press', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations/modern-work');
  await opened(page, /Modern Work/);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const head = page.getByText(/^ContosoPartnerID \d{7}15 November 2023/);
  await expect(head).toBeVisible();
  await expect(head).toContainText(CONTOSO.name);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Preview' })).toBeHidden();
  for (const button of await page.getByRole('button').all()) await expect(button).toBeHidden();
});
