import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { PostgresDialect } from 'kysely';
import type { Log, PgStore } from '../../platform/index.ts';
import type { Secrets } from '../installation.ts';
import { holdLock } from '../sql/installation.pg.ts';

/** The library's tables live here, apart from ours; only the library reads and writes them. */
const schemaName = 'auth';
/** Set by the edge from the connection or the trusted proxy, whatever the client sent. */
export const clientAddressHeader = 'x-vitrail-client-address';
/** The origin the browser sees, computed by the edge in the same way. */
export const requestOriginHeader = 'x-vitrail-request-origin';
const migrationLock = 7_245_001;
const invitationSeconds = 7 * 24 * 3600;

export interface AuthOptions {
  readonly pg: PgStore;
  readonly log: Log;
  readonly secrets: Pick<Secrets, 'sessions'>;
  /** Origin of the console as people reach it, when configured. */
  readonly publicUrl: string | null;
  /** Tries at passwords and second factors, per address and minute. */
  readonly signInsPerMinute: number;
}

function authOptions({ pg, log, secrets, publicUrl, signInsPerMinute }: AuthOptions) {
  const guessing = { window: 60, max: signInsPerMinute };
  return {
    appName: 'Vitrail',
    baseURL: publicUrl ?? 'http://127.0.0.1',
    basePath: '/api/auth',
    secret: secrets.sessions,
    telemetry: { enabled: false },
    database: { dialect: new PostgresDialect({ pool: pg.pool }), type: 'postgres', schemaName, transaction: true },
    // Without a configured public URL the console is wherever the browser found it: same origin as the request.
    trustedOrigins: (request?: Request) => {
      const own = request?.headers.get(requestOriginHeader);
      return publicUrl === null && own ? [own] : [];
    },
    emailAndPassword: {
      enabled: true,
      // People are invited; nobody signs up.
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: invitationSeconds,
      revokeSessionsOnPasswordReset: true,
    },
    session: { expiresIn: 7 * 24 * 3600, updateAge: 24 * 3600 },
    // A leaked database must not yield working invitation links.
    verification: { storeIdentifier: 'hashed' },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: {
        '/sign-in/email': guessing,
        '/reset-password': guessing,
        '/change-password': guessing,
        '/two-factor/*': guessing,
      },
    },
    plugins: [twoFactor({ issuer: 'Vitrail' })],
    advanced: {
      cookiePrefix: 'vitrail',
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      // The library turns this check off in test runs by itself; ours shall meet the real thing.
      disableOriginCheck: false,
    },
    // Errors come to us as they are, rather than as bare statuses and lines on the console.
    onAPIError: { throw: true },
    // Its extra arguments may hold addresses of people, so only the sentence is kept.
    logger: {
      level: 'warn',
      log: (level, message) => (level === 'error' ? log.warn : log.debug).call(log, {}, message),
    },
  } satisfies Parameters<typeof betterAuth>[0];
}

export type Auth = ReturnType<typeof betterAuth<ReturnType<typeof authOptions>>>;

/**
 * People, passwords, sessions and second factors, by better-auth. Creates or extends the library's tables first, under
 * a lock, so that processes starting together do not race.
 */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const configuration = authOptions(options);
  await options.pg.transaction(async (tx) => {
    await tx.row(holdLock, { lock: migrationLock });
    const { runMigrations } = await getMigrations(configuration);
    await runMigrations();
  });
  return betterAuth(configuration);
}
