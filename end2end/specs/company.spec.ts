// Company data and locations: wrong input everywhere, what a change causes before it is saved, two
// tabs, and what is typed and not saved.

import type { Page } from '@playwright/test';
import { ACCOUNT_ADMIN, at, CONTOSO } from '../support/people';
import { expect, opened, section, test } from '../support/test';

test.use({ ownServer: true });

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
const field = (page: Page, name: string | RegExp) => page.getByRole('textbox', { name });
const country = (page: Page) => page.getByRole('combobox', { name: 'Country or region' });
const causes = (page: Page) => page.getByRole('region', { name: 'What this change causes' });

/** Opens the form for company data. */
async function edit(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Edit company data' }).click();
  await opened(page, 'Edit company data');
}

test('what a change causes is said before it is saved, and comes', async ({ page, signIn }) => {
  await signIn(ACCOUNT_ADMIN, '/company');
  await opened(page, 'Company');
  await expect(page.getByText('Verified', { exact: true })).toBeVisible();
  await edit(page);
  await save(page).click();
  await expect(page.getByRole('alert')).toContainText('No changes yet.');

  // By keyboard: the first press tells, and the second saves.
  await field(page, 'Legal name').fill('Contoso Consulting');
  await save(page).press('Enter');
  await expect(causes(page)).toBeFocused();
  await expect(causes(page)).toContainText('a new verification of: legal name.');
  await expect(causes(page)).toContainText('buy or renew');
  // Another change has to be told of first.
  await field(page, 'City').fill('Tacoma');
  await expect(causes(page)).toHaveCount(0);
  await save(page).press('Enter');
  await expect(causes(page)).toContainText('legal name and address');
  await page.getByRole('button', { name: 'Save and verify again' }).press('Enter');
  await opened(page, 'Company');
  const data = section(page, 'Company data');
  await expect(data).toContainText('Contoso Consulting');
  await expect(data).toContainText('Tacoma');
  await expect(data).toContainText('Being verified: legal name and address.');
  await expect(page.getByRole('banner')).toContainText('Contoso Consulting');
});

test('wrong company data is refused, each at its field, and stays typed', async ({
  page,
  signIn,
}) => {
  await signIn(ACCOUNT_ADMIN, '/company/edit');
  await opened(page, 'Edit company data');
  const wrong: [string | RegExp, string, RegExp][] = [
    ['Legal name', '', /Enter a text/],
    ['Street and number', 'улица 1', /Western European/],
    ['City', ' \u200b ', /./],
    [/^Postal code/, '9'.repeat(21), /At most 20/],
    [/^Work email/, 'arlo@', /./],
    [/^Phone/, 'twelve', /country/],
  ];
  for (const [name, text] of wrong) await field(page, name).fill(text);
  await country(page).selectOption('Choose');
  await save(page).click();
  const alert = page.getByRole('alert');
  for (const [name, text, message] of wrong) {
    await expect(field(page, name), `${name}`).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, name)).toHaveAccessibleDescription(message);
    await expect(field(page, name)).toHaveValue(text);
  }
  await expect(country(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(country(page)).toHaveAccessibleDescription('Choose the country or region.');
  await alert.getByRole('link').last().press('Enter');
  await expect(field(page, /^Phone/)).toBeFocused();

  // What is typed is there again after another page, and can be given up.
  await page.getByRole('link', { name: 'My access' }).click();
  await opened(page, 'My access');
  await page.goBack();
  await expect(page.getByText('You typed this earlier')).toBeVisible();
  await expect(country(page)).toHaveValue('');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(country(page)).toHaveValue('US');
  // A country without a location is told of before anything is asked.
  await country(page).selectOption('Portugal');
  await save(page).click();
  await expect(page.getByRole('alert')).toContainText('Add one first.');
});

test('two tabs: theirs and yours', async ({ page, context, signIn, guard }) => {
  guard.expect('412', 'another page was faster');
  await signIn(ACCOUNT_ADMIN, '/company/edit');
  await opened(page, 'Edit company data');
  const other = await context.newPage();
  await other.goto(page.url());
  await field(other, 'City').fill('Tacoma');
  await save(other).click();
  await other.getByRole('button', { name: 'Save and verify again' }).click();
  await opened(other, 'Company');

  await field(page, 'City').fill('Olympia');
  await save(page).click();
  await page.getByRole('button', { name: 'Save and verify again' }).click();
  const row = page.getByRole('table', { name: 'What differs' }).getByRole('row').nth(1);
  await expect(row).toHaveText('CityTacomaOlympia');
  await page.getByRole('button', { name: 'Save anyway' }).click();
  await opened(page, 'Company');
  await expect(section(page, 'Company data')).toContainText('Olympia');
});

