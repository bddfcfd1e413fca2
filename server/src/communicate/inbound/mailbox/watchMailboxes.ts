import type { Deps, Log } from '../../../platform/index.ts';
import { safeDetail } from '../../channels/detail.ts';
import { openProvider } from '../../channels/setup/openProvider.ts';
import { listMailboxes, recordHealth } from '../../channels/sql/providers.pg.ts';
import { readReport } from '../mail/readReport.ts';
import type { InboundParts } from '../parts.ts';
import { takeNews } from '../takeNews.ts';
import { type Mailbox, type MailboxPlace, readMailbox } from './readMailbox.ts';

export interface MailboxDeps extends InboundParts {
  readonly log: Log;
  /** `secrets.credentials`. */
  readonly credentials: Buffer;
}

const usualPort = 993;
const securities = ['tls', 'starttls', 'none'] as const;

/** The mailbox among the settings of a mail server. */
const mailboxOf = (fields: Readonly<Record<string, string>>): Mailbox => ({
  host: fields.mailboxHost ?? '',
  port: Number(fields.mailboxPort) || usualPort,
  security: securities.find((each) => each === fields.mailboxSecurity) ?? 'tls',
  user: fields.mailboxUser ?? '',
  password: fields.mailboxPassword ?? '',
});

/**
 * Looks through the mailboxes of all workspaces: bounces, complaints and people who leave by mail become news of their
 * messages. One that cannot be read is told with its provider, and the others go on.
 */
export function createMailboxWatch(deps: MailboxDeps) {
  // Only so that mails which are no reports are not fetched every time; it may be forgotten.
  const places = new Map<string, MailboxPlace>();

  async function look(workspace: number, row: Parameters<typeof openProvider>[2]): Promise<void> {
    const { settings, secrets } = openProvider(deps.credentials, workspace, row);
    const mailbox = mailboxOf({ ...settings, ...secrets });
    const key = `${workspace}/${row.id}/${mailbox.host}/${mailbox.user}`;
    const from = { workspace, provider: 'smtp', channel: 'email' } as const;
    const place = await readMailbox(mailbox, places.get(key) ?? null, async (mail) => {
      const report = await readReport(mail, deps.clock.now());
      if (report === null) return false;
      await takeNews(deps, from, [report]);
      return true;
    });
    places.set(key, place);
  }

  /** Returns how many mailboxes were read. */
  return async (signal: AbortSignal): Promise<number> => {
    let read = 0;
    for (const { workspace_id: workspace, ...row } of await deps.pg.rows(listMailboxes, {})) {
      if (signal.aborted) break;
      try {
        await look(workspace, row);
        read += 1;
        if (row.health === mailboxTrouble) await noteHealth(deps, workspace, row.id, null);
      } catch (error) {
        deps.log.warn(
          { workspace, provider: row.id, reason: reasonOf(error) },
          'a mailbox of returns could not be read',
        );
        if (['untried', 'ok', mailboxTrouble].includes(row.health)) await noteHealth(deps, workspace, row.id, error);
      }
    }
    return read;
  };
}

/** Sending works, returns are not read: what the provider's place in the console says. */
const mailboxTrouble = 'mailbox';

const noteHealth = (deps: Pick<Deps, 'pg' | 'clock'>, workspace: number, id: number, error: unknown): Promise<number> =>
  deps.pg.run(recordHealth, {
    workspace,
    id,
    health: error === null ? 'ok' : mailboxTrouble,
    detail: error === null ? '' : reasonOf(error),
    now: deps.clock.now(),
  });

/** What the server answered, without what it might repeat of the mail. */
function reasonOf(error: unknown): string {
  const answer = error instanceof Error && 'responseText' in error ? error.responseText : undefined;
  return safeDetail(typeof answer === 'string' ? answer : error instanceof Error ? error.message : String(error));
}
