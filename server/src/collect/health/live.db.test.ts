import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import type { LiveEvent } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { openTestApp, useApp } from '../../../test/httpApp.ts';
import { poll } from '../../../test/poll.ts';
import { useStores } from '../../../test/stores.ts';
import { type HttpApp, pgQuery } from '../../platform/index.ts';
import { registerHealthRoutes } from './index.ts';

const deps = useStores();
const routes = (app: HttpApp) =>
  registerHealthRoutes(app, {
    ...{ pg: deps.pg, ch: deps.ch, clock: deps.clock, log: deps.log },
    onReplay: () => undefined,
  });
const http = useApp(deps, { rooms: routes });
const workspace = (scopes: readonly string[] = ['events.read', 'personal.read']) => createWorkspace(deps, { scopes });
const headersOf = ({ secretKey }: TestWorkspace) => ({ authorization: `Bearer ${secretKey}` });

const notify = pgQuery({
  name: 'test.notifyLive',
  params: { payload: 'text' },
  row: { sent: 'bool?' },
  text: `select true as sent from (select pg_notify('vitrail_live', :payload)) as news`,
});
const live = (overrides: Partial<LiveEvent> = {}): LiveEvent => ({
  at: '2026-11-21T10:00:00.000Z',
  type: 'track',
  event: 'Product Viewed',
  sourceId: 1,
  profileId: 'abcdefghij',
  messageId: 'm1',
  ...overrides,
});
const publish = (workspaceId: number, events: readonly LiveEvent[], total = events.length) =>
  deps.pg.row(notify, { payload: JSON.stringify({ workspaceId, total, events }) });

/** Watches over a real connection of its own; `text()` is all that came so far. */
async function watch(made: TestWorkspace, query = '', app: HttpApp = http.app) {
  const base = addresses.get(app) ?? app.listen({ port: 0, host: '127.0.0.1' });
  addresses.set(app, base);
  const request = httpGet(`${await base}/api/v1/live${query}`, { headers: headersOf(made), agent: false });
  const [response]: IncomingMessage[] = await once(request, 'response');
  let text = '';
  // Leaving breaks the answer off, which is no error here.
  response?.setEncoding('utf8').on('error', () => undefined);
  response?.on('data', (chunk: string) => {
    text += chunk;
  });
  const messages = (): LiveEvent[] =>
    [...text.matchAll(/^(?:event: (.*)\n)?data: (.*)$/gm)].flatMap(([, name, data]) =>
      name === undefined ? [JSON.parse(data ?? '')] : [],
    );
  return {
    status: response?.statusCode,
    headers: response?.headers ?? {},
    text: () => text,
    messages,
    ended: () => response?.complete === true,
    leave: () => request.destroy(),
  };
}
const addresses = new WeakMap<HttpApp, Promise<string>>();

describe('the live stream', () => {
  it('gives the events of its workspace as they are published', async () => {
    const made = await workspace();
    const other = await workspace();
    const view = await watch(made);
    expect(view.status).toBe(200);
    expect(view.headers['content-type']).toContain('text/event-stream');
    await publish(other.id, [live({ messageId: 'theirs' })]);
    await publish(made.id, [live(), live({ event: 'Line\nbreak' })], 120);
    await poll('two events', () => view.messages().length === 2);
    expect(view.messages()).toEqual([live(), live({ event: 'Line\nbreak' })]);
    expect(view.text()).toContain('event: batch\ndata: {"total":120,"shown":2}');
    expect(view.text()).not.toContain('theirs');
    view.leave();
  });

  it('shows only what its filter fits', async () => {
    const made = await workspace();
    const view = await watch(made, '?sourceId=2&type=track&event=Cart%20Viewed');
    await publish(made.id, [
      live({ sourceId: 2, event: 'Cart Viewed', messageId: 'yes' }),
      live({ sourceId: 1, event: 'Cart Viewed' }),
      live({ sourceId: 2 }),
      live({ sourceId: 2, type: 'page', event: 'Cart Viewed' }),
    ]);
    await poll('the batch', () => view.text().includes('event: batch'));
    expect(view.messages().map(({ messageId }) => messageId)).toEqual(['yes']);
    view.leave();
  });

  it('does not say whose events they are without personal.read', async () => {
    const made = await workspace(['events.read']);
    const view = await watch(made);
    await publish(made.id, [live()]);
    await poll('an event', () => view.messages().length === 1);
    expect(view.messages()).toEqual([live({ profileId: null, messageId: null })]);
    view.leave();
  });

  it('lives through news that cannot be read', async () => {
    const made = await workspace();
    const view = await watch(made);
    await deps.pg.row(notify, { payload: 'no JSON' });
    await deps.pg.row(notify, { payload: '{"workspaceId":"x"}' });
    await publish(made.id, [live()]);
    await poll('an event', () => view.messages().length === 1);
    view.leave();
  });

  it('is refused beyond fifty views of one workspace, and free again when they leave', async () => {
    const made = await workspace();
    const views = await Promise.all(Array.from({ length: 50 }, () => watch(made)));
    expect(views.every(({ status }) => status === 200)).toBe(true);
    const refused = await watch(made);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('10');
    refused.leave();
    for (const view of views) view.leave();
    const again = await poll('room for one more', async () => {
      const view = await watch(made);
      if (view.status === 200) return view;
      view.leave();
      return null;
    });
    await publish(made.id, [live()]);
    await poll('an event', () => again.messages().length === 1);
    again.leave();
  });

  it('is not for those who may not read events', async () => {
    const view = await watch(await workspace(['data.read']));
    expect(view.status).toBe(403);
    view.leave();
  });

  it('ends when the server stops, so that it can stop', async () => {
    const made = await workspace();
    const opened = await openTestApp(deps, { rooms: routes });
    const view = await watch(made, '', opened.app);
    await opened.close();
    await poll('the end', () => view.ended());
  });
});