test('a location is added and changed, and goes when the program owner approves', async ({
  page,
  signIn,
  server,
}) => {
  await signIn(ACCOUNT_ADMIN, '/company');
  const locations = page.getByRole('table', { name: 'Locations' });
  await expect(locations.getByRole('row')).toHaveCount(3);
  await page.getByRole('link', { name: 'Add a location' }).click();
  await opened(page, 'Add a location');
  await save(page).click();
  const name = field(page, 'Business name at this location');
  for (const one of [name, country(page), field(page, 'Address in one line')]) {
    await expect(one).toHaveAttribute('aria-invalid', 'true');
  }
  await name.fill('Contoso Porto');
  await country(page).selectOption('Portugal');
  await field(page, 'Address in one line').fill('Rua das Flores 1, Porto');
  await save(page).press('Enter');
  await opened(page, 'Company');
  await expect(locations.getByRole('row').filter({ hasText: 'Contoso Porto' })).toContainText(
    'Portugal',
  );
  await locations.getByRole('link', { name: 'Contoso Porto' }).click();
  await opened(page, 'Contoso Porto');
  await name.fill('Contoso Lisboa');
  await save(page).click();
  await locations.getByRole('link', { name: 'Contoso Lisboa' }).click();
  await opened(page, 'Contoso Lisboa');
  await page.getByText('Ask to remove Contoso Lisboa', { exact: true }).press('Enter');
  const send = page.getByRole('button', { name: 'Send the request' });
  await send.press('Enter');
  const why = field(page, 'Why it should be removed');
  await expect(why).toHaveAccessibleDescription('Say why.');
  await why.fill('We closed it.');
  await send.press('Enter');
  const main = page.getByRole('main');
  await expect(main).toContainText('asked for the removal of this location');
  await page.getByRole('button', { name: 'Withdraw the request' }).click();
  await page.getByText('Ask to remove Contoso Lisboa', { exact: true }).click();
  await why.fill('We closed it after all.');
  await send.click();
  await expect(main).toContainText('asked for the removal of this location');
  await page.goto(at(CONTOSO, '/access'));
  await expect(section(page, 'Requests')).toContainText('Removal of the location Contoso Lisboa');

  const waiting = server.command('request', 'list');
  expect(waiting).toContain('Contoso Lisboa');
  const id = waiting.split(' ')[0] ?? '';
  expect(server.command('request', 'approve', id)).toBe('Removed the location Contoso Lisboa.');
  await page.goto(at(CONTOSO, '/company'));
  await opened(page, 'Company');
  await expect(locations.getByRole('row')).toHaveCount(3);
});

test('the only location at home stays, and says what lifts that', async ({
  page,
  signIn,
  guard,
}) => {
  guard.expect('409', 'the only location at home');
  await signIn(ACCOUNT_ADMIN, '/company');
  await page.getByRole('link', { name: 'Contoso Seattle' }).click();
  await opened(page, 'Contoso Seattle');
  await page.getByText('Ask to remove Contoso Seattle', { exact: true }).click();
  const sure = page.getByRole('button', { name: 'Send the request' });
  await expect(sure).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('main')).toContainText(
    "Another location is in the organization's country, United States.",
  );
  await sure.press('Enter');
  await opened(page, 'Contoso Seattle');
  // The server says the same of another country.
  await country(page).selectOption('Portugal');
  await save(page).click();
  await expect(page.getByRole('alert')).toContainText('only location');
  await page.getByRole('main').getByRole('link', { name: 'Add a location' }).click();
  await opened(page, 'Add a location');
});

test('who may not change it sees why, and whom to ask', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/company');
  const button = page.getByRole('button', { name: 'Edit company data' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription(/Only a Global admin or an Account admin/);
  await page.goto(at(CONTOSO, '/company/edit'));
  await opened(page, "You can't open this page");
  await expect(page.getByRole('main')).toContainText('Global admin or Account admin');
});
