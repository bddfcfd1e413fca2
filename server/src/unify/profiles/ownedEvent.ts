import type { CollectedEvent } from '../../collect/index.ts';

export interface OwnedEvent {
  readonly event: CollectedEvent;
  /** Profile row; 0 for nobody's. */
  readonly owner: number;
}
