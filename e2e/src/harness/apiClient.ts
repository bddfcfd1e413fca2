import {
  eventListSchema,
  type Import,
  type ImportKind,
  type ImportMapping,
  type ImportOptions,
  importSchema,
  importStartedSchema,
  orderListSchema,
  type PipelineStatus,
  type Profile,
  type ProfileEvent,
  pipelineStatusSchema,
  profileListSchema,
  profileSchema,
  type Stats,
  statsSchema,
} from '@vitrail/contracts';
import type { z } from 'zod';
import { ask, untilThere } from './untilThere.ts';

export interface ImportRequest {
  readonly as: ImportKind;
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer> | string;
  readonly mapping?: ImportMapping;
  readonly options?: ImportOptions;
}

/** What the public API answers, checked against its contract. */
export class ApiClient {
  readonly url: string;
  readonly #secretKey: string;

  constructor(url: string, secretKey: string) {
    this.url = url;
    this.#secretKey = secretKey;
  }

  request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.#secretKey}`);
    return fetch(this.url + path, { ...init, headers });
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await (await ask(`GET ${path}`, this.request(path))).json());
  }

  async #send(method: 'POST' | 'PUT', path: string, body: object): Promise<unknown> {
    const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return (await ask(`${method} ${path}`, this.request(path, init))).json();
  }

  post(path: string, body: object): Promise<unknown> {
    return this.#send('POST', path, body);
  }

  put(path: string, body: object): Promise<unknown> {
    return this.#send('PUT', path, body);
  }

  pipeline(): Promise<PipelineStatus> {
    return this.get('/api/v1/pipeline', pipelineStatusSchema);
  }

  stats(): Promise<Stats> {
    return this.get('/api/v1/stats', statsSchema);
  }

  profile(id: string): Promise<Profile> {
    return this.get(`/api/v1/profiles/${id}`, profileSchema);
  }

  /** Id of the one customer with this identifier; null when there is none. */
  async findProfile(namespace: string, value: string): Promise<string | null> {
    const query = new URLSearchParams({ identifier: `${namespace}:${value}` });
    const { items } = await this.get(`/api/v1/profiles?${query}`, profileListSchema);
    if (items.length > 1) throw new Error(`${items.length} customers have ${namespace}:${value}`);
    return items[0]?.id ?? null;
  }

  /** The whole timeline, newest first. */
  async events(profileId: string): Promise<ProfileEvent[]> {
    const all: ProfileEvent[] = [];
    for (let before: string | null = ''; before !== null; ) {
      const query: URLSearchParams = new URLSearchParams({ limit: '500', ...(before === '' ? {} : { before }) });
      const page: z.output<typeof eventListSchema> = await this.get(
        `/api/v1/profiles/${profileId}/events?${query}`,
        eventListSchema,
      );
      all.push(...page.items);
      before = page.next;
    }
    return all;
  }

  async orders(profileId: string): Promise<z.output<typeof orderListSchema>['items']> {
    const all: z.output<typeof orderListSchema>['items'] = [];
    for (let before: string | null = ''; before !== null; ) {
      const query: URLSearchParams = new URLSearchParams({ limit: '200', ...(before === '' ? {} : { before }) });
      const page: z.output<typeof orderListSchema> = await this.get(
        `/api/v1/profiles/${profileId}/orders?${query}`,
        orderListSchema,
      );
      all.push(...page.items);
      before = page.next;
    }
    return all;
  }

  /** Everything of one kind, as the NDJSON export has it. */
  async exported<T>(name: string, schema: z.ZodType<T>): Promise<T[]> {
    const response = await ask(`the export of ${name}`, this.request(`/api/v1/export/${name}?format=ndjson`));
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    return lines.map((line) => schema.parse(JSON.parse(line)));
  }

  /** Sends a file to the import door; the answer is whatever it says. */
  sendImport({ as, name, content, mapping, options }: ImportRequest): Promise<Response> {
    const form = new FormData();
    form.set('as', as);
    if (mapping !== undefined) form.set('mapping', JSON.stringify(mapping));
    if (options !== undefined) form.set('options', JSON.stringify(options));
    form.set('file', new Blob([content]), name);
    return this.request('/api/v1/imports', { method: 'POST', body: form });
  }

  async startImport(request: ImportRequest): Promise<string> {
    const response = await ask(`importing ${request.name}`, this.sendImport(request));
    return importStartedSchema.parse(await response.json()).id;
  }

  readImport(id: string): Promise<Import> {
    return this.get(`/api/v1/imports/${id}`, importSchema);
  }

  /** Waits until an import has ended, well or badly. */
  waitForImport(id: string, timeoutMs = 300_000): Promise<Import> {
    return untilThere(`the end of import ${id}`, timeoutMs, async () => {
      const now = await this.readImport(id);
      return now.state === 'queued' || now.state === 'running' ? null : now;
    });
  }

  /** Imports a file and waits until all of it can be seen everywhere. */
  async importFile(request: ImportRequest, timeoutMs?: number): Promise<Import> {
    const id = await this.startImport(request);
    const ended = await this.waitForImport(id, timeoutMs);
    await this.waitSettled(timeoutMs);
    return ended;
  }

  /** Waits until everything accepted has reacted. */
  waitSettled(timeoutMs = 120_000): Promise<PipelineStatus> {
    return untilThere('an empty backlog', timeoutMs, async () => {
      const status = await this.pipeline();
      return status.backlog === 0 ? status : null;
    });
  }
}
