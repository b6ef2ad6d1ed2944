// What if: computed in the page, held by its address, saved nowhere.

import type { Page } from '@playwright/test';
import { at, CONTOSO, GLOBAL_ADMIN, NORTHWIND } from '../support/people';
import { expect, opened, section, signIn as enter, test, total } from '../support/test';

const MODERN_WORK = '/designations/modern-work';
const ONE_MORE = `${MODERN_WORK}?people=ms-102*1`;

test('one more person with the advanced certificate qualifies', async ({ page, signIn }) => {
  await signIn(CONTOSO, MODERN_WORK);
  await expect(total(page)).toHaveText(/^56.5 of 70 needed/);
  const preview = await panel(page);
  await expect(preview.getByRole('status')).toContainText('No changes yet');
  await preview.getByRole('button', { name: 'More: People with MS-102' }).click();
  await expect(total(page)).toHaveText('76 of 70 needed +15');
  const outcome = preview.getByRole('status');
  await expect(outcome).toContainText('76 +15 · qualifies');
  await expect(outcome).toContainText('Differs from today');
  await expect(outcome).toContainText('Advanced certifications +15');
  await expect(outcome).toContainText('Modern Work: qualified, was in progress');
  await expect(page).toHaveURL(at(CONTOSO, ONE_MORE));
  await expect(preview.getByLabel('People with MS-102', { exact: true })).toHaveValue('1');

  await preview.getByRole('button', { name: 'Reset' }).click();
  await expect(page).toHaveURL(at(CONTOSO, MODERN_WORK));
  await expect(total(page)).toHaveText('56.5 of 70 needed');
});

test('the address holds it: reloaded, shared, and seen on the program too', async ({
  browser,
  guard,
  page,
  server,
  signIn,
}) => {
  await signIn(CONTOSO, ONE_MORE);
  await expect(total(page)).toHaveText('76 of 70 needed +15');
  await page.reload();
  await expect(total(page)).toHaveText('76 of 70 needed +15');

  const context = await browser.newContext({ baseURL: server.url });
  await guard.watch(context);
  const colleague = await context.newPage();
  await enter(colleague, GLOBAL_ADMIN, ONE_MORE);
  await expect(total(colleague)).toHaveText('76 of 70 needed +15');
  await context.close();

  await page.goto(at(CONTOSO, '/programs/solutions-partner-modern-work?people=ms-102*1'));
  await expect(section(page, 'Preview').getByRole('status')).toContainText('All requirements met');
});

test('numbers can be typed, and what is no number stays until it is one', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, MODERN_WORK);
  const preview = await panel(page);
  const people = preview.getByLabel('People with MS-102', { exact: true });
  await people.fill('2');
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*2`));
  await people.fill('');
  await expect(people).toHaveAccessibleDescription(/Enter a whole number from/);
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*2`));
  // It stays, with what is wrong with it, also once it is left.
  await people.blur();
  await expect(people).toHaveValue('');
  await expect(people).toHaveAttribute('aria-invalid', 'true');
  await people.fill('5000');
  await people.blur();
  await expect(people).toHaveValue('5000');
  await expect(people).toHaveAccessibleDescription(/Enter a whole number from -99 to 99/);
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*2`));
  await preview.getByRole('button', { name: 'More: People with MS-102' }).click();
  await expect(people).toHaveValue('3');
  await expect(people).not.toHaveAttribute('aria-invalid');
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*3`));
});

test('what is typed key by key is not replaced on the way', async ({ page, signIn }) => {
  await signIn(CONTOSO, MODERN_WORK);
  const preview = await panel(page);
  const people = preview.getByLabel('People with MS-102', { exact: true });
  await people.fill('');
  await people.pressSequentially('12.5');
  await expect(people).toHaveValue('12.5');
  await expect(people).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*12`));
  await people.fill('');
  await people.pressSequentially('-12');
  await expect(people).toHaveValue('-12');
  await expect(people).not.toHaveAttribute('aria-invalid');
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*-12`));
});

test('customers, growth and deployments move their metrics', async ({ page, signIn }) => {
  await signIn(CONTOSO, MODERN_WORK);
  const preview = await panel(page);
  for (const [label, more, address] of [
    ['Net customer adds: Customers through CSP', '1', 'modern-work.net-adds.csp*1'],
    ['Usage growth: More users through CPOR', '50', 'modern-work.usage-growth.cpor*50'],
    ['Deployments: Deployments through CSP', '2', 'modern-work.deployments.csp*2'],
  ] as const) {
    const now = (await total(page).textContent()) ?? '';
    await preview.getByLabel(label, { exact: true }).fill(more);
    await expect(total(page), label).not.toHaveText(now);
    await expect(page).toHaveURL((url) => url.search.includes(address));
    await expect(preview.getByRole('status')).toContainText(label.split(':')[0] as string);
  }
});

