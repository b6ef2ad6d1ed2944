// What these specs start from: pages on a host of their own, their API at another origin.

import { request } from 'node:http';
import { expect, type Page, test as base } from '@playwright/test';
import { type Guard, guarded } from '../support/guard';
import { PASSPHRASE, type Person } from '../support/people';
import { Server } from '../support/server';
import { fillIn } from '../support/test';
import { given, Host, type Kind } from './host';

export interface Options {
  /** Which program has the pages. */
  kind: Kind;
}

interface Fixtures {
  /** Fails the test for whatever goes wrong in the browser. */
  guard: Guard;
}

interface OfWorker {
  /** The pages. */
  host: Host;
  /** Their API. */
  api: Server;
}

export const test = base.extend<Fixtures, Options & OfWorker>({
  kind: ['nginx', { option: true, scope: 'worker' }],
  host: [
    async ({ kind }, use) => {
      const host = await Host.start(kind);
      await use(host);
      await host.discard();
    },
    { scope: 'worker' },
  ],
  api: [
    async ({ host }, use) => {
      const { port } = new URL(given('MEMBERSHIP_HOSTING_API'));
      const api = await Server.start({ port, allowedOrigin: host.origin });
      await use(api);
      await api.discard();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ host }, use) => use(host.pages),
  guard: [guarded, { auto: true }],
});

export { expect };

/** Signs in where the page asks for it. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await fillIn(page, person.email, PASSPHRASE);
  await expect(page.getByRole('button', { name: `Account of ${person.name}` })).toBeVisible();
}

export interface Answer {
  status: number;
  /** By name in lower case. */
  header: (name: string) => string;
  /** As it was sent: compressed, if it was. */
  body: Buffer;
}

/** Asks as it stands here; a browser or `fetch` would undo the compression. */
export async function ask(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          header: (name) => [response.headers[name] ?? ''].flat().join(', '),
          body: Buffer.concat(parts),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}
