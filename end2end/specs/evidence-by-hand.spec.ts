// Customers and usage by hand, and rows that are removed: checked, told and undone like a file.

import type { Page } from '@playwright/test';
import { at, CONTOSO, PASSPHRASE } from '../support/people';
import { expect, fewNumbers, fillIn, opened, section, test } from '../support/test';

test.use({ ownServer: true });

const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();

/** What the history says first. */
async function newest(page: Page): Promise<ReturnType<Page['getByRole']>> {
  await page.getByRole('link', { name: 'Evidence' }).click();
  await page.getByRole('link', { name: 'Imports', exact: true }).click();
  return section(page, 'Import history').getByRole('row').nth(1);
}

test('a customer is added, found, changed and undone', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/customers');
  await page.getByRole('link', { name: 'Add a customer' }).click();
  await opened(page, 'Add a customer');
  await page.getByRole('button', { name: 'Add an association' }).click();
  await page.getByRole('textbox', { name: 'Since' }).fill('2023-03-06');
  await page.getByRole('textbox', { name: /^ID/ }).fill('fabrikam-bakery');
  await save(page);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText("Enter the company's name.");
  await expect(alert).toContainText('association 1: Choose the association.');
  await alert.getByRole('link', { name: /company's name/ }).press('Enter');
  const name = page.getByRole('textbox', { name: 'Company name' });
  await expect(name).toBeFocused();
  await name.fill('Northwind Tea');
  await page.getByRole('combobox', { name: 'Association' }).selectOption('CPOR usage');
  await page.getByRole('combobox', { name: 'Workload' }).selectOption('teams');
  const percent = page.getByRole('textbox', { name: /^Active seats/ });
  await percent.fill('thirty');
  await save(page);
  await expect(alert).toContainText('association 1: Enter percent as a number');
  await percent.fill('120');
  await save(page);
  // The id is another customer's, which stays what it is.
  await expect(alert).toContainText('\u201cFabrikam Bakery\u201d already exists');
  await expect(page.getByRole('textbox', { name: /^ID/ })).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveValue('Northwind Tea');
  await page.getByRole('textbox', { name: /^ID/ }).fill('northwind-tea');
  await save(page);
  await expect(alert).toContainText('association 1:');
  await percent.fill('12.5');
  await page.getByRole('textbox', { name: 'Since' }).fill('2031-03-06');
  await save(page);
  await expect(alert).toContainText('2031-03-06” is in the future');
  await page.getByRole('textbox', { name: 'Since' }).fill('2023-03-06');
  await save(page);

  await opened(page, 'Customers');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'Northwind Tea' }).click();
  await opened(page, 'Northwind Tea');
  await expect(page).toHaveURL(at(CONTOSO, '/evidence/customer?id=northwind-tea'));
  await expect(page.getByText('Id: northwind-tea')).toBeVisible();
  await expect(percent).toHaveValue('12.5');
  await expect(page.getByRole('combobox', { name: 'Workload' })).toHaveValue('teams');
  await name.fill('Northwind Teas');
  await page.getByRole('button', { name: /^Remove association 1/ }).click();
  await save(page);
  await page.getByRole('link', { name: 'Northwind Teas' }).click();
  await opened(page, 'Northwind Teas');
  await expect(name).toHaveValue('Northwind Teas');
  await expect(percent).toHaveCount(0);

  const row = await newest(page);
  await expect(row).toContainText('By hand: Northwind Teas');
  await row.getByRole('button', { name: /^Undo/ }).click();
  await expect(row).toContainText('Undone by');
});

