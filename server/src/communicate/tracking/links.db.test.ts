import { describe, expect, it } from 'vitest';
import { publicUrl, useInbound } from '../../../test/inbound.ts';
import { keepShortLinks } from './index.ts';

const shop = useInbound();

describe('links of messages', () => {
  it('lead to where they were made for, and tell of the click once', async () => {
    const { id } = await shop.openMessage();
    const url = `https://shop.example/p/1?x=${'y'.repeat(900)}`;
    const link = shop.links.click({ workspace: shop.shop.id, message: id }, url, 2);
    for (let count = 0; count < 3; count++) {
      const response = await shop.get(link);
      expect([response.statusCode, response.headers.location]).toEqual([302, url]);
    }
    const news = await shop.settledNews(id, 1);
    expect(news).toEqual([{ kind: 'clicked', machine: false, detail: { url: url.slice(0, 1_000), link: 2 } }]);
  });

  it('of texts are short, and lead where they were kept', async () => {
    const { id } = await shop.openMessage({ channel: 'sms' });
    const workspace = shop.shop.id;
    const link = shop.shortLinks.write({ workspace, message: id, place: 1 });
    expect(link.length).toBeLessThan(`${publicUrl}/m/c/`.length + 26);
    expect((await shop.get(link)).statusCode).toBe(404);
    const url = 'https://shop.example/p/1?color=é';
    const kept = { workspace, messages: [id], places: [1] };
    await shop.stores.pg.run(keepShortLinks, { ...kept, urls: ['https://shop.example/before'] });
    await shop.stores.pg.run(keepShortLinks, { ...kept, urls: [url] });
    const response = await shop.get(link);
    expect([response.statusCode, response.headers.location]).toEqual([302, encodeURI(url)]);
    expect(await shop.settledNews(id, 1)).toEqual([{ kind: 'clicked', machine: false, detail: { url, link: 1 } }]);
    // Nobody makes one for another message.
    const other = await shop.openMessage({ channel: 'sms' });
    const forged = shop.shortLinks.write({ workspace, message: other.id, place: 1 });
    expect((await shop.get(forged)).statusCode).toBe(404);
    expect((await shop.get(`${link.slice(0, -3)}AAA`)).statusCode).toBe(404);
  });

  it('that all are followed at once were followed by a scanner', async () => {
    const { id } = await shop.openMessage();
    for (let index = 0; index < 5; index++)
      await shop.get(
        shop.links.click({ workspace: shop.shop.id, message: id }, `https://shop.example/p/${index}`, index),
      );
    const news = await shop.settledNews(id, 5);
    expect(news.every(({ machine }) => machine)).toBe(true);
  });

  it('that are not ours lead nowhere', async () => {
    for (const token of [
      'https://evil.example/',
      'x',
      '',
      '//evil.example',
      shop.signer.sign('c.1.1.0.javascript:alert(1)'),
    ]) {
      const response = await shop.get(`${publicUrl}/m/c/${token}`);
      expect(response.statusCode).toBe(404);
      expect(response.headers.location).toBeUndefined();
    }
  });

  it('tell of opens only while the person allows it, and always show the same picture', async () => {
    const open = { marketing: true, email_open_tracking: true };
    const allowed = await shop.openMessage({ consent: open });
    const refused = await shop.openMessage({ consent: { marketing: true, email_open_tracking: false } });
    const pictures = await Promise.all(
      [allowed.id, refused.id, 999_999].map((message) =>
        shop.get(shop.links.pixel({ workspace: shop.shop.id, message })),
      ),
    );
    pictures.push(await shop.get(`${publicUrl}/m/o/nonsense`));
    expect(new Set(pictures.map(({ rawPayload }) => rawPayload.toString('hex'))).size).toBe(1);
    for (const { statusCode, headers } of pictures)
      expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, 'image/gif', 'no-store']);
    const news = await shop.settledNews(allowed.id, 1);
    expect(news).toEqual([{ kind: 'opened', machine: false, detail: {} }]);
    expect(await shop.newsOf(refused.id)).toEqual([]);
  });
});
