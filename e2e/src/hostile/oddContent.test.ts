import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { send, text } from './send.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.dispose());

async function profileOf(userId: string) {
  await server.api.waitSettled();
  const id = await server.api.findProfile('user_id', userId);
  if (id === null) throw new Error(`there is no customer ${userId}`);
  return { ...(await server.api.profile(id)), events: await server.api.events(id) };
}

const accept = async (path: string, body: string, headers: Record<string, string> = {}): Promise<void> => {
  expect(await send(server.url, path, body, headers), body.slice(0, 200)).toMatchObject({ status: 200 });
};

it.each([
  ['nothing', ''],
  ['XML', 'application/xml'],
  ['a form', 'application/x-www-form-urlencoded'],
  ['nonsense', ';;;'],
])('JSON labelled as %s is taken as what it is', async (title, contentType) => {
  const userId = `labelled ${title}`;
  await accept('/v1/track', text({ event: 'Product Viewed', userId }), { 'content-type': contentType });
  expect((await profileOf(userId)).events).toHaveLength(1);
});

it('keys such as __proto__ are data, and nothing else changes by them', async () => {
  await accept(
    '/v1/track',
    `{"event":"Product Viewed","userId":"proto","__proto__":{"isAdmin":true},"constructor":{"prototype":{"polluted":1}},
      "properties":{"__proto__":{"polluted":1},"constructor":"c","toString":"t","hasOwnProperty":1},
      "context":{"__proto__":{"ip":"1"},"externalIds":{"__proto__":[]},"page":"p","campaign":[],"device":7}}`,
  );
  await accept(
    '/v1/identify',
    '{"userId":"proto","traits":{"__proto__":{"a":1},"constructor":"c","hasOwnProperty":2,"email":"proto@shop.example"}}',
  );
  const { events, traits } = await profileOf('proto');
  const properties = events.find(({ type }) => type === 'track')?.properties ?? {};
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(['constructor', 'hasOwnProperty', 'toString']));
  expect(Object.keys(traits)).toEqual(expect.arrayContaining(['constructor', 'email', 'hasOwnProperty']));
  expect('isAdmin' in (await profileOf('proto'))).toBe(false);
});

it('NUL and halves of characters are taken out, the rest of the text stays', async () => {
  await accept(
    '/v1/identify',
    '{"userId":"nul\\u0000","traits":{"firstName":"Zo\\u00eb\\u0000","lastName":"M\\ud83d","city":"\\udc00Lyon","mood":"\\ud83d\\ude00","k\\u0000ey":"v"}}',
  );
  const { traits } = await profileOf('nul');
  expect(Object.fromEntries(Object.entries(traits).map(([name, { value }]) => [name, value]))).toEqual({
    firstName: 'Zoë',
    lastName: 'M\ufffd',
    city: '\ufffdLyon',
    mood: '😀',
    key: 'v',
  });
  // A bare control character is not JSON.
  expect(await send(server.url, '/v1/identify', '{"userId":"raw\u0000"}')).toMatchObject({
    code: 'collect.broken_json',
  });
});

it('bytes that are no UTF-8 become replacement characters', async () => {
  const body = Buffer.from('{"event":"Caf\xe9","userId":"latin1"}', 'latin1');
  expect((await send(server.url, '/v1/track', new Uint8Array(body))).status).toBe(200);
  expect((await profileOf('latin1')).events[0]?.event).toBe('Caf\ufffd');
});

it('impossible dates become the moment of receipt', async () => {
  const dates = ['1900-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 'yesterday', 1e308, -1, '', '+275760-09-13T00:00:00Z'];
  for (const [index, timestamp] of dates.entries())
    await accept(
      '/v1/track',
      text({ event: 'Product Viewed', userId: 'dates', messageId: `dates-${index}`, timestamp }),
    );
  await accept('/v1/track', text({ event: 'Product Viewed', userId: 'dates', sentAt: '1900-01-01', timestamp: 0 }));
  const { events } = await profileOf('dates');
  expect(events).toHaveLength(dates.length + 1);
  for (const { timestamp } of events) expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(600_000);
});

it('absurd amounts do not enter revenue, and their orders and events stay', async () => {
  const amounts = ['1e308', '-1e308', '1e400', '"1e308"', '99999999999999999999', '"NaN"', '"12,50"', '{}', 'null'];
  for (const [index, amount] of amounts.entries())
    await accept(
      '/v1/track',
      `{"event":"Order Completed","userId":"absurd","messageId":"absurd-${index}","properties":{"order_id":"A-${index}","currency":"EUR",
        "total":${amount},"tax":${amount},"products":[{"product_id":"p","price":${amount},"quantity":${amount}}]}}`,
    );
  await accept(
    '/v1/track',
    '{"event":"Order Refunded","userId":"absurd","properties":{"order_id":"A-0","total":1e308}}',
  );
  const { events, totals } = await profileOf('absurd');
  expect(events).toHaveLength(amounts.length + 1);
  expect(totals).toMatchObject({ orders: amounts.length, revenue: 0 });
  expect(await server.api.stats()).toMatchObject({ revenue: 0, refunded: 0 });
});

it('an unknown currency keeps the order and its amount, and is counted apart', async () => {
  const before = await server.api.stats();
  for (const [index, currency] of ['XXQ', '€', 'euro', 'EURO-ZONE-OF-THE-WEST'].entries())
    await accept(
      '/v1/track',
      text({
        event: 'Order Completed',
        userId: 'coins',
        properties: { order_id: `C-${index}`, total: 10, currency },
      }),
    );
  const { totals } = await profileOf('coins');
  expect(totals).toMatchObject({ orders: 4, revenue: 0, withoutRate: 4 });
  expect(totals.byCurrency.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(40);
  const after = await server.api.stats();
  expect(after.revenue).toBe(before.revenue);
  expect(after.ordersWithoutRate).toBe(before.ordersWithoutRate + 4);
});

it('values of every wrong kind in known places neither stop the pipeline nor vanish', async () => {
  const odd = [null, true, 0, -0, 1e21, '', ' ', [], [[]], {}, 'x'.repeat(2_000), ['a', { b: 1 }]];
  const places = ['email', 'phone', 'birthday', 'address', 'company', 'name', 'age', 'createdAt', 'loyaltyCard'];
  let sent = 0;
  for (const [index, value] of odd.entries()) {
    const traits = Object.fromEntries(places.map((place) => [place, value]));
    await accept('/v1/identify', text({ userId: 'odd', messageId: `odd-i${index}`, traits }));
    await accept(
      '/v1/page',
      text({
        userId: 'odd',
        messageId: `odd-p${index}`,
        name: value,
        properties: { url: value, path: value, referrer: value, products: value, order_id: value, total: value },
        context: { page: value, locale: value, campaign: value, userAgent: value, ip: value, externalIds: value },
        integrations: value,
      }),
    );
    await accept('/v1/group', text({ userId: 'odd', messageId: `odd-g${index}`, groupId: `g${index}`, traits }));
    sent += 3;
  }
  expect((await profileOf('odd')).events).toHaveLength(sent);
  expect((await server.api.pipeline()).dropped).toEqual({});
});
