import type { JourneyDefinitionInput, ReadyJourney } from '@vitrail/contracts';

/** A journey as it is written here: messages name the ready-made template they begin with. */
export interface ReadyInput extends Omit<ReadyJourney, 'definition'> {
  readonly definition: JourneyDefinitionInput;
}
