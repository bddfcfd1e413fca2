/** Everything the environment may say, checked and typed. Built once by `readConfig`, frozen. */
export interface Config {
  /** Address to listen on. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where the console and API are reached from outside, without a final slash. */
  readonly publicUrl: string;
  /** Whose `X-Forwarded-*` headers are believed: nobody, everybody, the nearest n, or these addresses and ranges. */
  readonly trustProxy: boolean | number | readonly string[];
  /** Absolute. */
  readonly dataDir: string;
  /** PostgreSQL server; undefined means the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Connections to PostgreSQL at most. */
  readonly databaseConnections: number;
  /** ClickHouse server; undefined means embedded chDB. */
  readonly clickhouseUrl: string | undefined;
  /** Name of the cluster on which tables are Replicated and Distributed. */
  readonly clickhouseCluster: string | undefined;
  /** What an unattended first start creates. */
  readonly firstRun: FirstRun;
  readonly logLevel: LogLevel;
  /** Events accepted and not yet resolved, beyond which the door answers 503. */
  readonly maxBacklogEvents: number;
  /** Bytes of the same: a few huge requests must not fill the disk. */
  readonly maxBacklogBytes: number;
  /** The largest file an import takes. */
  readonly maxImportBytes: number;
  /** Mail server of workspaces without one of their own; holds a password. */
  readonly smtpUrl: string | undefined;
  /** Servers of private networks that pictures of products may be fetched from, as origins. */
  readonly pictureOrigins: readonly string[];
  /** Webhooks may call private addresses. */
  readonly privateWebhooks: boolean;
  /** Time may be moved by hand: for trying out, never where people are written to. */
  readonly testClock: boolean;
  /** How long a stop waits for requests and jobs in progress. */
  readonly stopSeconds: number;
}

export interface FirstRun {
  readonly admin: { readonly email: string; readonly password: string } | undefined;
  readonly writeKey: string | undefined;
  readonly secretKey: string | undefined;
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
