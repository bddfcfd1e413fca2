import { isEditAddress } from '../editing.ts';
import type { Vitrail } from '../types.ts';
import { attachExperiences } from './attachExperiences.ts';
import { createPartLoader } from './parts.ts';

/**
 * The classic script. It waits for the client under `window.vitrail` (or the name in `data-name`) and attaches to it, with
 * the write key and the host in `data-key` and `data-host` (and milliseconds in `data-timeout`); what the shop may call is then under `vitrail.experiences`.
 */
const own = document.currentScript;
const { name = 'vitrail', key = '', host = '', timeout = '300' } = own?.dataset ?? {};
const src = own instanceof HTMLScriptElement ? own.src : `${host}/sdk/v1/`;
const parts = createPartLoader({ src, nonce: own?.nonce ?? '' });
const page: Record<string, unknown> = Object(window);
const isClient = (value: unknown): value is Vitrail & { experiences?: unknown } => Object(value).loaded === true;

const begin = (): void => {
  const client = page[name];
  if (!isClient(client) || client.experiences !== undefined) return;
  client.experiences = attachExperiences(client, { writeKey: key, host, timeoutMs: Number(timeout), parts });
};

const found: unknown = page[name];
if (isEditAddress()) {
  // The client waits for what is found out here.
  const wait = setInterval(() => {
    if (!isClient(page[name])) return;
    clearInterval(wait);
    begin();
  }, 20);
} else if (isClient(found)) void found.ready(begin);
else if (Array.isArray(found)) found.push(['ready', begin]);
