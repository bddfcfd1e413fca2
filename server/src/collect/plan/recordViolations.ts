import type { Pg } from '../../platform/index.ts';
import { addViolations } from './sql/trackingPlan.pg.ts';

interface RecordedViolation {
  readonly event: string;
  readonly rule: string;
  readonly messageId: string;
}

/** Counts the violations of a batch, in the batch's own transaction: a batch that is rolled back leaves no count. */
export async function recordViolations(
  tx: Pg,
  workspaceId: number,
  violations: readonly RecordedViolation[],
): Promise<void> {
  if (violations.length === 0) return;
  const sums = new Map<string, { event: string; rule: string; count: number; messageId: string }>();
  for (const { event, rule, messageId } of violations) {
    const key = JSON.stringify([event, rule]);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { event, rule, count: 1, messageId });
    else {
      sum.count += 1;
      sum.messageId = messageId;
    }
  }
  const rows = [...sums.values()];
  await tx.run(addViolations, {
    workspace: workspaceId,
    events: rows.map(({ event }) => event),
    rules: rows.map(({ rule }) => rule),
    counts: rows.map(({ count }) => count),
    messageIds: rows.map(({ messageId }) => messageId.slice(0, 200)),
  });
}
