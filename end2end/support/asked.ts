// What a page asks of the API.

import type { Page } from '@playwright/test';

/** An answer: the last part of its address, and its status. */
export interface Answer {
  name: string;
  status: number;
}

/** All answers of the API from now on; the list grows. */
export function asked(page: Page): Answer[] {
  const answers: Answer[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith('/api/')) return;
    const name = pathname.split('/').at(-1) ?? '';
    answers.push({ name, status: response.status() });
  });
  return answers;
}
