import type { PlanProposal } from '@vitrail/contracts';
import { type Ch, isJsonObject, type Json } from '../../platform/index.ts';
import { inferSchema } from './inferSchema.ts';
import { sampleEvents } from './sql/sampleEvents.ch.ts';

const maxExamples = 1_000;

/** A schema that the last received events of a name meet. Reads only; `examples` 0 means none was received. */
export async function proposeSchema(ch: Ch, workspaceId: number, event: string): Promise<PlanProposal> {
  const rows = await ch.rows(sampleEvents, { workspace: workspaceId, event, limit: maxExamples });
  const examples = rows.map(({ properties }): Json => JSON.parse(properties)).filter(isJsonObject);
  return { event, examples: examples.length, schema: inferSchema(examples) };
}
