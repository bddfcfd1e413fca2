import type { AskingOptions } from '../../experiences/capturePart.ts';
import { randomId } from '../../randomId.ts';
import type { Answers } from './questions.ts';

export interface Sent {
  readonly confirm: boolean;
  readonly code: string | null;
  readonly draw: {
    readonly segment: string;
    readonly won: boolean;
    readonly chances: Readonly<Record<string, number>>;
  } | null;
}
/** Why it was not taken: an answer that cannot be, too many of them, or nothing got through. */
export type Refused = { readonly trait: string } | 'busy' | 'failed';

export interface Sending {
  readonly answers: Answers;
  readonly consent: { readonly text: string; readonly language: string } | null;
  readonly outcome?: string;
}

/** What it brings is known within seconds, or not now. */
const mostTries = 8;
const pauseMs = 1_500;

/**
 * Sends an answer, under one name however often: what got through before is told again and nothing is done twice.
 */
export function createSending(options: AskingOptions): (sending: Sending) => Promise<Sent | Refused> {
  const messageId = randomId();
  const anonymousId = options.anonymousId();
  return async (sending) => {
    // In the console's editor nobody answers.
    if (Object(window).vitrailEditing === true) return { confirm: false, code: null, draw: null };
    const body = JSON.stringify({
      writeKey: options.writeKey,
      messageId,
      ...(anonymousId !== null && { anonymousId }),
      experience: options.key,
      variant: options.variant,
      ...(options.version !== undefined && { version: options.version }),
      language: options.language,
      page: location.origin + location.pathname,
      ...sending,
    });
    for (let tries = 1; ; tries++) {
      try {
        // Plain text and no header of ours: no preflight. Goes on when the page is left.
        const answer = await fetch(`${options.host}/v1/answers`, { method: 'POST', body, keepalive: true });
        const said: Record<string, unknown> = Object(await answer.json());
        if (answer.status === 429) return 'busy';
        if (answer.ok && said.state === 'taken')
          return {
            confirm: said.confirm === true,
            code: typeof said.code === 'string' ? said.code : null,
            draw: isDraw(said.draw) ? said.draw : null,
          };
        if (answer.status === 400 && typeof said.trait === 'string') return { trait: said.trait };
        if (answer.status >= 400 && answer.status < 500) return 'failed';
      } catch {
        // No network: tried again, and then by hand.
      }
      if (tries === mostTries) return 'failed';
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
}

const isDraw = (value: unknown): value is NonNullable<Sent['draw']> =>
  typeof Object(value).segment === 'string' && typeof Object(value).chances === 'object';
