// Watches every page of a test: nothing may go wrong that the test does not name.

import { type BrowserContext, expect } from '@playwright/test';

/** Something that a test causes on purpose; the guard insists that it happens. */
export interface Expected {
  /** What the browser logs or does, as a part of its text. */
  text: string | RegExp;
  /** Why that is right, for whoever reads the test. */
  because: string;
}

export class Guard {
  readonly #found: string[] = [];
  readonly #expected: (Expected & { seen: boolean })[] = [];

  /** Listens to all pages of a context, also those that open later. */
  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.#add(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.#add(`uncaught: ${error.error().message}`));
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'unknown';
      // A page that is left no longer wants its answers, and says so to the browser.
      if (why === 'net::ERR_ABORTED') return;
      this.#add(`failed request: ${request.method()} ${request.url()} ${why}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) {
        const method = response.request().method();
        this.#add(`refused request: ${method} ${response.url()} ${response.status()}`);
      }
    });
    await context.exposeBinding('reportViolation', (_, what: string) => {
      this.#add(`content security policy: ${what}`);
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const report = (window as unknown as { reportViolation(what: string): void });
        report.reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
  }

  /** Allows what the test causes on purpose. That it never happens is an error too. */
  expect(text: string | RegExp, because: string): void {
    this.#expected.push({ text, because, seen: false });
  }

  /** Everything wrong so far, and forgets it. */
  take(): string[] {
    const missing = this.#expected
      .filter((one) => !one.seen)
      .map((one) => `never happened: ${one.text} (${one.because})`);
    this.#expected.length = 0;
    return [...this.#found.splice(0), ...missing];
  }

  #add(what: string): void {
    const fits = (one: Expected) =>
      typeof one.text === 'string' ? what.includes(one.text) : one.text.test(what);
    const expected = this.#expected.filter(fits);
    if (expected.length === 0) this.#found.push(what);
    for (const one of expected) one.seen = true;
  }
}

/** The fixture: fails a test for whatever goes wrong in the browser. */
export async function guarded(
  { context }: { context: BrowserContext },
  use: (guard: Guard) => Promise<void>,
): Promise<void> {
  const guard = new Guard();
  await guard.watch(context);
  await use(guard);
  expect(guard.take(), 'what went wrong in the browser').toEqual([]);
}
