import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readProductFeed } from './readProductFeed.ts';
import { readXmlFeed } from './readXmlFeed.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrail-feed-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string | Buffer, currency: string | null = null) {
  const path = join(folder, 'feed');
  writeFileSync(path, content);
  const rows = [];
  for await (const row of readProductFeed(path, { currency, at: new Date('2026-11-21T12:00:00Z') })) rows.push(row);
  return rows;
}
const productsOf = async (content: string | Buffer) =>
  (await read(content)).map(({ reading }) => (reading.ok ? reading.product : reading));

const rss = (items: string) => `<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>
<title>Maison Verrière</title><link>https://shop.example</link><description>Everything</description>
${items}
</channel></rss>`;

const item = `<item>
  <g:id>TS-1-M</g:id><g:item_group_id>TS-1</g:item_group_id>
  <title>Plain title</title><g:title><![CDATA[T-shirt <coton> & lin]]></g:title>
  <g:description>L&#233;ger &amp; doux</g:description>
  <link>https://shop.example/p/1?a=1&amp;b=2</link>
  <g:image_link>https://shop.example/1.jpg</g:image_link>
  <g:additional_image_link>https://shop.example/1b.jpg</g:additional_image_link>
  <g:additional_image_link>https://shop.example/1c.jpg</g:additional_image_link>
  <g:availability>in stock</g:availability><g:quantity>12</g:quantity>
  <g:price>29.90 EUR</g:price><g:sale_price>19.90 EUR</g:sale_price>
  <g:brand>Verrière</g:brand><g:gtin>3700000000017</g:gtin>
  <g:product_type>Femme &gt; Hauts</g:product_type><g:google_product_category>212</g:google_product_category>
  <g:size>M</g:size><g:color>Écru</g:color>
  <g:shipping><g:country>FR</g:country><g:price>4.90 EUR</g:price></g:shipping>
</item>`;
const shirt = {
  productId: 'TS-1-M',
  groupId: 'TS-1',
  title: 'T-shirt <coton> & lin',
  description: 'Léger & doux',
  brand: 'Verrière',
  category: 'Femme > Hauts',
  link: 'https://shop.example/p/1?a=1&b=2',
  imageLink: 'https://shop.example/1.jpg',
  gtin: '3700000000017',
  size: 'M',
  color: 'Écru',
  availability: 'in_stock',
  stock: 12,
  price: { amount: '29.9000', currency: 'EUR', sale: '19.9000' },
  site: null,
  attributes: {
    additional_image_link: ['https://shop.example/1b.jpg', 'https://shop.example/1c.jpg'],
    google_product_category: '212',
    shipping: { country: 'FR', price: '4.90 EUR' },
  },
};

