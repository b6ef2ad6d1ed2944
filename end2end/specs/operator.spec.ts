// The operator's desk: who gets in, statements and what they bring, decisions by keyboard, two at
// once, and what holds on each of its pages.

import type { Page } from '@playwright/test';
import { findings } from '../support/axe';
import { code } from '../support/codes';
import { atTheDesk, enter, OTTO, order, PASSWORD, PETRA, statement } from '../support/operators';
import { NORTHWIND, OWEN } from '../support/people';
import { expect, fillIn, opened, section, signIn, test } from '../support/test';

// What one test imports is not in the queue of another.
test.use({ ownServer: true });

const NONE = 'No bank entry waits for a decision';
const ONE = '1 bank entry waits for a decision';
const main = (page: Page) => page.getByRole('main');
const menu = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const queue = (page: Page) => page.getByRole('region', { name: 'Queue' });
const decision = (page: Page) => page.getByRole('region', { name: 'Decision' });
const imported = (page: Page) => page.locator('section.drop');
const said = (page: Page, text: string | RegExp) =>
  page.getByRole('status').filter({ hasText: text });

/** Imports files by the form, and waits for what is said of the last. */
async function importing(page: Page, files: ReturnType<typeof statement>[], says: string | RegExp) {
  await menu(page).getByRole('link', { name: 'Statements' }).click();
  await opened(page, 'Statements');
  await page.getByLabel('Bank files').setInputFiles(files);
  await expect(imported(page)).toContainText(says);
}

async function toQueue(page: Page, heading: string | RegExp) {
  await menu(page).getByRole('link', { name: 'Bank entries' }).click();
  await opened(page, heading);
  // Keys decide about what is shown.
  if (heading !== NONE) await expect(decision(page)).toBeVisible();
}

test('an operator signs in, sets up two steps, and a statement pays an order', async ({
  page,
  server,
  guard,
}) => {
  const { number, reference } = await order(server);
  server.operator(PETRA.email, PETRA.name, PASSWORD);
  guard.expect('403', 'two-step sign-in is missing');
  await page.goto('/operator');
  await opened(page, 'Sign in');
  await fillIn(page, PETRA.email, PASSWORD);
  await opened(page, 'Set up two-step sign-in to open this page');
  await expect(menu(page)).toHaveCount(0);
  await main(page).getByRole('link', { name: 'Set it up' }).click();
  await opened(page, 'Your account');
  const card = section(page, 'Two-step sign-in');
  await card.getByRole('button', { name: 'Set up two-step sign-in' }).click();
  const key = (await card.locator('span.num').textContent()) ?? '';
  await card.getByRole('textbox', { name: 'Code' }).fill(code(key));
  await card.getByRole('button', { name: 'Set up two-step sign-in' }).click();
  await card.getByRole('button', { name: 'I saved them' }).click();
  await main(page).getByRole('link', { name: 'Bank entries' }).click();
  await opened(page, NONE);

  const paid = { bank: 'B1', amount: 36_500, text: `Action Pack ${reference}` };
  const file = statement(1, '2023-11-15', 0, [paid]);
  await importing(page, [file], '1 entry, all new. 1 went to its order, 0 wait for a decision.');
  await expect(page.getByRole('table', { name: 'Imported statements' })).toContainText('Add up');
  await importing(page, [file], 'This exact file was imported before. Nothing was changed.');

  await menu(page).getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill(number.slice(0, 12));
  await page.getByRole('link', { name: number }).click();
  await opened(page, `Order ${number}: Paid`);
  await expect(section(page, 'Payments')).toContainText('£365.00');
  await expect(section(page, 'History')).toContainText('Order placed');
  await expect(section(page, 'Bookings')).toContainText('In the bank');
  await menu(page).getByRole('link', { name: 'Books' }).click();
  await opened(page, 'Balanced.');
  await expect(section(page, 'Open items')).toContainText('Every order that was billed is paid.');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download journal' }).click();
  expect((await download).suggestedFilename()).toBe('books.journal');
  await menu(page).getByRole('link', { name: 'Catalog' }).click();
  await opened(page, 'Catalog in force');
  await expect(page.locator('.digest')).toHaveText(/^[0-9a-f]{32}$/);
});

