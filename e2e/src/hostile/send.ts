import { problemSchema } from '@vitrail/contracts';
import { writeKey } from '../harness/startServer.ts';

export interface Answer {
  readonly status: number;
  /** The stable code of a problem+json answer; null when the answer is no problem. */
  readonly code: string | null;
  readonly detail: string;
  readonly retryAfter: string | null;
}

/** What an answer says; a failure that is not described as problem+json throws. */
export async function readAnswer(response: Response): Promise<Answer> {
  const retryAfter = response.headers.get('retry-after');
  if (response.ok) {
    await response.arrayBuffer();
    return { status: response.status, code: null, detail: '', retryAfter };
  }
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json'))
    throw new Error(`${response.status} came as ${type}: ${await response.text()}`);
  const problem = problemSchema.parse(await response.json());
  if (problem.status !== response.status)
    throw new Error(`the status is ${response.status}, the problem says ${problem.status}`);
  return { status: response.status, code: problem.code, detail: problem.detail, retryAfter };
}

export const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

/** One request to the collection door, as raw as a client can send it. */
export async function send(
  url: string,
  path: string,
  body: Uint8Array<ArrayBuffer> | string | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: basic(writeKey), ...headers },
    body,
  });
  return readAnswer(response);
}

export const text = (value: unknown): string => JSON.stringify(value);