describe('an XML feed', () => {
  it('gives every field of an RSS item, the g: one before the plain one', async () => {
    expect(await productsOf(rss(item))).toEqual([shirt]);
  });

  it('is read gzipped too', async () => {
    expect(await productsOf(gzipSync(rss(item)))).toEqual([shirt]);
  });

  it('is read in the encoding it declares', async () => {
    const latin = Buffer.from(rss(item).replace('version="1.0"?', 'version="1.0" encoding="ISO-8859-1"?'), 'latin1');
    expect(await productsOf(latin)).toEqual([shirt]);
    expect(await productsOf(Buffer.from(`\uFEFF${rss(item)}`, 'utf16le'))).toEqual([shirt]);
  });

  it('is read as Atom, with links in href', async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
      <entry><g:id>9</g:id><title>Lamp</title><link href="https://shop.example/9"/><summary>Warm</summary>
      <g:price>EUR 1,234.50</g:price><g:availability>preorder</g:availability></entry></feed>`;
    expect(await productsOf(atom)).toMatchObject([
      {
        productId: '9',
        title: 'Lamp',
        link: 'https://shop.example/9',
        description: 'Warm',
        availability: 'preorder',
        price: { amount: '1234.5000', currency: 'EUR', sale: null },
      },
    ]);
  });

  it('gives a bad product with its reason and goes on', async () => {
    const rows = await read(
      rss(
        `<item><g:title>No id</g:title></item><item><g:id>2</g:id><g:title>Free?</g:title><g:price>ask us</g:price></item>${item}`,
      ),
    );
    expect(rows.map(({ row, reading }) => [row, reading.ok ? 'ok' : reading.reason])).toEqual([
      [1, 'no_id'],
      [2, 'bad_price'],
      [3, 'ok'],
    ]);
    expect(rows[1]?.record).toEqual({ id: '2', title: 'Free?', price: 'ask us' });
  });

  it('gives the products before the point where it breaks, then says where', async () => {
    const path = join(folder, 'cut');
    writeFileSync(path, rss(`${item}<item><g:id>2</g:id>`).replace('</channel></rss>', ''));
    const seen: string[] = [];
    const reading = async () => {
      for await (const row of readProductFeed(path, { currency: null, at: new Date() }))
        seen.push(row.reading.ok ? row.reading.product.productId : row.reading.reason);
    };
    await expect(reading()).rejects.toMatchObject({ kind: 'invalid', code: 'collect.feed_broken' });
    expect(seen).toEqual(['TS-1-M']);
  });

  it.each([
    ['declares entities', `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${rss(item)}`],
    ['fetches from outside', `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item>&x;</item></rss>`],
    ['uses an entity nobody declared', rss('<item><g:id>&passwd;</g:id></item>')],
    ['nests without end', `<rss>${'<a>'.repeat(200)}`],
    ['is no XML', '<rss><item></rss>'],
    ['never finishes a product', rss(`<item><g:id>1</g:id><g:title>${'x'.repeat(2_200_000)}`)],
    ['is empty', '   '],
    ['is cut inside its gzip data', gzipSync(rss(item)).subarray(0, 100)],
    ['is not in its encoding', Buffer.concat([Buffer.from('<rss>'), Buffer.from([0xff, 0xfe, 0xfd])])],
    ['names an encoding nobody knows', '<?xml version="1.0" encoding="klingon"?><rss/>'],
    [
      'unpacks to a bomb',
      gzipSync(Buffer.concat([Buffer.from(rss(item).slice(0, -16)), Buffer.alloc(120_000_000, ' ')])),
    ],
  ])('that %s is refused with a clear fault', async (_, content) => {
    await expect(read(content)).rejects.toMatchObject({ kind: 'invalid', code: 'collect.feed_broken' });
  });

  it('is read as it arrives: a product is given before the rest of the feed was asked for', async () => {
    let asked = 0;
    async function* endless() {
      yield rss('').replace('</channel></rss>', '');
      for (;;) {
        asked += 1;
        yield item;
      }
    }
    let products = 0;
    for await (const record of readXmlFeed(endless())) {
      products += record.id === 'TS-1-M' ? 1 : 0;
      expect(asked - products).toBeLessThanOrEqual(1);
      if (products === 5_000) break;
    }
    expect(products).toBe(5_000);
  });

  it('treats dangerous names as data', async () => {
    const [product] = await productsOf(
      rss(
        '<item><g:id>1</g:id><g:title>A</g:title><g:__proto__>x</g:__proto__><g:constructor>y</g:constructor></item>',
      ),
    );
    expect(Object.entries((product as typeof shirt).attributes)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('a delimited feed', () => {
  it('is split by tabs, with titles in any case', async () => {
    const tsv =
      'ID\tItem Group ID\tTitle\tPrice\tAvailability\timage link\n' +
      'A1\tA\tTélé 42" "plate"\t299,90 EUR\ten rupture\thttps://x.example/1.jpg\n\nA2\tA\t"Tab\tinside"\t300 EUR\tin_stock\t\n';
    expect(await productsOf(tsv)).toMatchObject([
      {
        productId: 'A1',
        groupId: 'A',
        title: 'Télé 42" "plate"',
        availability: 'out_of_stock',
        price: { amount: '299.9000' },
      },
      {
        productId: 'A2',
        title: 'Tab\tinside',
        imageLink: null,
        availability: 'in_stock',
        price: { amount: '300.0000' },
      },
    ]);
  });

  it('is split by commas or semicolons when the header is, and uses the currency it is given', async () => {
    const rows = await read('id;title;price;stock;saison\n7;Écharpe;12,50;0;hiver\n', 'CHF');
    expect(rows[0]?.reading).toMatchObject({
      ok: true,
      product: {
        price: { amount: '12.5000', currency: 'CHF' },
        availability: 'out_of_stock',
        attributes: { saison: 'hiver' },
      },
    });
  });

  it.each([
    ['quotes that never close', `id,title\n1,"open\n${'x,y\n'.repeat(10)}`],
    ['nothing in it', ''],
  ])('with %s is refused with a clear fault', async (_, content) => {
    await expect(read(content)).rejects.toMatchObject({ kind: 'invalid', code: 'collect.feed_broken' });
  });
});
