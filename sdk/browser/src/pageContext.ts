export interface PageContext {
  readonly path: string;
  readonly referrer: string;
  readonly search: string;
  readonly title: string;
  readonly url: string;
}

/** The page as it is now, without what stands behind `#`. `previous` is where a page without reload came from. */
export function readPage(previous: string | null): PageContext {
  const { origin, pathname, search } = location;
  return {
    path: pathname,
    referrer: previous ?? document.referrer,
    search,
    title: document.title,
    url: origin + pathname + search,
  };
}

/** For audience measurement only: addresses may hold e-mail addresses and ids, campaigns do not. */
export function plainPage(page: PageContext): PageContext {
  const kept = new URLSearchParams(page.search);
  for (const name of [...kept.keys()]) if (!name.startsWith('utm_')) kept.delete(name);
  const text = kept.toString();
  const search = text === '' ? '' : `?${text}`;
  const cut = (url: string): string => url.split('?')[0] ?? '';
  return { ...page, search, url: cut(page.url) + search, referrer: cut(page.referrer) };
}

/** Names a person could be found again by in the shop's own records. */
const joining = ['order_id', 'checkout_id', 'cart_id', 'email', 'phone', 'user_id', 'userId'];

export function plainProperties(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !joining.includes(name)));
}

export const privacyControl = (): boolean => Object(navigator).globalPrivacyControl === true;

/** What does not change while the page lives: said once for all events of a request. JSON leaves out what is undefined. */
export function readDevice(version: string, errors: number): object {
  return {
    library: { name: '@vitrail/browser', version, errors: errors || undefined },
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
    // A program drives the browser: marked, never dropped. The server sees the robots that say so in their headers.
    bot: navigator.webdriver || undefined,
    gpc: privacyControl() || undefined,
  };
}
