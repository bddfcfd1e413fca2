import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { callsOf } from './callsOf.ts';
import { names, useShopPages } from './shopPages.ts';

const shop = useShopPages();
const { at, door, open, run, arrived, stored } = shop;
const required = { options: "consent: 'required'" };
const withdrawn = 'Segment Consent Preference Updated';
const categories = (event: { readonly context: Readonly<Record<string, unknown>> } | undefined) =>
  Object(event?.context.consent).categoryPreferences;

describe('consent', () => {
  it('comes first: nothing is stored, read or sent before, and what was called meanwhile is not lost', async () => {
    await open('www.shop.test', required);
    await run(`vitrail.page(); vitrail.identify('u-1'); vitrail.track('A');`);
    await sleep(500);
    expect(await stored()).toEqual([]);
    expect(await shop.context.cookies()).toEqual([]);
    expect(shop.front.taken.map(({ path }) => path)).toEqual(['/sdk/v1/vitrail.js']);
    expect(await run('return [vitrail.user().id(), vitrail.user().anonymousId(), vitrail.consent()]')).toEqual([
      null,
      null,
      null,
    ]);
    await run(`vitrail.consent({ analytics: true, advertising: false });`);
    const events = await arrived(4);
    expect(names(events)).toEqual([withdrawn, 'page', 'identify', 'A']);
    expect(events.map(categories)).toEqual(events.map(() => ({ analytics: true, advertising: false })));
    expect(await run('return vitrail.user().id()')).toBe('u-1');
  });

  it('refused leaves nothing but the refusal itself, also on the next page', async () => {
    await open('www.shop.test', required);
    await run(`vitrail.page(); vitrail.consent({ analytics: false }); vitrail.track('A');`);
    await shop.page.reload();
    await run(`vitrail.track('B'); await vitrail.flush();`);
    await sleep(500);
    expect(await stored()).toEqual(['vt_consent']);
    expect(shop.front.taken.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('withdrawn in the middle of a visit stops everything within a second, in every tab', async () => {
    const userId = randomUUID();
    await open('localhost', { ...required, host: at('localhost') });
    await run(`vitrail.consent({ analytics: true }); vitrail.identify('${userId}');`);
    await arrived(2);
    const other = await shop.context.newPage();
    await other.goto(at('localhost'));
    await run(`for (let i = 0; i < 5; i++) vitrail.track('Before', { i }); vitrail.consent({ analytics: false });`);
    const said = Date.now();
    const pulse = `setInterval(() => vitrail.track('After'), 50)`;
    await Promise.all([run(pulse), run(pulse, other)]);
    await poll('the withdrawal', () => names(shop.front.events()).filter((name) => name === withdrawn).length === 2);
    await sleep(1_500);
    expect(names(shop.front.events())).not.toContain('After');
    const late = shop.front.taken.filter((request) => request.method === 'POST' && request.at > said + 1_000);
    expect(late).toEqual([]);
    // The statement itself leaves the device once the server has answered for it.
    await poll('nothing but the refusal', async () => String(await stored()) === 'vt_consent');
    expect(categories(shop.front.events().at(-1))).toEqual({ analytics: false });
    // The ledger has both statements, as of any other client.
    const calls = await callsOf(shop.server, ['user_id', userId], 3);
    const statements = calls.filter(({ event }) => event === withdrawn);
    expect(statements.map(({ context }) => Object(Object(context).consent).categoryPreferences)).toEqual([
      { analytics: true },
      { analytics: false },
    ]);
  });

  it('is read from an IAB TCF dialogue that loads late, and followed when it changes', async () => {
    await open('www.shop.test', { options: "consentFrom: 'tcf'" });
    await run(`vitrail.page();
      window.choose = null;
      window.__tcfapi = (command, version, callback) => {
        const tell = (eventStatus, ids) => callback({ eventStatus, gdprApplies: true, tcString: 'CQ',
          purpose: { consents: Object.fromEntries(ids.map((id) => [id, true])) } }, true);
        window.choose = tell; tell('cmpuishown', []);
      };`);
    await shop.page.waitForFunction('window.choose !== null');
    expect(shop.front.events()).toEqual([]);
    await run(`choose('useractioncomplete', [1, 8, 5, 6]); vitrail.track('A');`);
    const events = await arrived(3);
    expect(events[0]?.context.consent).toMatchObject({ tcf: { tcString: 'CQ', gdprApplies: true } });
    expect(categories(events[2])).toEqual({ analytics: true, personalisation: true, advertising: false });
    await run(`choose('useractioncomplete', []); vitrail.track('B');`);
    await arrived(4);
    await sleep(500);
    expect(names(shop.front.events())).toEqual([withdrawn, 'page', 'A', withdrawn]);
  });

  it('is read from Google Consent Mode, where a default may deny and never grants', async () => {
    const layer = `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments); }
      gtag('consent', 'default', { analytics_storage: 'granted', ad_storage: 'denied' });</script>`;
    await open('www.shop.test', { options: "consentFrom: 'google'", before: layer });
    await run(`vitrail.page();`);
    await sleep(300);
    expect(shop.front.events()).toEqual([]);
    await run(`gtag('consent', 'update', { analytics_storage: 'granted' });`);
    expect(categories((await arrived(2))[1])).toEqual({ analytics: true, advertising: false });
  });

  it('gives way to Global Privacy Control, and tells Google what it is told', async () => {
    const control = `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });</script>`;
    const options = "consent: 'required', writeGoogleConsent: true";
    await open('www.shop.test', { options, before: control }, '/?gclid=G-1');
    await run(`vitrail.consent({ analytics: true, advertising: true }); vitrail.page();`);
    const events = await arrived(2);
    expect(categories(events[1])).toEqual({ analytics: true, advertising: false });
    expect(events[1]?.context).not.toHaveProperty('touches.first.clickIds');
    expect(await run('return [...window.dataLayer[0]]')).toEqual([
      'consent',
      'update',
      expect.objectContaining({ analytics_storage: 'granted', ad_storage: 'denied' }),
    ]);
  });

  it('is not needed to measure an audience, which is never joined with anybody', async () => {
    const exempt = { options: "consent: 'exempt'" };
    await open('www.shop.test', exempt, '/compte?email=zoe@shop.example&utm_source=letter');
    await run(`vitrail.identify('u-1', { email: 'zoe@shop.example' }); vitrail.page();
      vitrail.track('Order Completed', { order_id: 'O-9', total: 10 });`);
    const [first, second] = await arrived(2);
    expect(JSON.stringify(shop.front.events())).not.toMatch(/zoe|u-1|O-9/);
    expect(first?.context).toMatchObject({ exempt: true, campaign: { source: 'letter' } });
    expect(second?.properties).toEqual({ total: 10 });
    expect((await stored()).some((name) => name.startsWith('vt_id'))).toBe(false);
    await run(`vitrail.consent({ analytics: true });`);
    const after = await arrived(4);
    expect(names(after).slice(2)).toEqual([withdrawn, 'identify']);
    expect(after[2]?.anonymousId).not.toBe(first?.anonymousId);
    expect((await stored()).some((name) => name.startsWith('vt_m'))).toBe(false);
  });
});

describe('who it is', () => {
  it('is another visitor after a sign-out or a sign-in of somebody else, in every tab', async () => {
    await open('localhost', { host: at('localhost') });
    const other = await shop.context.newPage();
    await other.goto(at('localhost'));
    await run(`vitrail.track('0'); vitrail.identify('zoe'); vitrail.track('1'); vitrail.reset(); vitrail.track('2');`);
    await run(`vitrail.track('3');`, other);
    await run(`vitrail.identify('adam'); vitrail.track('4'); vitrail.identify('eve'); vitrail.track('5');`);
    const events = (await arrived(9)).filter(({ type }) => type === 'track');
    const of = (name: string) => events.find(({ event }) => event === name);
    expect(events.map(({ event, userId }) => `${event} ${userId ?? '-'}`).sort()).toEqual(
      ['0 -', '1 zoe', '2 -', '3 -', '4 adam', '5 eve'].sort(),
    );
    expect(of('1')?.anonymousId).toBe(of('0')?.anonymousId);
    expect(of('2')?.anonymousId).not.toBe(of('1')?.anonymousId);
    expect(of('3')?.anonymousId).toBe(of('2')?.anonymousId);
    expect(of('4')?.anonymousId).toBe(of('2')?.anonymousId);
    expect(of('5')?.anonymousId).not.toBe(of('4')?.anonymousId);
    expect(of('5')?.context.sessionId).not.toBe(of('4')?.context.sessionId);
  });

  it('is kept by a cookie of the whole shop for 390 days from the first visit, not from the last', async () => {
    await open();
    await run(`vitrail.track('A'); await vitrail.flush();`);
    const [event] = await arrived(1);
    const first = (await shop.context.cookies()).find(({ name }) => name === 'vt_id');
    expect(first).toMatchObject({ domain: '.shop.test', sameSite: 'Lax', httpOnly: false });
    const days = ((first?.expires ?? 0) - Date.now() / 1_000) / 86_400;
    expect(days).toBeGreaterThan(389.9);
    expect(days).toBeLessThanOrEqual(390.01);
    // The server sets the same one again: browsers keep it longer than what a script wrote.
    const [name = '', value = ''] = ['vt_id', first?.value];
    const older = `${value.split('.')[0]}.${Math.floor(Date.now() / 1_000 - 100 * 86_400).toString(36)}`;
    await shop.context.clearCookies();
    await shop.context.addCookies([{ name, value: older, domain: '.shop.test', path: '/' }]);
    shop.front.show('/', shop.head());
    await shop.page.goto(at('checkout.shop.test'));
    await run(`vitrail.track('B');`);
    const events = await arrived(2);
    expect(events[1]?.anonymousId).toBe(event?.anonymousId);
    const again = (await shop.context.cookies()).find((cookie) => cookie.name === 'vt_id' && cookie.expires > 0);
    expect(((again?.expires ?? 0) - Date.now() / 1_000) / 86_400).toBeCloseTo(290, 0);
  });

  const linkTo = { options: "consent: 'not-required', linkTo: ['outlet.test']" };
  /** Clicks a link to the outlet and gives the address the browser asked for. */
  async function follow(): Promise<string> {
    const link = `<a id="out" href="${at('outlet.test', '/')}">Outlet</a>`;
    shop.front.show('/from', `${shop.head(linkTo)}</head><body>${link}`);
    await shop.page.goto(at('www.shop.test', '/from'));
    await run(`vitrail.track('Here'); await vitrail.flush();`);
    await shop.page.hover('#out');
    await poll('the token', () => shop.front.taken.some(({ path, status }) => path === '/v1/e/link' && status === 200));
    await sleep(200);
    const asked = shop.page.waitForRequest((request) => request.url().startsWith(at('outlet.test', '/?')));
    await shop.page.click('#out');
    return (await asked).url();
  }

  it('goes along to another domain of the shop, sealed, and leaves the address at once', async () => {
    shop.front.show('/', shop.head({ host: door() }));
    const address = await follow();
    const [here] = await arrived(1);
    expect(address).toMatch(/\?vt_link=[\w-]+$/);
    expect(address).not.toContain(here?.anonymousId);
    await run(`vitrail.track('There');`);
    const there = (await arrived(2))[1];
    expect(there?.anonymousId).toBe(here?.anonymousId);
    expect(shop.page.url()).toBe(at('outlet.test', '/'));
  });

  it('joins what the other domain knew already', async () => {
    shop.front.show('/', shop.head({ host: door() }));
    await shop.page.goto(at('outlet.test'));
    await run(`vitrail.track('Earlier');`);
    await arrived(1);
    await follow();
    const events = await arrived(3);
    const [earlier, here] = events;
    const alias = events.find(({ type }) => type === 'alias');
    expect(alias).toMatchObject({ anonymousId: earlier?.anonymousId, previousId: here?.anonymousId });
    await poll('one customer', async () => {
      const [one, two] = await Promise.all(
        [earlier, here].map((event) => shop.server.api.findProfile('anonymous_id', event?.anonymousId ?? '')),
      );
      return one !== null && one === two;
    });
  });

  it('is nobody in an address that was made up, or passed on to another browser', async () => {
    shop.front.show('/', shop.head({ host: door() }));
    const address = await follow();
    const [here] = await arrived(1);
    const stranger = await shop.browser.newContext({ userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0' });
    const page = await stranger.newPage();
    for (const path of [address, at('outlet.test', `/?vt_link=${here?.anonymousId}&ajs_aid=${here?.anonymousId}`)]) {
      await page.goto(path);
      await run(`vitrail.track('Stranger'); await vitrail.flush();`, page);
      expect(page.url()).not.toContain('vt_link');
    }
    await stranger.close();
    const strangers = (await arrived(3)).filter(({ event }) => event === 'Stranger');
    expect(strangers).toHaveLength(2);
    for (const { anonymousId } of strangers) expect(anonymousId).not.toBe(here?.anonymousId);
    expect(shop.front.events().map(({ type }) => type)).not.toContain('alias');
  });
});

describe('a page of its time', () => {
  it('that is drawn ahead begins when it is shown, one that comes back sends what waits, a machine says so', async () => {
    const ahead = `<script>Object.defineProperty(document, 'prerendering', { value: true, configurable: true });</script>`;
    await open('www.shop.test', { options: "consent: 'not-required', pages: true", before: ahead });
    await sleep(300);
    expect(shop.front.events()).toEqual([]);
    expect(await stored()).toEqual([]);
    await run(`delete document.prerendering; document.dispatchEvent(new Event('prerenderingchange'));`);
    const [event] = await arrived(1);
    expect(event?.type).toBe('page');
    await run(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));`);
    await arrived(2);
    const calls = await callsOf(shop.server, ['anonymous_id', event?.anonymousId ?? ''], 2);
    expect(calls[0]?.context).toMatchObject({ bot: true });
  });
});
