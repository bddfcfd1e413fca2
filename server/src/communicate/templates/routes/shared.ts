import { z } from 'zod';
import { decodeProfileId } from '../../../collect/index.ts';
import { isMasked, type principalOf } from '../../../govern/index.ts';
import { type Deps, Fault } from '../../../platform/index.ts';
import type { createCountdownLinks } from '../images/countdownLink.ts';
import type { Renderer } from '../render.ts';

export const tags = ['Templates'];
export const byId = z.object({ id: z.string().max(40) });

export interface TemplateRouteDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly renderer: Renderer;
  readonly countdowns: ReturnType<typeof createCountdownLinks>;
  /** Where people reach this server. */
  readonly publicUrl: string;
}

/** The profile row behind an outside id. Whoever may not see names may not see messages with them either. */
export function profileFor(principal: ReturnType<typeof principalOf>, text: string): number {
  if (isMasked(principal)) {
    throw new Fault(
      'forbidden',
      'communicate.person_not_allowed',
      'Seeing a message as a customer gets it needs the permission personal.read.',
    );
  }
  const profile = decodeProfileId(text);
  if (profile === null) throw new Fault('not_found', 'unify.no_such_profile', 'There is no such profile.');
  return profile;
}
