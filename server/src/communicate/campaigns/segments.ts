import { listSegmentsBeyond } from '../../decide/index.ts';
import { Fault, type Pg } from '../../platform/index.ts';
import { findLiveSegments } from './sql/segments.pg.ts';

/** Throws `Fault` for a segment that does not exist, was archived, or has no members yet because it is being built. */
export async function assertSegments(tx: Pg, workspace: number, segments: readonly string[]): Promise<void> {
  const ids = segments.map(Number).filter((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31);
  const rows = await tx.rows(findLiveSegments, { workspace, ids });
  const known = new Map(rows.map(({ id, state }) => [String(id), state]));
  for (const segment of segments) {
    const state = known.get(segment);
    if (state === undefined)
      throw new Fault('invalid', 'communicate.segment_unknown', `There is no segment ${segment} in this workspace.`);
  }
  await assertAllowed(tx, workspace, ids);
}

/** Throws `Fault` for a segment that rests on what a data partner does not allow messages to use. */
export async function assertAllowed(tx: Pg, workspace: number, segments: readonly number[]): Promise<void> {
  const beyond = await listSegmentsBeyond(tx, workspace, 'messages');
  const [first] = segments.filter((id) => beyond.has(id));
  if (first !== undefined)
    throw new Fault(
      'invalid',
      'communicate.segment_not_allowed',
      `Segment ${first} rests on what a data partner says and does not allow for messages. Choose another one, or agree on this use with the partner.`,
      { details: { segment: String(first) } },
    );
}
