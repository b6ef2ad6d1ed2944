// All specializations, by solution area.

import { at, NORTHWIND, TAILSPIN } from '../support/people';
import { PROGRAMS } from '../support/routes';
import { counted, expect, opened, section, test } from '../support/test';

const ALL = Object.entries(PROGRAMS).filter(([id]) => id.startsWith('specialization-'));

test('all 31, by solution area, each with where it stands', async ({ page, signIn }) => {
  await signIn(NORTHWIND, '/specializations');
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 2 })).toHaveText([
    'Azure',
    'Business Applications',
    'Modern Work',
    'Security',
  ]);
  expect(ALL).toHaveLength(31);
  await expect(main.getByRole('heading', { level: 3 })).toHaveCount(ALL.length);
  for (const [id, name] of ALL) {
    const link = main.getByRole('link', { name, exact: true });
    await expect(link).toHaveAttribute('href', at(NORTHWIND, `/programs/${id}`));
  }
  await expect(section(page, 'Azure')).toContainText(/\d+ in progress · 13 total/);
});

test('the way there: from the navigation, and from the overview', async ({ page, signIn }) => {
  await signIn(NORTHWIND);
  await page.getByRole('link', { name: /^\d+ specializations in progress$/ }).click();
  await opened(page, 'Specializations');
  await page.getByRole('navigation', { name: 'Main' }).getByText('Overview').click();
  await opened(page, 'Overview');
  await page.getByRole('navigation', { name: 'Main' }).getByText('Specializations').click();
  await opened(page, 'Specializations');
});

test('a specialization is previewed, and an unpublished threshold is marked', async ({
  page,
  signIn,
}) => {
  await signIn(TAILSPIN, '/specializations');
  await page.getByRole('link', { name: 'Kubernetes on Microsoft Azure' }).click();
  await opened(page, PROGRAMS['specialization-kubernetes'] as string);
  await expect(page.getByText('Sample value').first()).toBeVisible();
  const preview = section(page, 'Preview');
  const taken = preview.getByRole('checkbox');
  const count = await counted(taken);
  for (let one = 0; one < count; one += 1) await taken.nth(one).check();
  await expect(preview.getByRole('status')).toContainText('All requirements met');
});
