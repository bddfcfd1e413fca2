import { randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/index.ts';
import type { Person } from '../principal.ts';
import { authFault } from './authFault.ts';
import type { Auth } from './createAuth.ts';

/** A person who may sign in, or is invited to. */
export interface Account extends Person {
  /** False until a password has been chosen. */
  readonly active: boolean;
}

export interface SessionOfRequest {
  readonly person: Person;
  /** Cookies to send back: the session was prolonged. */
  readonly setCookies: readonly string[];
}

/** What the rest of Vitrail asks of the library. It writes on its own connections: not part of a caller's transaction. */
export interface Accounts {
  findByEmail(email: string): Promise<Account | null>;
  /** Accounts by id; ids of people who are gone are absent. */
  findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, Account>>;
  findSession(headers: Headers): Promise<SessionOfRequest | null>;
  /** A new account. Without a password the person chooses one through an invitation. */
  create(account: { name: string; email: string; password: string | null }): Promise<Account>;
  /** Replaces the password, whether or not there was one, and ends all sessions. */
  setPassword(id: string, password: string): Promise<void>;
  hasPassword(id: string, password: string): Promise<boolean>;
  /** A token that lets its holder choose the password once; earlier ones stay valid until they expire or one is used. */
  invite(id: string): Promise<{ token: string; expiresAt: Date }>;
  /** Removes the account with its sessions and second factors. */
  remove(id: string): Promise<void>;
}

const invitationMs = 7 * 24 * 3600_000;
const most = 10_000;

interface StoredUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly twoFactorEnabled?: boolean | null | undefined;
}

const personFrom = (user: StoredUser): Person => ({
  id: user.id,
  name: user.name,
  email: user.email,
  twoFactor: user.twoFactorEnabled === true,
});

/** The same calls, whose failures are ours: the library's own and those of PostgreSQL below it. */
function withFaults(accounts: Accounts): Accounts {
  const translate =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        return await call(...args);
      } catch (error) {
        throw authFault(error);
      }
    };
  return {
    findByEmail: translate(accounts.findByEmail),
    findByIds: translate(accounts.findByIds),
    findSession: translate(accounts.findSession),
    create: translate(accounts.create),
    setPassword: translate(accounts.setPassword),
    hasPassword: translate(accounts.hasPassword),
    invite: translate(accounts.invite),
    remove: translate(accounts.remove),
  };
}

export async function createAccounts(auth: Auth, clock: Clock): Promise<Accounts> {
  const { internalAdapter, adapter, password: passwords } = await auth.$context;

  const setPassword: Accounts['setPassword'] = async (id, password) => {
    const hash = await passwords.hash(password);
    await internalAdapter.deleteUserSessions(id);
    if ((await internalAdapter.findCredentialAccount(id)) === null)
      await internalAdapter.createAccount({ userId: id, providerId: 'credential', accountId: id, password: hash });
    else await internalAdapter.updatePassword(id, hash);
  };

  return withFaults({
    async findByEmail(email) {
      const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
      if (found === null) return null;
      const active = found.accounts.some((account) => account.providerId === 'credential');
      return { ...personFrom(found.user), active };
    },
    async findByIds(ids) {
      const wanted = [...new Set(ids)];
      if (wanted.length === 0) return new Map();
      const [users, credentials] = await Promise.all([
        adapter.findMany<StoredUser>({
          model: 'user',
          where: [{ field: 'id', operator: 'in', value: wanted }],
          limit: most,
        }),
        adapter.findMany<{ userId: string }>({
          model: 'account',
          where: [
            { field: 'userId', operator: 'in', value: wanted },
            { field: 'providerId', value: 'credential' },
          ],
          limit: most,
        }),
      ]);
      const active = new Set(credentials.map((account) => account.userId));
      return new Map(users.map((user) => [user.id, { ...personFrom(user), active: active.has(user.id) }]));
    },
    async findSession(headers) {
      const { headers: answer, response } = await auth.api.getSession({ headers, returnHeaders: true });
      if (response === null) return null;
      return { person: personFrom(response.user), setCookies: answer.getSetCookie() };
    },
    async create({ name, email, password }) {
      const user = await internalAdapter.createUser(
        { name, email: email.toLowerCase(), emailVerified: true },
        { method: 'admin' },
      );
      if (password !== null) await setPassword(user.id, password);
      return { ...personFrom(user), active: password !== null };
    },
    setPassword,
    async hasPassword(id, password) {
      const account = await internalAdapter.findCredentialAccount(id);
      return account?.password ? passwords.verify({ password, hash: account.password }) : false;
    },
    async invite(id) {
      const token = randomBytes(24).toString('base64url');
      const expiresAt = new Date(clock.now().getTime() + invitationMs);
      // The name under which the library's own reset-password endpoint looks it up and consumes it.
      await internalAdapter.createVerificationValue({ identifier: `reset-password:${token}`, value: id, expiresAt });
      return { token, expiresAt };
    },
    async remove(id) {
      await internalAdapter.deleteUserSessions(id);
      await internalAdapter.deleteAccounts(id);
      await internalAdapter.deleteUser(id);
    },
  });
}
