import type { JourneyDefinition, JourneyDefinitionInput, ReadyJourney } from '@vitrail/contracts';
import { journeyDefinitionSchema } from '@vitrail/contracts';
import { cartAndBrowse } from './cartAndBrowse.ts';
import { moments } from './moments.ts';
import { relations } from './relations.ts';
import { shelf } from './shelf.ts';

const read = (definition: JourneyDefinitionInput): JourneyDefinition => journeyDefinitionSchema.parse(definition);

/** Journeys to begin with: complete but for the templates, which the console makes from their ready-made ones. */
export const readyJourneys: readonly ReadyJourney[] = [...cartAndBrowse, ...relations, ...shelf, ...moments].map(
  (ready) => ({ ...ready, definition: read(ready.definition) }),
);
