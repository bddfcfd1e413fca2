import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { openShopFront, type ShopFront, type TakenEvent } from './shopFront.ts';

export interface Setup {
  readonly options?: string;
  readonly host?: string;
  readonly before?: string;
}

/**
 * Real pages with the browser SDK. A front stands between the browser and the real server: pages and door on hosts of one
 * shop (`www.shop.test`, `cdp.shop.test`), on another of its domains (`outlet.test`), or on `localhost`, which is secure
 * enough for what browsers give to secure pages only.
 */
export interface ShopPages {
  readonly server: TestServer;
  readonly browser: Browser;
  readonly front: ShopFront;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors that pages did not catch. */
  readonly troubles: string[];
  at(host: string, path?: string): string;
  /** The door on a host of the same shop. */
  door(): string;
  /** A page's head: the script as any shop includes it, then `load`. */
  head(setup?: Setup): string;
  open(host?: string, setup?: Setup, path?: string): Promise<void>;
  run<T = unknown>(script: string, on?: Page): Promise<T>;
  /** Waits until so many events were accepted; all that were. */
  arrived(count: number): Promise<TakenEvent[]>;
  /** Names of everything that the page keeps on the device. */
  stored(on?: Page): Promise<string[]>;
}

export const names = (events: readonly TakenEvent[]): string[] =>
  events.map(({ type, event, name }) => event ?? name ?? type);

/** For all tests of a file; use the returned object inside tests only. `env` is added to the variables of the server. */
export function useShopPages(env: Readonly<Record<string, string>> = {}): ShopPages {
  let [server, browser, front, context, page]: [TestServer?, Browser?, ShopFront?, BrowserContext?, Page?] = [];
  const troubles: string[] = [];
  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startServer({ env }),
      openBrowser(['--host-resolver-rules=MAP *.test 127.0.0.1, MAP localhost 127.0.0.1']),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });
  beforeEach(async () => {
    front = await openShopFront(pages.server.url);
    context = await pages.browser.newContext();
    page = await context.newPage();
    troubles.length = 0;
    page.on('pageerror', (error) => troubles.push(error.message));
  });
  afterEach(async () => {
    await context?.close();
    await front?.close();
  });

  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the shop is open inside tests only');
    return part;
  };
  const pages: ShopPages = {
    get server() {
      return there(server);
    },
    get browser() {
      return there(browser);
    },
    get front() {
      return there(front);
    },
    get context() {
      return there(context);
    },
    get page() {
      return there(page);
    },
    troubles,
    at: (host, path = '') => `http://${host}:${pages.front.port}${path}`,
    door: () => pages.at('cdp.shop.test'),
    head: ({ options = "consent: 'not-required'", host = pages.door(), before = '' } = {}) => `
      ${before}<script src="${host}/sdk/v1/vitrail.js"></script>
      <script>vitrail.load('${writeKey}', { host: '${host}', ${options} });</script>`,
    async open(host = 'www.shop.test', setup = {}, path = '/') {
      pages.front.show(path.split('?')[0] ?? path, pages.head(setup));
      await pages.page.goto(pages.at(host, path));
    },
    run: (script, on = pages.page) => on.evaluate(`(async () => { ${script} })()`),
    arrived: (count) =>
      poll(
        `${count} events`,
        () => {
          const events = pages.front.events();
          return events.length >= count ? events : null;
        },
        { timeoutMs: 20_000, everyMs: 20 },
      ),
    stored: (on = pages.page) =>
      pages.run<string[]>(`return [...Object.keys(localStorage), ...document.cookie.split('; ').filter(Boolean)]`, on),
  };
  return pages;
}
