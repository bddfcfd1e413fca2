import type { Vitrail } from '../types.ts';
import { attachPush } from './attachPush.ts';

/**
 * The classic script. It waits for the client under `window.vitrail` (or the name in `data-name`) and puts notifications
 * under `vitrail.notifications` (`push` is taken: the client is a list), with the write key and the host in `data-key` and `data-host`.
 */
const { name = 'vitrail', key = '', host = '', path, worker, category } = document.currentScript?.dataset ?? {};
const page: Record<string, unknown> = Object(window);
const isClient = (value: unknown): value is Vitrail & { notifications?: unknown } => Object(value).loaded === true;

const begin = (): void => {
  const client = page[name];
  if (!isClient(client) || client.notifications !== undefined) return;
  client.notifications = attachPush(client, { writeKey: key, host, path, worker, category });
};

const found: unknown = page[name];
if (isClient(found)) begin();
else if (Array.isArray(found)) found.push(['ready', begin]);
