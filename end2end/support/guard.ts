// Watches every page of a test: nothing may go wrong that the test does not name.

import { type BrowserContext, expect, type Page, type Request } from '@playwright/test';
import { watchCardFields } from './cards';

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
  /** How often a page was left for another one, and how often it was when a request began. */
  readonly #left = new Map<Page, number>();
  readonly #begun = new WeakMap<Request, number>();

  /** Listens to all pages of a context, also those that open later. */
  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.#add(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.#add(`uncaught: ${error.error().message}`));
    context.on('request', (request) => {
      const page = pageOf(request);
      if (page === undefined) return;
      const left = this.#left.get(page) ?? 0;
      if (request.isNavigationRequest()) this.#left.set(page, left + 1);
      else this.#begun.set(request, left);
    });
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'unknown';
      // A page that is left no longer wants its answers, and says so to the browser; where a
      // service worker was to answer, the browser calls that a failure.
      if (why === 'net::ERR_ABORTED') return;
      if (why === 'net::ERR_FAILED' && this.#isOfPageThatIsLeft(request)) return;
      this.#add(`failed request: ${request.method()} ${request.url()} ${why}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) {
        const method = response.request().method();
        this.#add(`refused request: ${method} ${response.url()} ${response.status()}`);
      }
    });
    await watchCardFields(context, (what) => this.#add(`card number: ${what}`));
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

  #isOfPageThatIsLeft(request: Request): boolean {
    const page = pageOf(request);
    if (page === undefined) return false;
    return page.isClosed() || (this.#left.get(page) ?? 0) > (this.#begun.get(request) ?? 0);
  }

  #add(what: string): void {
    const fits = (one: Expected) =>
      typeof one.text === 'string' ? what.includes(one.text) : one.text.test(what);
    const expected = this.#expected.filter(fits);
    if (expected.length === 0) this.#found.push(what);
    for (const one of expected) one.seen = true;
  }
}

/** The page that asks; none where a service worker does. */
function pageOf(request: Request): Page | undefined {
  return request.serviceWorker() === null ? request.frame().page() : undefined;
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