test('a month of usage is added, changed and removed', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/customer?id=fabrikam-bakery');
  await opened(page, 'Fabrikam Bakery');
  await page.getByRole('link', { name: 'Add a month of usage' }).click();
  await opened(page, 'Add a month of usage');
  const revenue = page.getByRole('textbox', { name: /^Revenue/ });
  await revenue.fill('1,23');
  await page.getByRole('textbox', { name: /^Users/ }).fill('many');
  await save(page);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Enter the year and the month');
  await expect(alert).toContainText('Users: enter a whole number, or leave it empty.');
  await alert.getByRole('link', { name: 'Choose the workload.' }).press('Enter');
  await expect(page.getByRole('combobox', { name: 'Workload' })).toBeFocused();
  await expect(revenue).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Month').fill('2023-10');
  await page.getByRole('combobox', { name: 'Workload' }).selectOption('teams');
  await page.getByRole('combobox', { name: 'Association' }).selectOption('CPOR usage');
  await revenue.fill('1,234.56');
  await page.getByRole('textbox', { name: /^Users/ }).fill('');
  await page.getByRole('textbox', { name: /^Paid seats/ }).fill('10');
  await page.getByRole('textbox', { name: /^Active seats/ }).fill('11');
  await save(page);
  await expect(page.getByRole('textbox', { name: /^Active seats/ })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await page.getByRole('textbox', { name: /^Active seats/ }).fill('9');
  await save(page);

  await opened(page, 'Usage');
  const row = page.getByRole('row').filter({ hasText: 'Teams' });
  await expect(row).toContainText('$1,234.56');
  await row.getByRole('link', { name: 'Fabrikam Bakery' }).click();
  await opened(page, 'Fabrikam Bakery, 2023-10');
  await expect(revenue).toHaveValue('1234.56');
  await revenue.fill('0.29');
  await save(page);
  await expect(row).toContainText('$0.29');

  // A second row of the same month is refused, and not taken for the first.
  await page.goto(at(CONTOSO, '/evidence/usage/row?customer=fabrikam-bakery'));
  await page.getByLabel('Month').fill('2023-10');
  await page.getByRole('combobox', { name: 'Workload' }).selectOption('teams');
  await page.getByRole('combobox', { name: 'Association' }).selectOption('CPOR usage');
  await save(page);
  await expect(alert).toContainText('already exists');
  await expect(page.getByLabel('Month')).toHaveAttribute('aria-invalid', 'true');

  await page.goto(at(CONTOSO, '/evidence/usage?search=fabrikam+bakery+2023-10+teams'));
  await row.getByRole('link', { name: 'Fabrikam Bakery' }).click();
  await page.getByText('Remove Fabrikam Bakery, 2023-10', { exact: true }).click();
  await page.getByRole('button', { name: 'Yes, remove Fabrikam Bakery, 2023-10' }).click();
  await opened(page, 'Usage');
  await expect(await newest(page)).toContainText('By hand: Fabrikam Bakery, 2023-10 removed');
  await page.goBack();
  const keys = 'customer=fabrikam-bakery&month=2023-10&workload=teams&association=cpor_usage';
  await page.goto(at(CONTOSO, `/evidence/usage/row?${keys}`));
  await expect(page.getByRole('heading', { name: 'Row of usage not found' })).toBeVisible();
});

test('a customer with usage is kept, or goes with it, and comes back', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/customer?id=fabrikam-bakery');
  await opened(page, 'Fabrikam Bakery');
  // By keyboard, from beginning to end.
  await page.getByText('Remove Fabrikam Bakery', { exact: true }).press('Enter');
  const sure = page.getByRole('button', { name: 'Yes, remove Fabrikam Bakery' });
  await sure.press('Enter');
  const alert = page.getByRole('alert');
  await alert.getByRole('link', { name: /^Fabrikam Bakery has 28 rows of usage/ }).press('Enter');
  const also = page.getByRole('checkbox', { name: 'Also remove its 28 rows of usage' });
  await expect(also).toBeFocused();
  await page.keyboard.press('Space');
  await expect(also).toBeChecked();
  await sure.press('Enter');
  await opened(page, 'Customers');
  await expect(page.getByRole('link', { name: 'Fabrikam Bakery' })).toHaveCount(0);

  const row = await newest(page);
  await expect(row).toContainText('By hand: Fabrikam Bakery removed');
  await expect(row).toContainText('29 removed');
  await row.getByRole('button', { name: /^Undo/ }).click();
  await expect(row).toContainText('Undone by');
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await page.getByRole('link', { name: 'Fabrikam Bakery' }).click();
  await expect(
    page.getByRole('checkbox', { name: 'Also remove its 28 rows of usage', includeHidden: true }),
  ).toHaveCount(1);
});

test('somebody is removed and comes back', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/people?search=priya');
  await page.getByRole('link', { name: 'Priya Raman' }).click();
  await opened(page, 'Priya Raman');
  await expect(page.getByRole('button', { name: 'Yes, remove Priya Raman' })).toBeHidden();
  await page.getByText('Remove Priya Raman', { exact: true }).click();
  await page.getByRole('button', { name: 'Yes, remove Priya Raman' }).click();
  await opened(page, 'People');
  await expect(page.getByRole('link', { name: 'Priya Raman' })).toHaveCount(0);
  const row = await newest(page);
  await expect(row).toContainText('By hand: Priya Raman removed');
  await expect(row).toContainText('1 removed');
  await row.getByRole('button', { name: /^Undo/ }).click();
  await expect(row).toContainText('Undone by');
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Priya Raman' })).toBeVisible();
});

