import { sessionRequestHeader, workspaceHeader } from '@vitrail/contracts';
import type { z } from 'zod';
import { ApiError, problemOf, retryAfterOf } from './problem.ts';

type QueryValue = string | number | boolean | null | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

interface CallOptions {
  readonly query?: Query;
  /** JSON, a form with a file, or a text of its own content type. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal | undefined;
}

/** The one way the console talks to the server: every answer is checked against its schema. */
export interface Api {
  get<S extends z.ZodType>(path: string, schema: S, options?: Omit<CallOptions, 'body'>): Promise<z.output<S>>;
  send<S extends z.ZodType>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    schema: S,
    options?: CallOptions,
  ): Promise<z.output<S>>;
  /** Upload with progress, which `fetch` cannot tell. */
  upload<S extends z.ZodType>(path: string, form: FormData, schema: S, options: UploadOptions): Promise<z.output<S>>;
  /** The raw answer, for downloads and event streams. */
  open(path: string, options?: CallOptions & { method?: 'GET' | 'POST'; accept?: string }): Promise<Response>;
}

interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  onProgress(sent: number, total: number): void;
}

interface ApiSettings {
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  /** The workspace the reader looks at; none before sign-in. */
  readonly workspace: () => number | null;
  /** Called when the session is over. */
  readonly onSignedOut: () => void;
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

function readJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function checked<S extends z.ZodType>(schema: S, status: number, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError(status, 'console.unreadable', '', {
    details: { at: issue?.path.join('.') ?? '', problem: issue?.message ?? '' },
    cause: parsed.error,
  });
}

export function createApi(settings: ApiSettings): Api {
  const headers = (): Record<string, string> => {
    const workspace = settings.workspace();
    return {
      [sessionRequestHeader.name]: sessionRequestHeader.value,
      ...(workspace === null ? {} : { [workspaceHeader]: String(workspace) }),
    };
  };

  const refuse = (status: number, text: string, retryAfter: string | null): never => {
    const error = problemOf(status, readJson(text), retryAfterOf(retryAfter, settings.now()));
    if (status === 401) settings.onSignedOut();
    throw error;
  };

  async function ask(method: string, path: string, accept: string, options: CallOptions): Promise<Response> {
    const { body, contentType } = options;
    const isForm = body instanceof FormData;
    const type = contentType ?? (body === undefined || isForm ? undefined : 'application/json');
    let answer: Response;
    try {
      answer = await settings.fetch(withQuery(path, options.query), {
        method,
        credentials: 'same-origin',
        headers: { ...headers(), accept, ...(type === undefined ? {} : { 'content-type': type }) },
        ...(body === undefined ? {} : { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiError(0, 'console.offline', '', { cause: error });
    }
    if (!answer.ok) return refuse(answer.status, await answer.text(), answer.headers.get('retry-after'));
    return answer;
  }

  async function call<S extends z.ZodType>(method: string, path: string, schema: S, options: CallOptions) {
    const answer = await ask(method, path, 'application/json', options);
    return checked(schema, answer.status, readJson(await answer.text()));
  }

  return {
    get: (path, schema, options = {}) => call('GET', path, schema, options),
    send: (method, path, schema, options = {}) => call(method, path, schema, options),
    upload: (path, form, schema, options) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', path);
        for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
        request.upload.onprogress = (event) => options.onProgress(event.loaded, event.total);
        request.onerror = () => reject(new ApiError(0, 'console.offline', ''));
        request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
        request.onload = () => {
          try {
            if (request.status >= 400)
              refuse(request.status, request.responseText, request.getResponseHeader('retry-after'));
            resolve(checked(schema, request.status, readJson(request.responseText)));
          } catch (error) {
            reject(error);
          }
        };
        options.signal?.addEventListener('abort', () => request.abort(), { once: true });
        request.send(form);
      }),
    open: (path, { method = 'GET', accept = '*/*', ...options } = {}) => ask(method, path, accept, options),
  };
}
