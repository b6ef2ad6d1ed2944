// Files that leave open who or what a line is about: each is imported in the pages, its questions
// and refusals are read, and what comes of it is looked at.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { at, TAILSPIN } from '../support/people';
import { expect, opened, test, total } from '../support/test';

test.use({ ownServer: true });

const FILES = fileURLToPath(new URL('../../crates/import/tests/files', import.meta.url));

interface Known {
  people: { name: string; email?: string; certificates: { certificate: string }[] }[];
  customers: { id: string; name: string }[];
  usage: { customer: string; users: number }[];
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByLabel('File', { exact: true }).setInputFiles(join(FILES, name));
}

async function evidence(page: Page): Promise<Known> {
  const session = await (await page.request.get('/api/v1/session')).json();
  const id = session.organizations[0].id;
  return (await page.request.get(`/api/v1/organizations/${id}/evidence`)).json();
}

/** By name, what people hold; of those of the file. */
function held(known: Known, names: string[]): Record<string, string[]> {
  const codes = (one: Known['people'][0]) => one.certificates.map((held) => held.certificate);
  const people = known.people.filter((one) => names.some((name) => one.name.startsWith(name)));
  return Object.fromEntries(people.map((one) => [one.name, codes(one)]));
}

/** By customer, the users of each month; of those of the file. */
function users(known: Known): Record<string, number[]> {
  const files = /^(C|Caf|M).*(Contoso|Northwind|Fabrikam)|^Contoso A/;
  const customers = known.customers.filter((one) => files.test(one.name));
  const of = (id: string) => known.usage.filter((row) => row.customer === id);
  return Object.fromEntries(
    customers.map((one) => [one.name.normalize('NFC'), of(one.id).map((row) => row.users)]),
  );
}

async function importAll(page: Page, lines: number): Promise<void> {
  const count = lines === 1 ? '1 line' : `${lines} lines`;
  await page.getByRole('button', { name: `Import ${count}` }).click();
  await expect(page.getByRole('main').getByText(`is imported: ${count}.`)).toBeVisible();
}

test.beforeEach(async ({ page, signIn }) => {
  await signIn(TAILSPIN, '/evidence/imports');
  await opened(page, 'Import evidence');
});

test('customers with similar names are asked about and never merged', async ({ page }) => {
  await choose(page, 'customers-punctuation.csv');
  const question = page.getByLabel(/^Line 3 has the customer “C# Contoso Labs”, which resembles “C\+\+ Contoso Labs”/);
  await expect(question).toBeVisible();
  await question.selectOption('refused');
  await expect(page.getByRole('main').getByText('2 added · 2 refused')).toBeVisible();
  const refused = page.getByRole('table', { name: 'Refused lines' });
  await expect(refused.getByRole('row').nth(2)).toContainText('resembles the customer “Contoso A+”');
  await question.selectOption('different');
  await importAll(page, 4);
  expect(users(await evidence(page))).toEqual({
    'C++ Contoso Labs': [10],
    'C# Contoso Labs': [20],
    'Contoso A+': [30],
    'Contoso A': [30],
  });
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await expect(page.getByRole('link', { name: 'C# Contoso Labs' })).toBeVisible();
});

test('a name is one however its marks are stored', async ({ page }) => {
  await choose(page, 'customers-nfc-nfd.csv');
  await page.getByLabel(/^Line 6 has the customer “Cafe Northwind”/).selectOption('different');
  await importAll(page, 5);
  expect(users(await evidence(page))).toEqual({
    'Müller Fabrikam': [10, 20],
    'Café Northwind': [10, 20],
    'Cafe Northwind': [90],
  });
});

test('an id that a spreadsheet rounded is refused', async ({ page }) => {
  await choose(page, 'customers-one-id.csv');
  await expect(page.getByRole('main').getByText('3 refused')).toBeVisible();
  const refused = page.getByRole('table', { name: 'Refused lines' });
  await expect(refused.getByRole('row').nth(1)).toContainText('A spreadsheet rounded this ID to 1.23457E+11.');
  await expect(page.getByRole('main').getByText('Nothing imported yet.')).toBeVisible();
});

test('a person with an invisible character in the address is one person', async ({ page }) => {
  await choose(page, 'people-invisible.csv');
  await importAll(page, 1);
  expect(held(await evidence(page), ['Priya'])).toEqual({ 'Priya Raman': ['mb-700'] });
  // Before there were 4 points; with a second person there would be 7.5 more.
  await page.goto(at(TAILSPIN, '/designations/business-applications?basis=entered'));
  await expect(total(page)).toContainText('11.5 of 70 needed');
});

test('quotes after spaces are quotes', async ({ page }) => {
  await choose(page, 'spaced-quotes.csv');
  await importAll(page, 2);
  expect(held(await evidence(page), ['Priya', 'Tom'])).toEqual({ 'Priya Raman': ['az-104'], 'Tom Okafor, Jr.': ['az-305'] });
});

test('the level of a title decides', async ({ page }) => {
  await choose(page, 'titles-level.csv');
  await importAll(page, 1);
  expect(held(await evidence(page), ['Ines'])).toEqual({ 'Ines Moreau': ['mb-330'] });
});

test('a profile alone says that it is left out', async ({ page }) => {
  await choose(page, 'profile.json');
  await expect(page.getByRole('main').getByText('1 left out', { exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByText('Nothing imported yet.')).toBeVisible();
});
