// Evidence row by row: found, filtered, sorted, paged, saved, and led to from a score and back.

import { at, CONTOSO } from '../support/people';
import { counted, expect, opened, test } from '../support/test';

test('people: who counts, who does not and why, found and kept in the address', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/people');
  await opened(page, 'People');
  const table = page.getByRole('table', { name: 'People' });
  const all = await counted(table.getByRole('row'), 3);

  await page.getByLabel('Counting').selectOption("Doesn't count");
  await expect(page).toHaveURL(/counts=no/);
  await expect.poll(() => table.getByRole('row').count()).toBeLessThan(all);
  await expect(table.getByText(/learning profile isn't linked/).first()).toBeVisible();

  await page.getByLabel('Search').fill('zebra');
  await expect(page.getByRole('heading', { name: 'No rows' })).toBeVisible();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(page).toHaveURL(at(CONTOSO, '/evidence/people'));
  await expect.poll(() => table.getByRole('row').count()).toBe(all);
});

test('a column sorts both ways, by keyboard too', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/usage');
  await opened(page, 'Usage');
  const month = page.getByRole('columnheader', { name: 'Month' });
  await month.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(month).toHaveAttribute('aria-sort', 'ascending');
  await expect(page).toHaveURL(/sort=month/);
  await month.getByRole('button').click();
  await expect(month).toHaveAttribute('aria-sort', 'descending');
  const rows = page.getByRole('table', { name: 'Usage' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('2023-1');
});

test('pages follow each other, and back leads back', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/usage');
  const rows = page.getByRole('table', { name: 'Usage' }).getByRole('row');
  await expect(rows).toHaveCount(51);
  const first = await rows.nth(1).textContent();
  const shown = page.getByRole('main').getByRole('status');
  await expect(shown).toHaveText(/^1–50 of [\d,]+ rows$/);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(rows.nth(1)).not.toHaveText(first ?? '');
  await expect(shown).toHaveText(/^51–\d+ of [\d,]+ rows$/);
  await page.goBack();
  await expect(rows.nth(1)).toHaveText(first ?? '');
});

test('what is shown is saved as CSV', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/certifications?state=valid');
  const total = page.getByRole('status').filter({ hasText: /rows?$/ });
  const rows = Number((await total.textContent())?.match(/(\d+) rows?$/)?.[1]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download these rows (CSV)' }).click();
  const saved = await (await download).createReadStream();
  const lines = (await saved.toArray()).join('').trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^\ufeffPerson,.*,Counts in,Does not count in$/);
  expect(lines).toHaveLength(rows + 1);
});

test('a score leads to its rows, and they lead back', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations/modern-work');
  await opened(page, /Modern Work/);
  await page.getByRole('link', { name: 'See the people who count' }).first().click();
  await opened(page, 'People');
  await expect(page).toHaveURL(/area=modern-work/);
  await expect(page.getByLabel('Area')).toHaveValue('modern-work');
  const table = page.getByRole('table', { name: 'People' });
  await table.getByRole('link', { name: 'Modern Work' }).first().click();
  await opened(page, /Modern Work/);
  await page.getByRole('link', { name: 'See the customers who count' }).first().click();
  await opened(page, 'Customers');
});

for (const broken of ['?counts=maybe', '?sort=zebra&order=up', '?cursor=zebra', '?state=%']) {
  test(`an address that cannot be: ${broken}`, async ({ page, signIn, guard }) => {
    const refused = broken.includes('cursor')
      ? undefined
      : page.waitForResponse((answer) => answer.status() === 422);
    if (refused !== undefined) guard.expect('422', 'the API refuses what it does not know');
    await signIn(CONTOSO, `/evidence/people${broken}`);
    await opened(page, 'People');
    await expect(page.getByRole('link', { name: 'Certifications' })).toBeVisible();
    await refused;
  });
}