test('fewer is as possible as more', async ({ page, signIn }) => {
  await signIn(NORTHWIND, '/designations/data-ai');
  const now = Number.parseFloat((await total(page).textContent()) ?? '');
  const preview = await panel(page);
  await preview.getByLabel('People with DP-203', { exact: true }).fill('-99');
  await expect(total(page)).toContainText('\u2212');
  expect(Number.parseFloat((await total(page).textContent()) ?? '')).toBeLessThan(now);
});

test('a requirement taken as met', async ({ page, signIn }) => {
  await signIn(NORTHWIND, '/programs/azure-expert-msp');
  const preview = section(page, 'Preview');
  await preview.getByRole('checkbox', { name: 'Independent audit' }).check();
  const met = '/programs/azure-expert-msp?met=azure-expert-msp.audit';
  await expect(page).toHaveURL(at(NORTHWIND, met));
  await expect(preview.getByRole('status')).toContainText('All requirements met · Qualified');
  const audit = section(page, 'Requirements')
    .getByRole('listitem')
    .filter({ hasText: /^Independent audit/ });
  await expect(audit).toContainText('Assumed met in this preview.');
  await expect(audit).toContainText('Today: not met');
});

test('another day', async ({ page, signIn }) => {
  const address = '/designations/infrastructure';
  await signIn(NORTHWIND, address);
  const day = section(page, 'Preview').getByLabel('Day');
  await expect(day).toHaveValue('2023-11-15');
  const now = (await total(page).textContent()) ?? '';
  await day.fill('2024-11-15');
  await day.blur();
  await expect(page).toHaveURL(at(NORTHWIND, `${address}?day=2024-11-15`));
  // A year later certificates have ended.
  await expect(total(page)).toHaveText(/ \u2212[1-9]/);
  await day.fill('2023-11-15');
  await day.blur();
  await expect(page).toHaveURL(at(NORTHWIND, address));
  await expect(total(page)).toHaveText(now);
});

test('nothing is saved', async ({ page, signIn }) => {
  await signIn(CONTOSO, MODERN_WORK);
  await expect(total(page)).toHaveText(/^56.5 of 70 needed/);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
  const preview = await panel(page);
  for (let press = 0; press < 3; press += 1) {
    await preview.getByRole('button', { name: 'More: People with MS-102' }).click();
  }
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*3`));
  await page.goto(at(CONTOSO, MODERN_WORK));
  await expect(total(page)).toHaveText('56.5 of 70 needed');
  expect(sent.filter((request) => !request.startsWith('GET '))).toEqual([]);
});

test('what makes no sense in a link is named, left out, and the rest holds', async ({
  page,
  signIn,
}) => {
  await signIn(
    CONTOSO,
    `${MODERN_WORK}?day=yesterday&people=ms-102*1,zebra*2,ms-102*lots&measures=nowhere*1&met=a.b`,
  );
  await expect(total(page)).toHaveText('76 of 70 needed +15');
  const preview = section(page, 'Preview');
  await expect(preview).toContainText("Part of the link can't be read and was left out:");
  for (const line of [
    "“yesterday” in “day” isn't a day; write it as 2023-12-01.",
    "“zebra*2” in “people” names a certificate that isn't in the catalog.",
    "“ms-102*lots” in “people” isn't an ID, a star, and a number.",
    "“nowhere*1” in “measures” names a measure that isn't in the catalog.",
    "“a.b” in “met” names a requirement that isn't in the catalog.",
  ]) {
    await expect(preview.getByRole('listitem').filter({ hasText: line })).toBeVisible();
  }
});

test('Back leaves a preview as a whole', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations');
  await page.getByRole('link', { name: 'Solutions Partner for Modern Work' }).click();
  await opened(page, 'Solutions Partner for Modern Work');
  const preview = await panel(page);
  await preview.getByRole('button', { name: 'More: People with MS-102' }).click();
  await preview.getByRole('button', { name: 'More: People with MS-102' }).click();
  await expect(page).toHaveURL(at(CONTOSO, `${MODERN_WORK}?people=ms-102*2`));
  await page.goBack();
  await opened(page, 'Designations');
});

/** The panel, with the people's part open. */
async function panel(page: Page) {
  const preview = section(page, 'Preview');
  const people = preview.getByText('People with certificates', { exact: true });
  await expect(preview).toBeVisible();
  if ((await people.count()) > 0) await people.click();
  return preview;
}
