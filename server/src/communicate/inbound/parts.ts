import type { Channel } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import type { MessageReferences } from '../channels/index.ts';
import type { ConsentDeps } from '../consent/changeConsents.ts';

/** What taking in news of messages needs. */
export interface InboundParts extends Pick<Deps, 'pg' | 'clock'>, ConsentDeps {
  readonly references: MessageReferences;
  /** Events of messages were stored. */
  readonly onRecorded: () => void;
}

/** Who tells it. */
export interface From {
  readonly workspace: number;
  /** As messages have it: 'sendgrid'. */
  readonly provider: string;
  readonly channel: Channel;
}
