// Who says a row: what is confirmed decides, what a partner entered is shown beside it, and rows
// that are confirmed are not a partner's to change.

import type { Page } from '@playwright/test';
import { findings } from '../support/axe';
import { at, CONTOSO, NORTHWIND } from '../support/people';
import { expect, fewNumbers, opened, section, test, total } from '../support/test';

const MODERN_WORK = '/designations/modern-work';
const BOTH = '56.5 confirmed, 61 with your own entries';
const CONFIRMS = 'The program owner confirms certificates, usage, and other records.';

/** What shows and switches whose entries count. */
const entries = (page: Page) => page.getByRole('group', { name: 'Entries that count' });
const confirmed = (page: Page) => entries(page).getByRole('button', { name: 'Confirmed' });
const own = (page: Page) => entries(page).getByRole('button', { name: 'With your entries' });

test('both numbers are shown, and the confirmed one decides', async ({ page, signIn }) => {
  await signIn(CONTOSO, MODERN_WORK);
  await expect(total(page)).toHaveText('56.5 of 70 needed');
  await expect(entries(page)).toContainText(BOTH);
  await expect(page.getByText(CONFIRMS)).toHaveCount(1);
  await expect(confirmed(page)).toHaveAttribute('aria-pressed', 'true');
  const adds = section(page, 'Metrics').locator('[data-metric="net-adds"]');
  await expect(adds.getByRole('img', { name: '16 of 20 points' })).toBeVisible();
  await expect(adds).toContainText('16 confirmed, 18 with your own entries');
  const growth = page.locator('[data-metric="usage-growth"]');
  await expect(growth).not.toContainText('with your own entries');

  await own(page).click();
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?basis=entered`));
  await expect(total(page)).toHaveText('61 of 70 needed');
  await expect(adds.getByRole('img', { name: '18 of 20 points' })).toBeVisible();
  await expect(entries(page)).toContainText(BOTH);
  await confirmed(page).click();
  await expect(page).toHaveURL(at(CONTOSO, MODERN_WORK));
  await expect(total(page)).toHaveText('56.5 of 70 needed');
});

test('a link shows the same, and so do the pages that it leads to', async ({ page, signIn }) => {
  await signIn(CONTOSO, `${MODERN_WORK}?track=smb&basis=entered`);
  await expect(total(page)).toHaveText('61 of 70 needed');
  await page.reload();
  await expect(own(page)).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('link', { name: /^Enterprise/ }).click();
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?track=enterprise&basis=entered`));
  await page.getByRole('link', { name: 'See the program' }).click();
  await expect(page).toHaveURL(
    at(CONTOSO, '/programs/solutions-partner-modern-work?basis=entered'),
  );
  await expect(own(page)).toHaveAttribute('aria-pressed', 'true');
  // What nobody knows asks for nothing.
  await page.goto(at(CONTOSO, `${MODERN_WORK}?basis=zebra`));
  await expect(total(page)).toHaveText('56.5 of 70 needed');
});

test('by keyboard, the focus stays on what was pressed', async ({ page, signIn }) => {
  await signIn(CONTOSO, MODERN_WORK);
  await confirmed(page).focus();
  await page.keyboard.press('Tab');
  await expect(own(page)).toBeFocused();
  await expect(own(page)).toHaveAccessibleDescription(new RegExp(`^${CONFIRMS}`));
  await page.keyboard.press('Space');
  await expect(total(page)).toHaveText('61 of 70 needed');
  await expect(own(page)).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(total(page)).toHaveText('56.5 of 70 needed');
});