test('what an address asks for and is not there is told, with a way out', async ({
  page,
  signIn,
  guard,
}) => {
  guard.expect('422', 'the API refuses what it does not know');
  await signIn(CONTOSO, '/evidence/people?area=zebra&state=foo');
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { name: /doesn't exist$/ })).toBeVisible();
  await expect(main.getByText('Nothing was changed')).toHaveCount(0);
  await main.getByRole('link', { name: 'Show all' }).click();
  await expect(page).toHaveURL(at(CONTOSO, '/evidence/people'));
  await expect(page.getByRole('table', { name: 'People' })).toBeVisible();
});

test.describe('by hand', () => {
  test.use({ ownServer: true });

  test('somebody is added, found, changed and undone', async ({
    page,
    signIn,
    guard,
  }) => {
    guard.expect('409', 'what was changed since is not undone');
    await signIn(CONTOSO, '/evidence/people');
    await page.getByRole('link', { name: 'Add a person' }).click();
    await opened(page, 'Add a person');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('Enter the full name.');
    await page.getByLabel('Full name').fill('Ada Berg');
    await page.getByLabel(/^Work email/).fill('ada.berg@contoso.example');
    await page.getByLabel(/^Learning profile/).fill('2031-01-10');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('2031-01-10” is in the future');
    await page.getByLabel(/^Learning profile/).fill('2023-01-10');
    await page.getByRole('button', { name: 'Add a certificate' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    const told = page.getByRole('alert');
    await expect(told).toContainText('certificate 1: Choose the certificate.');
    await expect(told).toContainText('certificate 1: Enter the day it was earned.');
    await expect(page.getByLabel('Certificate', { exact: true })).toHaveAccessibleDescription(
      'Choose the certificate.',
    );
    await page.getByLabel('Certificate', { exact: true }).selectOption('az-104');
    await page.getByLabel('Earned on').fill('2023-05-31');
    await page.getByLabel(/^Last day/).fill('2023-05-01');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('certificate 1');
    await page.getByLabel(/^Last day/).fill('2024-05-31');
    await page.getByRole('button', { name: 'Save' }).click();

    await opened(page, 'People');
    const row = page.getByRole('row').filter({ hasText: 'Ada Berg' });
    await page.getByRole('button', { name: 'Details of Ada Berg' }).click();
    await expect(page.getByRole('row').nth(2)).toContainText('Infrastructure');
    await row.getByRole('link', { name: 'Ada Berg' }).click();
    await opened(page, 'Ada Berg');
    await expect(page.getByLabel('Earned on')).toHaveValue('2023-05-31');
    await page.getByLabel('Full name').fill('Ada Bergman');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Ada Bergman' })).toHaveCount(1);

    await page.getByRole('link', { name: 'Imports' }).click();
    const undo = page.getByRole('button', { name: 'Undo the import of By hand: Ada Berg', exact: true });
    await undo.click();
    await expect(page.getByRole('alert')).toContainText('changed again later: Ada Berg');
  });

  test('an address that somebody has is refused, and nothing typed is lost', async ({
    page,
    signIn,
  }) => {
    await signIn(CONTOSO, '/evidence/people/new');
    await page.getByLabel('Full name').fill('Another Alma');
    await page.getByLabel(/^Work email/).fill('alma.reyes@contoso.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel(/^Work email/)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Full name')).toHaveValue('Another Alma');
  });

  test('somebody who is not there', async ({ page, signIn, guard }) => {
    guard.expect('404', 'there is no such person');
    await signIn(CONTOSO, '/evidence/person?id=zebra');
    await opened(page, 'Person not found');
    await page.getByRole('link', { name: 'See all people' }).click();
    await opened(page, 'People');
    for (const [address, title] of [
      ['customer?id=zebra', 'Customer not found'],
      ['usage/row?customer=zebra', 'Row of usage not found'],
    ]) {
      await page.goto(at(CONTOSO, `/evidence/${address}`));
      await opened(page, title);
      await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
    }
  });
});
