// Imports: a file is read in the browser, shown line by line, imported whole, and undone.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestInfo } from '@playwright/test';
import { CONTOSO } from '../support/people';
import { expect, opened, section, test } from '../support/test';

test.use({ ownServer: true });

const HEADER = 'Certificate,Name,Email,CompletedOn';
const csv = (...lines: string[]) => ({
  name: 'people.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([HEADER, ...lines].join('\r\n')),
});

const GOOD = 'AZ-104,Ada Berg,ada.berg@contoso.example,2023-05-31';

test('faults are shown by line, mended, and the rest is imported and undone', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/imports');
  await opened(page, 'Import evidence');
  await expect(page.getByRole('main').getByText('Nothing imported yet.')).toBeVisible();
  const file = page.getByLabel('File', { exact: true });

  await file.setInputFiles(
    csv(GOOD, '=cmd,Ada Berg,ada.berg@contoso.example,2023-05-31', 'zebra,Ben,b@x.example,2023-02-30'),
  );
  await expect(page.getByRole('main').getByText('1 added · 2 refused')).toBeVisible();
  const refused = page.getByRole('table', { name: 'Refused lines' });
  await expect(refused.getByRole('row').nth(1)).toContainText('Must not begin like a spreadsheet formula');
  await expect(refused.getByRole('row').nth(2)).toContainText('4');
  const download = page.waitForEvent('download');
  if (process.env.SCREENSHOTS === '1') await page.screenshot({ path: 'screenshots/imports-faults.png', fullPage: true });
  await page.getByRole('button', { name: 'Download all refused lines' }).click();
  const saved = await (await download).createReadStream();
  const text = (await saved.toArray()).join('');
  expect(text).toContain("3,Certificate,'=cmd,");

  // Mended, and chosen again.
  await file.setInputFiles(csv(GOOD, 'MS-102,Ben Cole,ben.cole@contoso.example,2023-02-28'));
  await expect(page.getByRole('main').getByText('2 added', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Import 2 lines' }).click();
  await expect(page.getByRole('main').getByText('people.csv is imported: 2 lines.')).toBeVisible();
  const history = section(page, 'Import history');
  await expect(history.getByRole('row').nth(1)).toContainText('people.csv');

  if (process.env.SCREENSHOTS === '1') {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: 'screenshots/imports-320.png', fullPage: true });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  // The same file again changes nothing, and the button says so.
  await file.setInputFiles(csv(GOOD));
  await expect(page.getByRole('main').getByText('1 unchanged', { exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByText('This file changes nothing.')).toBeVisible();

  await history.getByRole('button', { name: 'Undo the import of people.csv' }).click();
  await expect(history.getByText(/Undone by/)).toBeVisible();
  await file.setInputFiles(csv(GOOD));
  await expect(page.getByRole('main').getByText('1 added', { exact: true })).toBeVisible();
});

test('what is open is asked, and never guessed', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/imports');
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles(csv('AZ-104,Ada Berg,ada.berg@contoso.example,03/04/2023'));
  const question = page.getByLabel(/Line 2 has 03\/04\/2023 in CompletedOn/);
  await expect(question).toBeVisible();
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0);
  await question.focus();
  await question.selectOption('day_first');
  const button = page.getByRole('button', { name: 'Import 1 line' });
  await expect(button).toBeVisible();
  // The answer stays where it was given, and can be another one.
  await expect(question).toBeFocused();
  await expect(question).toHaveValue('day_first');
  await question.selectOption('month_first');
  await expect(button).toBeVisible();
  await button.press('Enter');
  await expect(page.getByRole('main').getByText('people.csv is imported: 1 line.')).toBeVisible();
  await expect(question).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
  await page.getByRole('button', { name: 'Undo the import of people.csv' }).press('Enter');
  await expect(page.getByText(/Undone by/)).toBeVisible();
  await expect(page.getByRole('main').getByText('people.csv is imported')).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
});

test('a file that was saved again since it was read is not sent', async ({ page, signIn }) => {
  const folder = mkdtempSync(join(tmpdir(), 'membership-'));
  const path = join(folder, 'people.csv');
  writeFileSync(path, `${HEADER}\n${GOOD}\n`);
  await signIn(CONTOSO, '/evidence/imports');
  await page.getByLabel('File', { exact: true }).setInputFiles(path);
  const button = page.getByRole('button', { name: 'Import 1 line' });
  await expect(button).toBeVisible();
  writeFileSync(path, `${HEADER}\n${GOOD}\n${GOOD}\n`);
  await button.click();
  await expect(page.getByRole('alert')).toContainText('changed or moved after it was read');
  rmSync(folder, { recursive: true });
});

