import { randomBytes } from 'node:crypto';
import { type Role, sessionRequestHeader, workspaceHeader } from '@vitrail/contracts';
import { createSecretKey, type Govern } from '../src/govern/index.ts';
import { insertMember } from '../src/govern/sql/members.pg.ts';
import type { HttpApp } from '../src/platform/index.ts';
import type { TestDeps } from './stores.ts';

export const password = 'correct horse battery';
const origin = 'http://localhost';

/** What the console's own page sends along with a session cookie. */
export const pageHeaders = {
  origin,
  host: 'localhost',
  'sec-fetch-site': 'same-origin',
  [sessionRequestHeader.name]: sessionRequestHeader.value,
};

/** Signs in over the real endpoint; the answer holds the headers of a signed-in page. */
export async function signIn(app: HttpApp, email: string, workspaceId?: number): Promise<Record<string, string>> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: pageHeaders,
    payload: { email, password },
  });
  if (answer.statusCode !== 200) throw new Error(`sign-in answered ${answer.statusCode}: ${answer.body}`);
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  return {
    ...pageHeaders,
    cookie,
    ...(workspaceId === undefined ? {} : { [workspaceHeader]: String(workspaceId) }),
  };
}

export interface TestPerson {
  readonly id: string;
  readonly email: string;
  /** Headers of a page on which this person is signed in, in this workspace. */
  readonly headers: Record<string, string>;
}

/** A person with a password who belongs to the workspace, signed in. */
export async function createPerson(
  deps: TestDeps,
  parts: { app: HttpApp; govern: Govern },
  workspaceId: number,
  role: Role,
): Promise<TestPerson> {
  const email = `${role}-${randomBytes(6).toString('hex')}@shop.example`;
  const account = await parts.govern.accounts.create({ name: `The ${role}`, email, password });
  await deps.pg.run(insertMember, { workspace: workspaceId, user: account.id, role });
  return { id: account.id, email, headers: await signIn(parts.app, email, workspaceId) };
}

/** Headers of a secret key with these scopes. */
export async function createKeyHeaders(
  deps: TestDeps,
  workspaceId: number,
  scopes: Parameters<typeof createSecretKey>[2]['scopes'],
): Promise<Record<string, string>> {
  const { secret } = await createSecretKey(deps.pg, deps, {
    workspaceId,
    name: 'Test',
    actor: { kind: 'system', id: 'test' },
    scopes,
  });
  return { authorization: `Bearer ${secret}` };
}
