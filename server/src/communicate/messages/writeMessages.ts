import { channels } from '@vitrail/contracts';
import { type Deps, isJsonObject, type PgRow } from '../../platform/index.ts';
import type { OutgoingMessage } from '../channels/index.ts';
import { createMarker } from '../linkMarks/linkMarks.ts';
import type { MessageLinks, Renderer } from '../templates/index.ts';
import { keepShortLinks } from '../tracking/index.ts';
import type { Finished } from './finishMessages.ts';
import { readClaimed } from './sql/pump.pg.ts';

/** What links in a message depend on. */
export interface LinkedMessage {
  readonly workspace: number;
  readonly id: number;
  readonly profile_id: number;
  readonly channel: string;
  readonly purpose: string;
  readonly kind: string;
  readonly open_tracking: boolean;
}

/** Written out, and not yet allowed to leave. */
export interface Ready {
  readonly id: number;
  readonly attempts: number;
  /** The experiment that chose how its products are recommended; null: none. */
  readonly recommendedBy: string | null;
  readonly message: Omit<OutgoingMessage, 'to'>;
}

export interface WriteDeps {
  readonly pg: Deps['pg'];
  readonly renderer: Renderer;
  readonly links: (message: LinkedMessage) => MessageLinks;
}

/** Writes out messages in this worker's hands. One that cannot be written is failed with the reason, the others go on. */
export async function writeMessages(
  { pg, renderer, links }: WriteDeps,
  workspace: number,
  ids: readonly number[],
): Promise<{ readonly ready: readonly Ready[]; readonly failed: readonly Finished[] }> {
  const rows = await pg.rows(readClaimed, { workspace, ids });
  const markerOf = await createMarker(pg, workspace);
  const shortened: { readonly message: number; readonly place: number; readonly url: string }[] = [];
  const linksOf = (row: ClaimedRow): MessageLinks => {
    const made = links({ ...row, workspace });
    const mark = markerOf(row);
    const tracked = new Set<string>();
    return {
      ...made,
      track(url, index) {
        const link = made.track(mark(url), index);
        tracked.add(link);
        return link;
      },
      shorten(address, place) {
        // A link of ours that is in the text already leads to a marked one.
        const url = tracked.has(address) ? address : mark(address);
        shortened.push({ message: row.id, place, url });
        return made.shorten(url, place);
      },
    };
  };
  const ready: Ready[] = [];
  const failed: Finished[] = [];
  for (const { template, version, rows: group } of groupByTemplate(rows)) {
    const byId = new Map(group.map((row) => [row.id, row]));
    const rendered = await renderer.render({
      workspace,
      template,
      version,
      items: group.map((row) => ({
        message: row.id,
        profile: row.profile_id,
        variant: row.variant,
        variables: isJsonObject(row.variables) ? row.variables : {},
        links: linksOf(row),
        trial: row.kind === 'test',
      })),
    });
    for (const result of rendered) {
      const row = byId.get(result.message);
      if (row === undefined) continue;
      if (result.ok) ready.push(toReady(workspace, row, result));
      else failed.push({ id: row.id, state: 'failed', reason: 'template_error', detail: result.detail });
    }
  }
  // Before anybody can follow them.
  if (shortened.length > 0)
    await pg.run(keepShortLinks, {
      workspace,
      messages: shortened.map(({ message }) => message),
      places: shortened.map(({ place }) => place),
      urls: shortened.map(({ url }) => url),
    });
  return { ready, failed };
}

type ClaimedRow = PgRow<typeof readClaimed.row>;

function toReady(
  workspace: number,
  row: ClaimedRow,
  { content, recommendedBy }: Pick<Ready, 'recommendedBy'> & Pick<OutgoingMessage, 'content'>,
): Ready {
  const channel = channels.find((each) => each === row.channel);
  if (channel === undefined) throw new Error(`a message goes by the unknown channel ${row.channel}`);
  const kind = row.kind === 'marketing' || row.kind === 'test' ? row.kind : 'transactional';
  // A test is for whoever tries it, not for the customer it is tried with.
  const told = kind === 'test' ? null : recommendedBy;
  return {
    id: row.id,
    attempts: row.attempts,
    recommendedBy: told,
    message: { id: row.id, workspace, channel, kind, content },
  };
}

interface TemplateGroup {
  readonly template: number;
  readonly version: number;
  readonly rows: ClaimedRow[];
}

function groupByTemplate(rows: readonly ClaimedRow[]): TemplateGroup[] {
  const groups = new Map<string, TemplateGroup>();
  for (const row of rows) {
    const template = row.template_id ?? 0;
    const version = row.template_version ?? 0;
    const key = `${template}/${version}`;
    const group = groups.get(key) ?? { template, version, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}
