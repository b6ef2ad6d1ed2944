// What every form does: nothing typed is lost, and nothing that somebody else saved is overwritten
// unseen.

import type { Page } from '@playwright/test';
import { CONTOSO } from '../support/people';
import { expect, opened, test } from '../support/test';

test.use({ ownServer: true });

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const name = (page: Page) => page.getByRole('textbox', { name: 'Company name' });

test('theirs and yours are shown, and theirs can be taken', async ({
  page,
  context,
  signIn,
  guard,
}) => {
  guard.expect('412', 'another page was faster');
  await signIn(CONTOSO, '/evidence/customer?id=fabrikam-dental');
  await opened(page, 'Fabrikam Dental');
  const other = await context.newPage();
  await other.goto(page.url());
  await name(other).fill('Fabrikam Dental Clinic');
  await save(other);
  await opened(other, 'Customers');

  await name(page).fill('Fabrikam Dentists');
  await save(page);
  const row = page.getByRole('table', { name: 'What differs' }).getByRole('row').nth(1);
  await expect(row).toHaveText('Company nameFabrikam Dental ClinicFabrikam Dentists');
  await expect(name(page)).toHaveValue('Fabrikam Dentists');
  await page.getByRole('button', { name: 'Use the saved version' }).press('Enter');
  await expect(name(page)).toHaveValue('Fabrikam Dental Clinic');
  await expect(row).toHaveCount(0);

  // What was typed is given up, and nothing is left to be saved over.
  await page.reload();
  await opened(page, 'Fabrikam Dental Clinic');
  await expect(page.getByText('You typed this earlier')).toHaveCount(0);
  await name(page).fill('Fabrikam Dentists');
  await save(page);
  await expect(page.getByRole('link', { name: 'Fabrikam Dentists' })).toBeVisible();
});

test('what somebody else removed is added again only when that is said', async ({
  page,
  context,
  signIn,
  guard,
}) => {
  guard.expect('412', 'another page was faster');
  guard.expect('404', 'it is removed');
  await signIn(CONTOSO, '/evidence/people?search=priya');
  await page.getByRole('link', { name: 'Priya Raman' }).click();
  await opened(page, 'Priya Raman');
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByText('Remove Priya Raman', { exact: true }).click();
  await other.getByRole('button', { name: 'Yes, remove Priya Raman' }).click();
  await opened(other, 'People');

  const own = page.getByRole('textbox', { name: 'Full name' });
  await own.fill('Priya Rao');
  await save(page);
  const alert = page.getByRole('alert').filter({ hasText: 'Someone else removed this' });
  await expect(alert).toBeVisible();
  await expect(own).toHaveValue('Priya Rao');
  await alert.getByRole('button', { name: 'Save anyway' }).click();
  await expect(page.getByRole('link', { name: 'Priya Rao' })).toBeVisible();
});

test('what another version of the form kept, or nobody can read, is left out', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/people/new');
  const own = page.getByRole('textbox', { name: 'Full name' });
  await own.fill('Ada Berg');
  const keep = (text: string) =>
    page.evaluate((text) => {
      const key = Object.keys(sessionStorage).find((one) => one.startsWith('typed'));
      const kept = sessionStorage.getItem(key ?? '') ?? '';
      sessionStorage.setItem(key ?? '', text.replace('KEPT', kept.replace(/"version":\d+/, '"version":0')));
      return kept;
    }, text);
  expect(await keep('KEPT')).toContain('"name":"Ada Berg"');
  await page.reload();
  await opened(page, 'Add a person');
  await expect(own).toHaveValue('');
  for (const broken of ['', '{', '[]', '{"version":2}', '{"version":2,"known":{},"typed":{}}']) {
    await own.fill('Ada Berg');
    await keep(broken);
    await page.reload();
    await opened(page, 'Add a person');
    await expect(own, broken).toHaveValue('');
  }
});

test('what cannot be said in a field is refused at its control, in lines too', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/people/new');
  await page.getByRole('textbox', { name: 'Full name' }).fill('Дов "<b>" 🦀 '.repeat(3));
  await page.getByLabel(/^Work email/).fill('nobody');
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  const earned = page.getByLabel('Earned on');
  await earned.nth(1).fill('2023-05-31');
  await save(page);
  const alert = page.getByRole('alert');
  await expect(page.getByLabel(/^Work email/)).toHaveAttribute('aria-invalid', 'true');
  await alert.getByRole('link', { name: 'certificate 1: Enter the day' }).press('Enter');
  await expect(earned.first()).toBeFocused();
  await alert.getByRole('link', { name: 'certificate 2: Choose the certificate.' }).press('Enter');
  await expect(page.getByRole('combobox', { name: 'Certificate' }).nth(1)).toBeFocused();
  // One line goes, and what was wrong with the other is not said of it.
  await page.getByRole('button', { name: 'Remove certificate 1' }).click();
  await expect(earned).toHaveValue('2023-05-31');
  await expect(alert).toHaveCount(0);
});
