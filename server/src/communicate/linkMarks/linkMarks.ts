import {
  type LinkMarks,
  linkMarksSchema,
  markUrl,
  ownLinkMarksSchema,
  usualLinkMarks,
  withOwnMarks,
} from '@vitrail/contracts';
import type { Json, Pg } from '../../platform/index.ts';
import { findLinkMarks } from './sql/linkMarks.pg.ts';

/** What a message says of itself in the marks of its links. */
export interface MarkedMessage {
  readonly kind: string;
  readonly channel: string;
  readonly variant: string;
  /** Of its campaign or journey, and of its template. */
  readonly origin_name: string | null;
  readonly template_name: string | null;
  /** What its campaign wants otherwise. */
  readonly own_marks: Json | null;
}

type Mark = (url: string) => string;
const unmarked: Mark = (url) => url;

export async function readLinkMarks(pg: Pg, workspace: number): Promise<LinkMarks> {
  const row = await pg.row(findLinkMarks, { workspace });
  return row === null || row.marks === null ? usualLinkMarks : linkMarksSchema.parse(row.marks);
}

/**
 * How links of messages are marked in a workspace now. Only those of marketing: an address in a transactional message may
 * be signed by another system.
 */
export async function createMarker(pg: Pg, workspace: number): Promise<(message: MarkedMessage) => Mark> {
  const row = await pg.row(findLinkMarks, { workspace });
  const marks = row === null || row.marks === null ? usualLinkMarks : linkMarksSchema.parse(row.marks);
  return (message) => {
    if (message.kind !== 'marketing') return unmarked;
    const own = message.own_marks === null ? null : ownLinkMarksSchema.parse(message.own_marks);
    if (!marks.active && own === null) return unmarked;
    const nothing = { source: '', medium: '', campaign: '', content: '' };
    const chosen = withOwnMarks(marks.active ? marks : nothing, own ?? {});
    const words = {
      campaign: message.origin_name ?? '',
      template: message.template_name ?? '',
      channel: message.channel,
      variant: message.variant,
      workspace: row?.name ?? '',
    };
    return (url) => markUrl(url, chosen, words);
  };
}
