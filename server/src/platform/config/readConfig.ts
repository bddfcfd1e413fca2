import { Fault } from '../errors.ts';
import type { Config } from './config.ts';
import { nearestName } from './nearestName.ts';
import { type Variables, variables } from './variables.ts';

export interface ConfigReading {
  readonly config: Config;
  /** Sentences for the operator about what is suspicious and yet lets us start. */
  readonly warnings: readonly string[];
}

const known = Object.keys(variables.shape);
/** Shorter secrets can be guessed from outside. */
const soundSecretLength = 20;

function findUnknown(env: Readonly<Record<string, string | undefined>>): string[] {
  const unknown = Object.keys(env).filter((name) => name.startsWith('VITRAIL_') && !known.includes(name));
  return unknown.sort().map((name) => {
    const nearest = nearestName(name, known);
    return `${name} is not a setting of Vitrail and is ignored${nearest === null ? '' : `; did you mean ${nearest}?`}`;
  });
}

/** What no variable can say alone. */
function findContradictions(values: Variables): string[] {
  const problems: string[] = [];
  if ((values.VITRAIL_ADMIN_EMAIL === undefined) !== (values.VITRAIL_ADMIN_PASSWORD === undefined)) {
    const [given, missing] = values.VITRAIL_ADMIN_EMAIL === undefined ? ['PASSWORD', 'EMAIL'] : ['EMAIL', 'PASSWORD'];
    problems.push(`VITRAIL_ADMIN_${given} is set without VITRAIL_ADMIN_${missing}; set both or neither.`);
  }
  if (values.CLICKHOUSE_CLUSTER !== undefined && values.CLICKHOUSE_URL === undefined) {
    problems.push('CLICKHOUSE_CLUSTER is set without CLICKHOUSE_URL; the embedded engine knows no clusters.');
  }
  if (values.VITRAIL_WRITE_KEY !== undefined && values.VITRAIL_WRITE_KEY === values.VITRAIL_SECRET_KEY) {
    problems.push(
      'VITRAIL_WRITE_KEY and VITRAIL_SECRET_KEY are the same; the write key is public, so they must differ.',
    );
  }
  return problems;
}

function defaultPublicUrl({ VITRAIL_HOST: host, VITRAIL_PORT: port }: Variables): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function toConfig(values: Variables): Config {
  const { VITRAIL_ADMIN_EMAIL: email, VITRAIL_ADMIN_PASSWORD: password } = values;
  return Object.freeze({
    host: values.VITRAIL_HOST,
    port: values.VITRAIL_PORT,
    publicUrl: values.VITRAIL_PUBLIC_URL ?? defaultPublicUrl(values),
    trustProxy: values.VITRAIL_TRUST_PROXY,
    dataDir: values.VITRAIL_DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    databaseConnections: values.VITRAIL_DATABASE_CONNECTIONS,
    clickhouseUrl: values.CLICKHOUSE_URL,
    clickhouseCluster: values.CLICKHOUSE_CLUSTER,
    firstRun: Object.freeze({
      admin: email === undefined || password === undefined ? undefined : Object.freeze({ email, password }),
      writeKey: values.VITRAIL_WRITE_KEY,
      secretKey: values.VITRAIL_SECRET_KEY,
    }),
    logLevel: values.VITRAIL_LOG_LEVEL,
    maxBacklogEvents: values.VITRAIL_MAX_BACKLOG_EVENTS,
    maxBacklogBytes: values.VITRAIL_MAX_BACKLOG_MB,
    maxImportBytes: values.VITRAIL_MAX_IMPORT_MB,
    smtpUrl: values.VITRAIL_SMTP_URL,
    pictureOrigins: values.VITRAIL_PICTURE_ORIGINS,
    privateWebhooks: values.VITRAIL_PRIVATE_WEBHOOKS,
    testClock: values.VITRAIL_TEST_CLOCK,
    stopSeconds: values.VITRAIL_STOP_SECONDS,
  });
}

/**
 * Reads the environment once. An empty variable counts as not set. Throws one `Fault` that names every mistake, a
 * sentence each (`details.problems`); values are never repeated, for they may be secrets.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): ConfigReading {
  const given = Object.fromEntries(known.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = variables.safeParse(given);
  const problems = parsed.success
    ? findContradictions(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  if (!parsed.success || problems.length > 0) {
    throw new Fault('invalid', 'platform.config_invalid', problems.join('\n'), { details: { problems } });
  }
  const warnings = findUnknown(env);
  const { secretKey } = toConfig(parsed.data).firstRun;
  if (secretKey !== undefined && secretKey.length < soundSecretLength) {
    warnings.push(`VITRAIL_SECRET_KEY is shorter than ${soundSecretLength} characters and may be guessed.`);
  }
  return { config: toConfig(parsed.data), warnings };
}
