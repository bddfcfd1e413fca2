import type { JourneyDefinition } from '@vitrail/contracts';

/** A panel about the journey as a whole. */
export interface WholeProps {
  readonly definition: JourneyDefinition;
  readonly onChange: (definition: JourneyDefinition) => void;
  readonly disabled: boolean;
}
