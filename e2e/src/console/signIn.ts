import type { Browser, Page } from 'playwright-core';
import type { TestServer } from '../harness/startServer.ts';

export const owner = { email: 'owner@shop.example', password: 'correct-horse-battery' };

/** What a server of these tests is started with. */
export const ownerEnv = { VITRAIL_ADMIN_EMAIL: owner.email, VITRAIL_ADMIN_PASSWORD: owner.password };

export interface Appearance {
  readonly locale: string;
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

export interface SignedIn {
  readonly page: Page;
  /** What the console of the browser called an error, and exceptions nobody caught. */
  readonly errors: string[];
}

/** A browser of its own in which the owner is signed in and sees the first page. */
export async function signIn(browser: Browser, server: TestServer, appearance: Appearance): Promise<SignedIn> {
  const { locale, colorScheme, width } = appearance;
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${server.url}/sign-in`);
  await page.fill('input[type=email]', owner.email);
  await page.fill('input[type=password]', owner.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
  // The heading of the page behind; the sign-in page keeps its own until that is loaded.
  await page.locator('#content h1').waitFor();
  return { page, errors };
}
