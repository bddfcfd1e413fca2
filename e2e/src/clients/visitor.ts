import type { Browser, Page } from 'playwright-core';

/** A visitor with an empty browser, and what went wrong in it. */
export interface Visitor {
  readonly page: Page;
  /** Hosts other than the allowed ones that a page wanted to reach; they were not reached. */
  readonly strangers: string[];
  /** Errors of pages and answers of 400 and more. */
  readonly troubles: string[];
  leave(): Promise<void>;
}

export async function openVisitor(browser: Browser, allowed: readonly string[]): Promise<Visitor> {
  const context = await browser.newContext();
  const strangers: string[] = [];
  const troubles: string[] = [];
  const origins = new Set(allowed.map((url) => new URL(url).origin));
  await context.route('**/*', async (route) => {
    const { origin } = new URL(route.request().url());
    if (origins.has(origin)) return route.continue();
    strangers.push(origin);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().endsWith('favicon.ico')) {
      troubles.push(`${response.status()} ${response.url()}`);
    }
  });
  return { page, strangers, troubles, leave: () => context.close() };
}
