// Everything by keyboard, and on a small screen.

import type { Page } from '@playwright/test';
import { findings } from '../support/axe';
import { ADVISOR, at, CONTOSO } from '../support/people';
import { expect, fewNumbers, opened, section, test, total } from '../support/test';

/** Presses Tab until the named control has focus; fails when it never gets it. */
async function tabTo(page: Page, role: 'button' | 'link' | 'checkbox', name: string | RegExp) {
  const control = page.getByRole(role, { name }).first();
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((element) => element === document.activeElement)) return control;
  }
  throw new Error(`Tab never reaches ${role} ${name}`);
}

test('the skip link is first and leads to the content', async ({ page, signIn }) => {
  await signIn(CONTOSO);
  await page.goto(at(CONTOSO, '/programs'));
  await opened(page, 'Programs');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the main content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveURL(at(CONTOSO, '/programs'));
});

test('after navigation focus is on the heading, and the heading is announced', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO);
  const link = await tabTo(page, 'link', 'Programs');
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Programs' })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: /^Programs\s*$/ })).toHaveCount(1);
  await expect(page).toHaveTitle('Programs - Membership');
  await tabTo(page, 'link', 'Azure Expert MSP');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Azure Expert MSP' })).toBeFocused();
});

test('coming back, the list is where it was', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/programs');
  await page.getByRole('link', { name: 'Surface Reseller Alliance' }).click();
  await opened(page, 'Surface Reseller Alliance');
  await page.goBack();
  await opened(page, 'Programs');
  await expect(page.getByRole('link', { name: 'Surface Reseller Alliance' })).toBeInViewport();
});

test('narrowing the list leaves focus in the field', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/programs');
  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.click();
  await page.keyboard.type('azure expert');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('azure expert');
  await expect(page.getByText('1 program', { exact: true })).toBeVisible();
});

test('what is drawn anew keeps the focus', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/usage');
  const month = page.getByRole('columnheader', { name: 'Month' }).getByRole('button');
  await month.press('Enter');
  await expect(page).toHaveURL(/sort=month/);
  await expect(month).toBeFocused();
  await page.getByRole('link', { name: 'Next page' }).press('Enter');
  await expect(page).toHaveURL(/cursor=/);
  const caption = page.getByRole('table', { name: 'Usage' }).getByRole('caption');
  await expect(caption).toBeFocused();
  const focused = () => page.evaluate(() => document.activeElement?.tagName);
  await expect.poll(focused).not.toBe('BODY');
  await page.mouse.click(5, 400);
  await expect.poll(focused).toBe('BODY');
});

test('a preview by keyboard: focus stays on what is pressed', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations/modern-work');
  await section(page, 'Preview').getByText('People with certificates').focus();
  await page.keyboard.press('Enter');
  const more = await tabTo(page, 'button', 'More: People with MS-102');
  await page.keyboard.press('Enter');
  await expect(total(page)).toHaveText(/^76 of 70 needed/);
  await expect(more).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/people=ms-102\*2/);
  await expect(more).toBeFocused();
});

test('what goes when it is pressed gives the focus to what comes next', async ({ page }) => {
  await fewNumbers(page);
  await page.goto('/preview/start');
  const add = page.getByRole('button', { name: 'Add a certificate' });
  await add.click();
  // After one in between, the next one has its place.
  await page.getByRole('button', { name: 'Remove Certificate 1' }).press('Enter');
  await expect(page.getByRole('button', { name: /^Remove Certificate/ })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Remove Certificate 1' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Remove Certificate/ })).toHaveCount(0);
  await expect(add).toBeFocused();

  await page.getByRole('button', { name: 'Delete everything', exact: true }).press('Enter');
  await expect(page.getByRole('button', { name: 'Yes, delete everything' })).toBeFocused();
  await page.getByRole('button', { name: 'Keep it' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Delete everything', exact: true })).toBeFocused();

  for (const [form, more] of [
    ['people', 'Add a certificate'],
    ['customers', 'Add an association'],
  ]) {
    await page.goto(`/preview/evidence/${form}/new`);
    await page.getByRole('button', { name: more }).press('Enter');
    await page.getByRole('button', { name: /^Remove/ }).press('Enter');
    await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
    await expect(page.getByRole('button', { name: more })).toBeFocused();
  }
});

test('menus open, close on Escape, and give focus back', async ({ page, signIn }) => {
  await signIn(ADVISOR);
  const chip = await tabTo(page, 'button', /^Contoso/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /^Contoso PartnerID/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: /^Northwind/ })).toBeHidden();
  await expect(chip).toBeFocused();
});

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('the menu button opens the navigation', async ({ page, signIn }) => {
    await signIn(CONTOSO);
    const menu = page.getByRole('navigation', { name: 'Main' });
    await expect(menu).toBeHidden();
    await tabTo(page, 'button', 'Menu');
    await page.keyboard.press('Enter');
    await expect(menu).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await page.getByRole('button', { name: 'Menu' }).click();
    await menu.getByRole('link', { name: 'Designations' }).click();
    await opened(page, 'Designations');
    await expect(menu).toBeHidden();
  });

  test('every menu of the bar fits', async ({ page, signIn }) => {
    await signIn(ADVISOR);
    for (const name of [/^Account of/, /^Demo clock/, /^Contoso/]) {
      await page.getByRole('button', { name }).first().click();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `${name}`).toBeLessThanOrEqual(320);
      expect(await findings(page), `${name}`).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
});
