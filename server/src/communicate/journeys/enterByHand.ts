import { randomUUID } from 'node:crypto';
import { isJsonObject, type Json, storableJson } from '../../platform/index.ts';
import { directKey } from './catalog.ts';
import type { Journeys } from './createJourneys.ts';
import { getMembers } from './readTrace.ts';
import { getJourney } from './saveJourney.ts';
import { takeJourneyEvents } from './takeEvents.ts';

/**
 * Somebody asks that a person enter. The journey's own rules still hold: its state, its audience, who may come again. What
 * came of it is in the person's trace.
 */
export async function enterByHand(
  deps: Journeys['deps'],
  input: { workspace: number; id: string; profile: string; key: string; properties: { [name: string]: Json } },
): Promise<void> {
  const { workspace, key } = input;
  const { id: journey } = await getJourney(deps.pg, workspace, input.id);
  const { root } = await getMembers(deps.pg, workspace, input.profile);
  const properties = storableJson(input.properties);
  await takeJourneyEvents(deps.pg, workspace, [
    {
      profile: root,
      key: directKey,
      journey,
      at: deps.clock.now(),
      messageId: `api-${randomUUID()}`,
      properties: { ...(isJsonObject(properties) && properties), ...(key !== '' && { $key: key }) },
    },
  ]);
  deps.ring();
}
