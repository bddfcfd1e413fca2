import type { ConsentProof } from '@vitrail/contracts';
import type { Pg } from '../platform/index.ts';
import { requestDoubleOptIn } from './consent/doubleOptIn.ts';
import { createLinks } from './consent/linkTokens.ts';
import { ensurePurposes } from './consent/purposes.ts';
import { shortenIp } from './consent/shortenIp.ts';
import { claimByKey, readOfferStock } from './offers/index.ts';

/** What forms on the shop's pages need of consents and offers; handed to their room by `app/`. */
export function createCaptureDesk(publicUrl: string, linkSecret: Buffer) {
  const links = createLinks(linkSecret, publicUrl);
  return {
    claim: claimByKey,
    stock: readOfferStock,
    shortenIp,
    /** Asks whoever holds the address to confirm what a form says they agreed to. */
    async ask(
      tx: Pg,
      question: {
        readonly workspace: number;
        readonly now: Date;
        readonly profile: number;
        readonly purpose: string;
        readonly channel: 'email' | 'sms';
        readonly at: Date;
        readonly proof: ConsentProof;
      },
    ): Promise<{ state: 'asked' | 'granted' | 'no_address'; entry: number | null }> {
      await ensurePurposes(tx, question.workspace);
      const asked = await requestDoubleOptIn(tx, links, { ...question, source: 'form', actor: 'person' });
      if (asked.outcome === 'no_template') return { state: 'no_address', entry: null };
      return { state: asked.outcome === 'granted' ? 'granted' : 'asked', entry: asked.entry };
    },
  };
}
