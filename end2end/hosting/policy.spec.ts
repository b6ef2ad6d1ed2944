// The policy that the hosts really send, before Google's CSP Evaluator.

import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { ask, expect, test } from './test';

/** Everything but remarks. A lower number is more severe. */
const found = (policy: string) =>
  new CspEvaluator(new CspParser(policy).csp)
    .evaluate()
    .filter(({ severity }) => severity < Severity.INFO)
    .map(({ directive, value }) => `${directive} ${value ?? ''}`.trim());

test('the evaluator finds nothing that is not meant', async ({ api, host }) => {
  const policy = (await ask(host.pages)).header('content-security-policy');
  const meant = [
    // "can be problematic if you host JSONP, AngularJS or user uploaded files": there are none of
    // these beside the pages; the API answers JSON only, with nosniff, and keeps what is uploaded.
    "script-src 'self'",
    // "Allow only resources downloaded over HTTPS": the tests' API has no TLS.
    `connect-src ${api.url}`,
  ];
  expect(found(policy).sort()).toEqual(meant.sort());
  // With an API as it is in production.
  const production = policy.replace(api.url, 'https://api.example.com');
  expect(found(production)).toEqual(["script-src 'self'"]);
});

test('what the evaluator does not ask for is there', async ({ host }) => {
  const policy = (await ask(host.pages)).header('content-security-policy');
  for (const directive of [
    "default-src 'none'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ]) {
    expect(policy.split('; ')).toContain(directive);
  }
});

test('the evaluator would find a policy that is worse', async ({ host }) => {
  const policy = (await ask(host.pages)).header('content-security-policy');
  const inline = policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'");
  expect(found(inline)).toContain("script-src 'unsafe-inline'");
  expect(found(policy.replace("default-src 'none'; ", ''))).toContain('object-src');
});