for (const [name, buffer, words] of [
  ['sheet.xlsx', Buffer.from('PK\u0003\u0004rest'), 'This is an archive or a workbook.'],
  ['empty.csv', Buffer.from(''), 'The file is empty.'],
  ['other.csv', Buffer.from('A,B\n1,2\n'), 'The columns match neither kind of table.'],
  ['cut.csv', Buffer.from(`${HEADER}\n"AZ-104,Ada`), 'never close'],
  ['cut.json', Buffer.from('{"people": [\n'), 'The file was cut off'],
  ['broken.json', Buffer.from('{"people": }\n'), "This evidence file isn't valid: line 1"],
  ['large.csv', Buffer.alloc(33 * 1024 * 1024, 'a'), 'The file is larger than 32 MB.'],
] as const) {
  test(`no import: ${name}`, async ({ page, signIn }) => {
    await signIn(CONTOSO, '/evidence/imports');
    const file = page.getByLabel('File', { exact: true });
    await file.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
    await expect(page.getByRole('main').getByText('Nothing imported yet.')).toBeVisible();
  });
}

test('what changes something is listed first, and all lines can be downloaded', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/imports');
  const file = page.getByLabel('File', { exact: true });
  const many = Array.from({ length: 60 }, (_, n) => {
    return `AZ-104,Person ${n},p${n}@contoso.example,2023-05-31`;
  });
  await file.setInputFiles(csv(...many));
  await page.getByRole('button', { name: 'Import 60 lines' }).click();
  await expect(page.getByRole('main').getByText('people.csv is imported: 60 lines.')).toBeVisible();
  const renewed = 'AZ-104,Person 59,p59@contoso.example,2023-10-31';
  await file.setInputFiles(csv(...many.slice(0, 59), renewed));
  await expect(page.getByRole('main').getByText('1 changed · 59 unchanged')).toBeVisible();
  await page.getByText('Lines that can be used', { exact: true }).click();
  const lines = page.getByRole('table', { name: /^Lines that can be used/ });
  await expect(lines.getByRole('row').nth(1)).toContainText('Changed: completed');
  await expect(lines.getByRole('row').nth(1)).toContainText('61');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download all of these lines (CSV)' }).click();
  const saved = await (await download).createReadStream();
  const rows = (await saved.toArray()).join('').trimEnd().split('\r\n');
  expect(rows).toHaveLength(61);
  expect(rows[60]).toMatch(
    /^61,.*Person 59.*,Changed: completed 2023-05-31 \u2192 2023-10-31$/,
  );
  expect(rows[0]).toBe('\ufeffLine,About,Outcome');
});

/** 50,000 lines on the disk, as people have them: a test's own bytes would pass through the page. */
async function largeFile(info: TestInfo): Promise<string> {
  const lines = Array.from({ length: 50_000 }, (_, index) => {
    const person = Math.floor(index / 5);
    const certificate = ['AZ-104', 'AZ-305', 'MS-102', 'DP-203', 'PL-300'][index % 5];
    return `${certificate},Person ${person},p${person}@contoso.example,2023-0${1 + (index % 9)}-15`;
  });
  const path = info.outputPath('people.csv');
  await writeFile(path, [HEADER, ...lines].join('\r\n'));
  return path;
}

test('50,000 lines are previewed while the page stays awake', async ({ page, signIn }, info) => {
  await signIn(CONTOSO, '/evidence/imports');
  await page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    const watch = (list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries()) long.push(entry.duration);
    };
    new PerformanceObserver(watch).observe({ type: 'longtask' });
  });
  const path = await largeFile(info);
  const began = Date.now();
  await page.getByLabel('File', { exact: true }).setInputFiles(path);
  await expect(page.getByRole('main').getByText('50,000 added')).toBeVisible();
  const took = Date.now() - began;
  const long = await page.evaluate(() => (window as unknown as { long: number[] }).long);
  console.log(`50,000 lines: previewed in ${took} ms, long tasks ${JSON.stringify(long)}`);
});

test('reading is canceled, and nothing is left of it', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/evidence/imports');
  // The worker waits for the evidence for as long as it takes.
  await page.route('**/evidence', () => {});
  await page.getByLabel('File', { exact: true }).setInputFiles(csv(GOOD));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
});

test('a large file on a slow line: how much is sent, canceled, and sent again', async ({
  page,
  context,
  signIn,
}, info) => {
  await signIn(CONTOSO, '/evidence/imports');
  await page.getByLabel('File', { exact: true }).setInputFiles(await largeFile(info));
  const line = await context.newCDPSession(page);
  const speed = (uploadThroughput: number) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  const main = page.getByRole('main');
  const send = page.getByRole('button', { name: 'Import 50,000 lines' });

  await speed(300_000);
  await send.click();
  await expect(main.getByText(/^[1-9]\.\d of 2\.\d MB sent$/)).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Sending the file' })).toBeVisible();
  // What counts up stays the same button, for a slow press too.
  await page.getByRole('button', { name: 'Cancel' }).click({ delay: 300 });
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(main.getByText('Nothing imported yet.')).toBeVisible();

  await speed(-1);
  await send.click();
  await expect(main.getByText('people.csv is imported: 50,000 lines.')).toBeVisible();
});