test('what somebody else changed meanwhile is said, and what is typed stays', async ({
  page,
  context,
  signIn,
  guard,
}) => {
  guard.expect('412', 'another page was faster');
  await signIn(CONTOSO, '/evidence/customer?id=fabrikam-dental');
  await opened(page, 'Fabrikam Dental');
  const other = await context.newPage();
  await other.goto(at(CONTOSO, '/evidence/customer?id=fabrikam-bakery'));
  await other.getByRole('textbox', { name: 'Company name' }).fill('Fabrikam Bakeries');
  await save(other);
  await opened(other, 'Customers');
  const name = page.getByRole('textbox', { name: 'Company name' });
  await name.fill('Fabrikam Dentists');
  await save(page);
  await expect(page.getByRole('alert')).toContainText('Someone else changed the evidence');
  await expect(name).toHaveValue('Fabrikam Dentists');
  await page.getByRole('button', { name: 'Save anyway' }).click();
  await opened(page, 'Customers');
  await expect(page.getByRole('link', { name: 'Fabrikam Dentists' })).toBeVisible();
});

test('a day that is begun and not finished is told, and nothing is saved', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/person');
  await opened(page, 'Add a person');
  await page.getByRole('textbox', { name: 'Full name' }).fill('Dov Elm');
  await page.getByLabel(/^Left on/).pressSequentially('12');
  await save(page);
  const told = page.getByText("The date isn't complete. Complete it or clear it.");
  await expect(told.first()).toBeVisible();
  await expect(page.getByLabel(/^Left on/)).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel(/^Left on/).fill('');
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await page.getByLabel('Last day').pressSequentially('12');
  await save(page);
  await expect(page.getByText(/^certificate 1: The date isn't complete/).first()).toBeVisible();
  await expect(page).toHaveURL(at(CONTOSO, '/evidence/person'));
});

test('what is typed and not saved is there again, until its person goes', async ({
  context,
  guard,
  page,
  signIn,
}) => {
  guard.expect('401', 'the session is gone');
  await signIn(CONTOSO, '/evidence/person');
  const name = page.getByRole('textbox', { name: 'Full name' });
  const certificate = page.getByRole('combobox', { name: 'Certificate' });
  const before = page.getByText("You typed this earlier, and it isn't saved yet.");
  const menu = page.getByRole('navigation', { name: 'Main' });
  await name.fill('Ada Berg');
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await certificate.selectOption('az-104');
  await expect(before).toBeHidden();

  await menu.getByRole('link', { name: 'Overview' }).click();
  await opened(page, 'Overview');
  await page.goBack();
  await expect(before).toBeVisible();
  await expect(name).toHaveValue('Ada Berg');
  await expect(certificate).toHaveValue('az-104');
  await name.fill('Ada Bergmann');

  // The session ends unseen, and what is missing is known only after it.
  await context.clearCookies();
  await page.getByLabel('Earned on').fill('2023-06-01');
  await save(page);
  await opened(page, 'Sign in');
  await fillIn(page, CONTOSO.email, PASSPHRASE);
  await opened(page, 'Add a person');
  await expect(before).toBeVisible();
  await expect(name).toHaveValue('Ada Bergmann');
  await expect(page.getByLabel('Earned on')).toHaveValue('2023-06-01');

  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(name).toHaveValue('');
  await expect(certificate).toHaveCount(0);
  await expect(before).toBeHidden();

  // Nothing is left of it for whoever comes next.
  await name.fill('Cem Demir');
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  await page.goto('/preview');
  await opened(page, 'Try it without an account');
  expect(await kept()).toContain('Cem Demir');
  await page.goBack();
  await expect(name).toHaveValue('Cem Demir');
  // Signing out clears the browser's cache, and with it what is still being loaded.
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: /^Account of / }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await opened(page, 'Sign in');
  expect(await kept()).not.toContain('Cem Demir');
});