test('sign-in without an address leads an operator to the desk', async ({ page, server }) => {
  await atTheDesk(page, server);
  await opened(page, NONE);
  await page.goto('/');
  await opened(page, NONE);
  await expect(page).toHaveURL('/operator');
  await page.getByRole('button', { name: `Account of ${PETRA.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await opened(page, 'Sign in');
});

test('what names no order is assigned by keyboard alone', async ({ page, server }) => {
  const { number } = await order(server);
  await atTheDesk(page, server);
  const rows = [
    { bank: 'B1', amount: 36_500, text: 'ACTION PACK NORTHWIND' },
    { bank: 'B2', amount: 4_200, text: 'Coffee', name: 'Somebody Else' },
  ];
  await importing(page, [statement(1, '2023-11-15', 0, rows)], '2 wait for a decision');
  await toQueue(page, '2 bank entries wait for a decision');
  const title = page.getByRole('heading', { level: 2, name: '£365.00 from Northwind' });
  await expect(title).toBeVisible();
  await expect(main(page)).toContainText('Not matched: the bank text has no payment reference.');
  await expect(main(page)).toContainText('Name and amount agree, no reference');

  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 2, name: /£42.00/ })).toBeVisible();
  await page.keyboard.press('k');
  await expect(title).toBeVisible();
  await page.keyboard.press('/');
  const find = page.getByRole('searchbox', { name: 'Find' });
  await expect(find).toBeFocused();
  // In a field a letter is a letter.
  await page.keyboard.type('jar');
  await expect(find).toHaveValue('jar');
  await expect(queue(page)).toContainText('No entry in this list contains “jar”.');
  await find.fill('');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('a');
  const button = decision(page).getByRole('button', { name: 'Assign £365.00 and next' });
  await expect(button).toBeFocused();
  await expect(decision(page).getByLabel('Order number')).toHaveValue(number);
  await expect(decision(page)).toContainText("You can't undo this.");
  await page.keyboard.press('Enter');
  await expect(main(page)).toContainText(`was assigned to the order ${number}.`);
  await expect(page.getByRole('heading', { level: 2, name: /£42.00/ })).toBeFocused();
  await opened(page, ONE);
  await menu(page).getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('link', { name: number }).click();
  await opened(page, `Order ${number}: Paid`);
});

test('a wrong number is said at its field, and a return is undone', async ({
  page,
  server,
  guard,
}) => {
  await atTheDesk(page, server);
  const coffee = { bank: 'B1', amount: 4_200, text: 'Coffee', name: 'Somebody Else' };
  await importing(page, [statement(1, '2023-11-15', 0, [coffee])], '1 waits for a decision');
  await toQueue(page, ONE);
  await page.keyboard.press('Control+Enter');
  await expect(said(page, 'Choose a decision first.')).toHaveCount(1);
  await page.keyboard.press('o');
  const number = decision(page).getByLabel('Order number');
  await expect(number).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(decision(page).getByRole('alert')).toContainText('Enter the number of an order.');
  guard.expect('422', 'no order has this number');
  await number.fill('20231115-000000');
  await page.keyboard.press('Control+Enter');
  await expect(decision(page).getByRole('alert')).toContainText('No open order has this number.');

  await decision(page).getByRole('radio', { name: 'Mark for return' }).check();
  await decision(page).getByLabel('Note for colleagues').fill('Who is this?');
  await page.keyboard.press('Control+Enter');
  await expect(main(page)).toContainText('£42.00 from Somebody Else is marked for return.');
  await expect(queue(page)).toContainText('To return');
  await expect(main(page)).toContainText('Who is this?');
  await page.keyboard.press('u');
  await expect(queue(page)).toContainText('Not matched');
  await expect(said(page, 'The decision was undone.')).toHaveCount(1);
});

test('too little waits, too much is parked, and goes back', async ({ page, server }) => {
  const { number, reference } = await order(server);
  await atTheDesk(page, server);
  const first = { bank: 'B1', amount: 30_000, text: reference };
  const rest = { bank: 'B2', amount: 7_000, text: reference };
  const files = [
    statement(1, '2023-11-13', 0, [first]),
    statement(2, '2023-11-14', 30_000, [rest]),
  ];
  await importing(page, files, /statement-1[^]*statement-2[^]*1 went to its order/);
  await menu(page).getByRole('link', { name: 'Parked money' }).click();
  await opened(page, '1 payment is parked');
  await page.getByRole('button', { name: 'Decide about £5.00 of Northwind' }).click();
  const card = page.getByRole('region', { name: '£5.00 of Northwind' });
  await expect(card.getByRole('heading')).toBeFocused();
  await card.getByRole('button', { name: 'Decide' }).click();
  await expect(card.getByRole('alert')).toContainText('Choose what becomes of it.');
  await card.getByRole('radio', { name: 'Return it' }).check();
  await card.getByRole('button', { name: 'Decide' }).click();
  await expect(main(page)).toContainText('£5.00 is marked for return.');
  await expect(page.getByRole('table', { name: 'Parked money' })).toContainText('To return');

  const back = { bank: 'B3', amount: 500, text: 'Return', out: true };
  const third = statement(3, '2023-11-15', 37_000, [back]);
  await importing(page, [third], '1 waits for a decision');
  await toQueue(page, ONE);
  await expect(main(page)).toContainText('Money left the account.');
  await page.keyboard.press('b');
  const book = decision(page).getByRole('button', { name: 'Book £5.00 as sent back and next' });
  await expect(book).toBeFocused();
  await page.keyboard.press('Enter');
  await opened(page, NONE);
  await expect(main(page)).toContainText('was booked as sent back.');
  await menu(page).getByRole('link', { name: 'Parked money' }).click();
  await opened(page, 'No money is parked');
  await menu(page).getByRole('link', { name: 'Books' }).click();
  await opened(page, 'Balanced.');
  await menu(page).getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('link', { name: number }).click();
  await expect(section(page, 'Payments').getByRole('row')).toHaveCount(3);
});

test('a card paid what a transfer had paid: parked, refunded, and closed', async ({
  page,
  browser,
  server,
}) => {
  const { id, number, reference } = await order(server);
  const context = await browser.newContext({ baseURL: server.url });
  const buyer = await context.newPage();
  await signIn(buyer, OWEN, `/orders/${id}`);
  await buyer.getByRole('button', { name: 'Pay by card instead' }).press('Enter');
  await buyer.getByRole('button', { name: /^Pay £365.00 by card/ }).press('Enter');
  await expect(buyer.getByRole('heading', { name: 'Pay 365.00 GBP' })).toBeVisible();

  await atTheDesk(page, server);
  const paid = { bank: 'B1', amount: 36_500, text: reference };
  await importing(page, [statement(1, '2023-11-15', 0, [paid])], '1 went to its order');
  await buyer.getByRole('button', { name: /^Success/ }).click();
  await opened(buyer, `Order ${number} is paid.`);
  await context.close();

  await menu(page).getByRole('link', { name: 'Parked money' }).click();
  await opened(page, '1 payment is parked');
  const parked = page.getByRole('table', { name: 'Parked money' });
  const card = page.getByRole('region', { name: '£365.00 of Northwind' });
  const decide = async (what: string) => {
    await page.getByRole('button', { name: 'Decide about £365.00 of Northwind' }).press('Enter');
    await card.getByRole('radio', { name: what }).check();
    await card.getByRole('button', { name: 'Decide' }).press('Enter');
  };
  await decide('Return it');
  await expect(main(page)).toContainText('Refund it at the payment provider, then say so here.');
  await expect(parked).toContainText('To return');
  await decide('Keep it here for now');
  await expect(parked).toContainText('Waits');
  await decide('Return it');
  await expect(parked).toContainText('To return');
  await decide('It was refunded to the card');
  await opened(page, 'No money is parked');
  await expect(main(page)).toContainText('£365.00 went back to its card.');
  await menu(page).getByRole('link', { name: 'Books' }).click();
  await opened(page, 'Balanced.');
});

test('two operators: who is at an entry has it', async ({ page, browser, server, guard }) => {
  await atTheDesk(page, server);
  const coffee = { bank: 'B1', amount: 4_200, text: 'Coffee', name: 'Somebody Else' };
  await importing(page, [statement(1, '2023-11-15', 0, [coffee])], '1 waits for a decision');
  const claimed = page.waitForResponse((response) => response.url().endsWith('/claim'));
  await toQueue(page, ONE);
  expect((await claimed).status()).toBe(204);

  const other = await browser.newContext();
  const otto = await other.newPage();
  await atTheDesk(otto, server, OTTO);
  await opened(otto, ONE);
  await expect(queue(otto)).toContainText('Petra Falk is at it');
  await otto.keyboard.press('r');
  await expect(decision(otto)).toContainText('Petra Falk is working on this entry');
  await otto.keyboard.press('Control+Enter');
  await expect(said(otto, 'Petra Falk is working on this entry')).toHaveCount(1);

  // Petra decides; Otto's page is behind, and is told.
  await page.keyboard.press('r');
  await page.keyboard.press('Control+Enter');
  await expect(queue(page)).toContainText('To return');
  await otto.reload();
  await expect(queue(otto)).toContainText('To return');
  await other.close();
  guard.take();
});

test('a partner finds nothing at the desk, and learns nothing', async ({ page, server }) => {
  await enter(page.context(), server.url, NORTHWIND.email, 'walk the harbor wall');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  for (const path of ['/operator', '/operator/orders', '/operator/zebra']) {
    await page.goto(path);
    await opened(page, 'Page not found');
    await expect(main(page)).not.toContainText(/desk|operator/i);
  }
  expect(asked.filter((url) => /operator[-_.]|api\/v1\/operator/.test(url))).toEqual([]);
});

test('a file that is none is refused in words, and the next one goes on', async ({
  page,
  server,
  guard,
}) => {
  await atTheDesk(page, server);
  guard.expect('422', 'the server refuses what it cannot read');
  const wrong = { name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not xml') };
  const good = statement(1, '2023-11-14', 0, [{ bank: 'B1', amount: 100, text: 'x' }]);
  await importing(page, [wrong, good], '1 waits for a decision');
  await expect(imported(page).getByRole('alert')).toContainText('holiday.jpg');
  await expect(imported(page).getByRole('alert')).toContainText('nothing of it was');
  // A day is missing in between.
  const later = statement(3, '2023-11-20', 150, [{ bank: 'B3', amount: 100, text: 'z' }]);
  await importing(page, [later], '1 waits for a decision');
  await expect(main(page)).toContainText('Statements are missing');
  await expect(main(page)).toContainText('£0.50 more came in than went out between 14 November 2023 and');
});

test('single keys can be turned off, and stay off', async ({ page, server }) => {
  await atTheDesk(page, server);
  const rows = [
    { bank: 'B1', amount: 100, text: 'one' },
    { bank: 'B2', amount: 200, text: 'two' },
  ];
  await importing(page, [statement(1, '2023-11-15', 0, rows)], '2 wait for a decision');
  await toQueue(page, '2 bank entries wait for a decision');
  await page.keyboard.press('?');
  const panel = page.getByRole('group', { name: 'Keyboard' });
  await expect(panel).toBeVisible();
  await panel.getByRole('checkbox', { name: 'Use single keys' }).uncheck();
  await page.keyboard.press('Escape');
  const first = page.getByRole('heading', { level: 2, name: /£1.00/ });
  await expect(first).toBeVisible();
  await page.keyboard.press('j');
  await page.reload();
  await expect(first).toBeVisible();
  await page.keyboard.press('j');
  await expect(first).toBeVisible();
  await expect(queue(page).locator('kbd')).toHaveCount(0);
  await page.getByRole('button', { name: 'Keyboard' }).click();
  await panel.getByRole('checkbox', { name: 'Use single keys' }).check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 2, name: /£2.00/ })).toBeVisible();
});

const WIDTHS = [1280, 360, 320];
const SCHEMES = ['light', 'dark'] as const;

test('no finding of axe, one heading, no scrolling sideways on any page', async ({
  page,
  server,
}) => {
  test.setTimeout(240_000);
  const { id, number, reference } = await order(server);
  await atTheDesk(page, server);
  await opened(page, NONE);
  const long = { bank: 'B2', amount: 36_500, text: `ACTION PACK FOR NORTHWIND, ${number}, THANK YOU` };
  const rows = [
    { bank: 'B1', amount: 37_000, text: reference },
    long,
    { bank: 'B3', amount: 123_456_789, text: 'Donaudampfschifffahrtsgesellschaftskapitän', name: 'T TOYS' },
    { bank: 'B4', amount: 1_250, text: 'Quarterly fee', name: 'The bank', out: true },
  ];
  await importing(page, [statement(1, '2023-11-15', 0, rows)], '3 wait for a decision');
  const gap = statement(3, '2023-11-20', 0, [{ bank: 'B9', amount: 1, text: 'x' }]);
  await importing(page, [gap], '1 waits for a decision');
  const PAGES: [string, string, string | RegExp][] = [
    ['entries', '/operator', '4 bank entries wait for a decision'],
    ['entries-matched', '/operator?state=too_much', '4 bank entries wait for a decision'],
    ['statements', '/operator/statements', 'Statements'],
    ['parked', '/operator/parked', '1 payment is parked'],
    ['orders', '/operator/orders', 'Orders'],
    ['orders-none', '/operator/orders?search=zebra', 'Orders'],
    ['order', `/operator/orders/${id}`, `Order ${number}: Paid`],
    ['order-gone', '/operator/orders/zebra', 'Order not found'],
    ['books', '/operator/books', 'Balanced.'],
    ['catalog', '/operator/catalog', 'Catalog in force'],
    ['account', '/operator/account', 'Your account'],
    ['missing', '/operator/zebra', 'Page not found'],
  ];
  for (const [name, path, heading] of PAGES) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(path);
    await opened(page, heading);
    await expect(page.getByRole('status').filter({ hasText: /^Loading/ })).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    if (name === 'entries') await page.keyboard.press('o');
    if (name === 'parked') {
      await page.getByRole('button', { name: /Decide about/ }).click();
      await page.getByRole('radio', { name: 'Assign to another order' }).check();
    }
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(needed, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(width);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        if (process.env.SCREENSHOTS === '1') {
          const file = `screenshots/desk-${name}-${width}-${colorScheme}.png`;
          await page.screenshot({ path: file, fullPage: true });
        }
        const rules = colorScheme === 'light' ? 'all' : 'colors';
        expect(await findings(page, rules), `${name}, ${width} px, ${colorScheme}`).toEqual([]);
      }
    }
    if (process.env.SCREENSHOTS === '1') {
      await page.emulateMedia({ media: 'print', colorScheme: 'light' });
      await page.setViewportSize({ width: 794, height: 1123 });
      await page.screenshot({ path: `screenshots/desk-${name}-print.png`, fullPage: true });
      await page.emulateMedia({ media: 'screen' });
    }
  }
});