test('a preview counts what was entered, and says so', async ({ page, signIn }) => {
  await signIn(CONTOSO, `${MODERN_WORK}?people=ms-102*1`);
  await expect(total(page)).toHaveText('76 of 70 needed +15');
  await expect(entries(page)).toContainText('A preview counts your own entries too');
  await expect(own(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(confirmed(page)).toHaveAttribute('aria-disabled', 'true');
  await confirmed(page).press('Enter');
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*1`));
  await page.getByRole('button', { name: 'Back to today' }).click();
  await expect(total(page)).toHaveText('56.5 of 70 needed');
  await expect(confirmed(page)).not.toHaveAttribute('aria-disabled');
});

test('lists of programs show both, and keep what narrows them', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations');
  const row = page.getByRole('listitem').filter({ hasText: 'Solutions Partner for Modern Work' });
  await expect(row).toContainText(BOTH);
  await expect(row.getByRole('img', { name: /^56\.5 of 100/ })).toBeVisible();
  await own(page).click();
  await expect(row.getByRole('img', { name: /^61 of 100/ })).toBeVisible();
  await expect(row.getByRole('link')).toHaveAttribute('href', /modern-work\?basis=entered$/);

  await page.goto(at(CONTOSO, '/programs?q=modern%20work'));
  await own(page).click();
  await expect(page).toHaveURL(at(CONTOSO, '/programs?q=modern%20work&basis=entered'));
  await page.getByRole('searchbox', { name: 'Search' }).fill('modern');
  await expect(page).toHaveURL(at(CONTOSO, '/programs?q=modern&basis=entered'));
  await page.goto(at(CONTOSO, '/specializations'));
  await expect(entries(page)).toBeVisible();
});

test('where everything is confirmed there is no choice', async ({ page, signIn }) => {
  await signIn(NORTHWIND, '/designations/infrastructure');
  await expect(total(page)).toBeVisible();
  await expect(entries(page)).toHaveCount(0);
});

test('without an account nothing is confirmed, and nothing is said of it', async ({ page }) => {
  await fewNumbers(page);
  const start = new URL(page.url()).pathname.replace(/\/$/, '');
  await page.goto(`${start}/designations/infrastructure?basis=decision`);
  await expect(total(page)).toBeVisible();
  await expect(entries(page)).toHaveCount(0);
  await expect(page.getByText('with your own entries')).toHaveCount(0);
  await page.goto(`${start}/evidence/people`);
  await expect(page.getByRole('table', { name: 'People' })).toBeVisible();
  await expect(page.getByLabel('Authority')).toHaveCount(0);
});

test('lists are narrowed by who says a row, and say what only was entered', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/customers');
  await opened(page, 'Customers');
  await page.getByLabel('Authority').selectOption('Claimed by you');
  await expect(page).toHaveURL(at(CONTOSO, '/evidence/customers?authority=claimed'));
  const table = page.getByRole('table', { name: 'Customers' });
  const names = table.getByRole('link', { name: /^(Fabrikam|Tailspin|Northwind) / });
  await expect(names).toHaveText(['Fabrikam Bakery', 'Tailspin Tutors']);
  const bakery = table.getByRole('row').filter({ hasText: 'Fabrikam Bakery' });
  await expect(bakery).toContainText('with what you entered');
  await page.getByRole('button', { name: 'Details of Fabrikam Bakery' }).click();
  const detail = table.getByRole('row').nth(2);
  await expect(detail).toContainText('Counts with what you entered.');
  await expect(detail).toContainText('AuthorityClaimed');
});

test.describe('forms', () => {
  test.use({ ownServer: true });

  test('what is confirmed is locked, with who can change it', async ({ page, signIn }) => {
    await signIn(CONTOSO, '/evidence/people?search=alma');
    await page.getByRole('link', { name: 'Alma Reyes' }).click();
    await opened(page, 'Alma Reyes');
    const earned = page.getByLabel('Earned on').first();
    await expect(earned).toHaveAttribute('readonly');
    await expect(earned).toHaveAccessibleDescription(/^Confirmed\. Only the program owner/);
    const remove = page.getByRole('button', { name: /^Remove certificate 1/ });
    await expect(remove).toHaveAttribute('aria-disabled', 'true');
    await expect(remove).toHaveAccessibleDescription(/^Confirmed\. Only the program owner/);
    await remove.press('Enter');
    await expect(earned).toBeVisible();
    await expect(page.getByLabel(/^Learning profile/)).toHaveAttribute('readonly');
    await page.getByText('Remove Alma Reyes', { exact: true }).click();
    const sure = page.getByRole('button', { name: 'Yes, remove Alma Reyes' });
    await expect(sure).toHaveAttribute('aria-disabled', 'true');
    await sure.press('Enter');
    await opened(page, 'Alma Reyes');
    expect(await findings(page)).toEqual([]);

    // The rest is the partner's own: the name, and a claim beside it.
    await page.getByRole('button', { name: 'Add a certificate' }).click();
    const certificate = page.getByRole('combobox', { name: 'Certificate' });
    await certificate.selectOption('az-104');
    await page.getByLabel('Earned on').last().fill('2023-06-01');
    await page.getByRole('button', { name: 'Save' }).click();
    await opened(page, 'People');
    await page.getByRole('link', { name: 'Alma Reyes' }).click();
    await expect(certificate).toHaveCount(1);
    await expect(page.getByLabel('Earned on').last()).not.toHaveAttribute('readonly');
  });

  test('that a confirmed person left is claimed, and decides nothing', async ({ page, signIn }) => {
    await signIn(CONTOSO, '/evidence/people?search=tara');
    await page.getByRole('link', { name: 'Tara Nwosu' }).click();
    await opened(page, 'Tara Nwosu');
    await expect(page.getByLabel('Left on (optional)')).toHaveCount(0);
    const claim = page.getByLabel(/^Left on, by your own entry/);
    await expect(claim).toHaveAccessibleDescription(/^Previews count it/);
    await claim.fill('2023-10-31');
    await page.getByRole('button', { name: 'Save' }).click();
    await opened(page, 'People');
    const row = page.getByRole('row').filter({ hasText: 'Tara Nwosu' });
    await expect(row).toContainText('(claimed)');
    await page.goto(at(CONTOSO, '/designations/business-applications'));
    await expect(total(page)).toHaveText('34 of 70 needed');
    await expect(entries(page)).toContainText('34 confirmed, 30 with your own entries');
  });

  test('a confirmed month of usage cannot be saved or removed', async ({ page, signIn }) => {
    await signIn(CONTOSO, '/evidence/usage?search=fabrikam+dental');
    await page.getByRole('link', { name: 'Fabrikam Dental' }).first().click();
    await opened(page, /^Fabrikam Dental, /);
    await expect(page.getByLabel(/^Revenue/)).toHaveAttribute('readonly');
    const save = page.getByRole('button', { name: 'Save' });
    await expect(save).toHaveAttribute('aria-disabled', 'true');
    await expect(save).toHaveAccessibleDescription(/^Confirmed\. Only the program owner/);
    await page.getByLabel(/^Revenue/).press('Enter');
    await opened(page, /^Fabrikam Dental, /);
  });

  test("what was claimed is the partner's to change", async ({ page, signIn }) => {
    await signIn(CONTOSO, '/evidence/customer?id=fabrikam-bakery');
    await opened(page, 'Fabrikam Bakery');
    await expect(page.getByRole('combobox', { name: 'Association' })).toHaveCount(2);
    const remove = page.getByRole('button', { name: /^Remove association 1/ });
    await expect(remove).not.toHaveAttribute('aria-disabled');
  });
});

test.describe('at 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('both numbers and the locks fit', async ({ page, signIn }) => {
    await signIn(CONTOSO, MODERN_WORK);
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect(entries(page)).toContainText(BOTH);
    expect(await width()).toBeLessThanOrEqual(360);
    expect(await findings(page)).toEqual([]);
    await page.goto(at(CONTOSO, '/evidence/customer?id=fabrikam-dental'));
    await expect(page.getByText('Only the program owner').first()).toBeVisible();
    expect(await width()).toBeLessThanOrEqual(360);
  });
});