test('starting over, lines that were known stay alive', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/certifications?authority=claimed');
  await page.getByRole('main').getByRole('table').getByRole('link').first().click();
  const name = page.getByRole('textbox', { name: 'Full name' });
  await expect(name).not.toHaveValue('');
  const before = await name.inputValue();
  await name.fill('Ada Berg');
  const earned = page.getByLabel('Earned on').first();
  const day = await earned.inputValue();
  await earned.fill('2022-02-22');
  await page.reload();
  await expect(earned).toHaveValue('2022-02-22');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(name).toHaveValue(before);
  await expect(earned).toHaveValue(day);
  // They are typed into, kept and shown again.
  await earned.fill('2022-03-22');
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await page.reload();
  await expect(earned).toHaveValue('2022-03-22');
  await expect(name).toHaveValue(before);
});

test('what was typed over something that has changed since says so', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/customer?id=fabrikam-bakery');
  const name = page.getByRole('textbox', { name: 'Company name' });
  await expect(name).toHaveValue('Fabrikam Bakery');
  await name.fill('Fabrikam Cakes');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await opened(page, 'Customers');
  await page.goBack();
  await expect(name).toHaveValue('Fabrikam Bakery');
  await name.fill('Fabrikam Pies');

  const other = await page.context().newPage();
  await other.goto(at(CONTOSO, '/evidence/customer?id=fabrikam-bakery'));
  const others = other.getByRole('textbox', { name: 'Company name' });
  await expect(others).toHaveValue('Fabrikam Bakery');
  await others.fill('Fabrikam Breads');
  await save(other);
  await opened(other, 'Customers');

  for (const again of ['once', 'twice']) {
    await page.reload();
    await expect(page.getByText('The saved row has changed since.'), again).toBeVisible();
    await expect(name).toHaveValue('Fabrikam Pies');
  }
  await save(page);
  await opened(page, 'Customers');
  await page.goto(at(CONTOSO, '/evidence/customer?id=fabrikam-bakery'));
  await expect(name).toHaveValue('Fabrikam Pies');
  await expect(page.getByText('You typed this earlier')).toBeHidden();
});

test('without an account, a customer and its usage by hand', async ({ page }) => {
  await fewNumbers(page);
  await page.getByRole('link', { name: 'Evidence' }).click();
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await page.getByRole('link', { name: 'Add a customer' }).click();
  await page.getByRole('textbox', { name: 'Company name' }).fill('Fabrikam');
  await save(page);
  await page.getByRole('link', { name: 'Fabrikam', exact: true }).click();
  await opened(page, 'Fabrikam');
  await page.getByRole('link', { name: 'Add a month of usage' }).click();
  await page.getByLabel('Month').fill('2023-10');
  await page.getByRole('combobox', { name: 'Workload' }).selectOption('teams');
  await page.getByRole('combobox', { name: 'Association' }).selectOption('PAL');
  await page.getByRole('textbox', { name: /^Users/ }).fill('7');
  await save(page);
  await opened(page, 'Usage');
  await page.getByRole('link', { name: 'Fabrikam', exact: true }).click();
  await opened(page, 'Fabrikam, 2023-10');
  await page.getByText('Remove Fabrikam, 2023-10', { exact: true }).click();
  await page.getByRole('button', { name: 'Yes, remove Fabrikam, 2023-10' }).click();
  await opened(page, 'Usage');
  await expect(await newest(page)).toContainText('By hand: Fabrikam, 2023-10 removed');
});

test.describe('without a service worker, which would answer unseen', () => {
  test.use({ serviceWorkers: 'block' });

  test('what arrives again as it was draws nothing anew', async ({ page, guard }) => {
    guard.expect('Service Worker registration blocked', 'it would answer in place of the host');
    await fewNumbers(page);
    await page.getByRole('link', { name: 'Evidence' }).click();
    await page.getByRole('link', { name: 'Customers', exact: true }).click();
    await opened(page, 'Customers');
    const rules = '**/catalog.json';
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    await page.route(rules, async (route) => {
      await held;
      await route.continue();
    });
    const arrived = page.waitForResponse(rules);
    await page.getByRole('main').getByRole('table').getByRole('link').first().click();
    await page.getByText(/^Remove /).click();
    const sure = page.getByRole('button', { name: /^Yes, remove / });
    await expect(sure).toBeVisible();
    release();
    await (await arrived).finished();
    // Long enough for a page to be built anew.
    await page.waitForTimeout(500);
    await expect(sure).toBeVisible();
  });
});
