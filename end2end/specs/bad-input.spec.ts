// Input that cannot be right: named, refused, and nothing changed.

import type { APIRequestContext, APIResponse } from '@playwright/test';
import { CONTOSO, PASSPHRASE } from '../support/people';
import { expect, fillIn, opened, test } from '../support/test';

/** A refusal in the form that every client can rely on. */
async function problem(answer: APIResponse, status: number, code: string) {
  expect(answer.status()).toBe(status);
  expect(answer.headers()['content-type']).toBe('application/problem+json');
  const body = await answer.json();
  expect(body).toMatchObject({ status, code, type: `/problems/${code}` });
  expect(body.request_id).toMatch(/^\w{16,}$/);
  expect(body.detail.length).toBeGreaterThan(20);
  expect(body.instance).toMatch(/^\//);
  return body;
}

/** Signs a client of the API in; it keeps the cookie. Gives the address of its evidence. */
async function evidenceOf(request: APIRequestContext): Promise<string> {
  const data = { email: CONTOSO.email, password: PASSPHRASE };
  const answer = await request.post('/api/v1/session', { data });
  expect(answer.status()).toBe(201);
  const { organizations } = await answer.json();
  return `/api/v1/organizations/${organizations[0].id}/evidence`;
}

test('a body that is not JSON: line and column', async ({ request }) => {
  const answer = await request.post('/api/v1/session', {
    headers: { 'content-type': 'application/json' },
    data: Buffer.from('{\n  "email": "a@contoso.example",\n  "password": }'),
  });
  expect((await problem(answer, 400, 'malformed')).detail).toContain('line 3, column 15');
});

test('a body of another form: each wrong place', async ({ request }) => {
  const answer = await request.post('/api/v1/session', { data: { email: 7, password: 'x' } });
  const { errors } = await problem(answer, 422, 'invalid');
  expect(errors).toEqual([expect.objectContaining({ pointer: '/email' })]);
});

test('no JSON, no such address, no such method, too large', async ({ request }) => {
  const text = await request.post('/api/v1/session', {
    headers: { 'content-type': 'text/plain' },
    data: 'hello',
  });
  await problem(text, 415, 'unsupported_media_type');
  await problem(await request.get('/api/v1/zebra'), 404, 'not_found');
  await problem(await request.put('/api/v1/catalog', { data: {} }), 405, 'method_not_allowed');
  const large = { email: 'a@contoso.example', password: 'x'.repeat(200_000) };
  await problem(await request.post('/api/v1/session', { data: large }), 413, 'too_large');
});

test('broken evidence is refused by place, and the old one stays', async ({ request }) => {
  const evidence = await evidenceOf(request);
  const before = await request.get(evidence);
  const etag = before.headers()['etag'] ?? '';
  const known = await before.json();

  await problem(await request.put(evidence, { data: known }), 428, 'precondition_required');
  const stale = { 'if-match': '"0"' };
  await problem(await request.put(evidence, { headers: stale, data: known }), 412, 'stale');

  const headers = { 'if-match': etag };
  const certificate = structuredClone(known);
  certificate.people[0].certificates = [{ certificate: 'zebra', completed_on: '2023-01-01' }];
  const day = structuredClone(known);
  day.profile.joined_on = '2023-02-30';
  for (const [data, pointer] of [
    [certificate, '/people/0/certificates/0/certificate'],
    [day, '/profile/joined_on'],
    [{ ...known, zebra: true }, '/zebra'],
  ]) {
    const answer = await request.put(evidence, { headers, data });
    const { errors } = await problem(answer, 422, 'invalid');
    expect(errors).toEqual([expect.objectContaining({ pointer })]);
  }
  const after = await request.get(evidence);
  expect(after.headers()['etag']).toBe(etag);
  expect(await after.json()).toEqual(known);
});

test('a clock that cannot be set', async ({ request }) => {
  const clock = '/api/v1/clock';
  const now = '2024-01-01T00:00:00Z';
  await problem(await request.put(clock, { data: { now } }), 401, 'not_signed_in');
  await evidenceOf(request);
  const before = await (await request.get(clock)).json();
  for (const wrong of ['3000-01-01T00:00:00Z', 'tomorrow', 7]) {
    const answer = await request.put(clock, { data: { now: wrong } });
    const { errors } = await problem(answer, 422, 'invalid');
    expect(errors[0].pointer).toBe('/now');
  }
  expect(await (await request.get(clock)).json()).toEqual(before);
});

test('the form of the clock says what is wrong and keeps what was typed', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/access');
  await page.getByRole('button', { name: /^Demo clock/ }).click();
  const form = page.getByRole('group', { name: 'Demo clock' });
  await form.getByLabel('Day').fill('1900-01-01');
  await form.getByRole('button', { name: 'Set the clock' }).click();
  await expect(form).toContainText('The year must be from 1990 to 2100.');
  await expect(form.getByLabel('Day')).toHaveValue('1900-01-01');
  await form.getByLabel('Day').fill('');
  await form.getByRole('button', { name: 'Set the clock' }).click();
  await expect(form).toContainText('Enter a day and a time');
});

test('a write from a page of another site', async ({ request }) => {
  await evidenceOf(request);
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const data = { now: '2030-01-01T00:00:00Z' };
  await problem(await request.put('/api/v1/clock', { headers, data }), 403, 'cross_site');
});

for (const value of ['broken', '%00%FF', 'x'.repeat(3000), '../../etc/passwd']) {
  test(`a broken cookie is nobody's: ${value.slice(0, 20)}`, async ({ context, page, server }) => {
    const url = server.url.replace('http:', 'https:');
    await context.addCookies([{ name: '__Host-session', value, url, secure: true }]);
    await page.goto('/designations');
    await opened(page, 'Sign in');
    await expect(page).toHaveURL('/sign-in?to=%2Fdesignations');
  });
}

test('a session that the server no longer knows leads to sign-in and back', async ({
  context,
  guard,
  page,
  signIn,
}) => {
  guard.expect('401', 'the session is gone');
  await signIn(CONTOSO);
  await opened(page, 'Overview');
  await context.clearCookies();
  const menu = page.getByRole('navigation', { name: 'Main' });
  await menu.getByRole('link', { name: 'My access' }).click();
  await opened(page, 'Sign in');
  await expect(page.getByText('Your session ended.')).toBeVisible();
  await fillIn(page, CONTOSO.email, PASSPHRASE);
  await opened(page, 'My access');
});
