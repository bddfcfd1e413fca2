import type { Vitrail } from '../types.ts';
import { applyChanges } from './changes.ts';
import type { Facts } from './facts.ts';
import { isFirstRedirect } from './memory.ts';
import { mountPanel, type PageParts } from './panel.ts';
import type { Decision } from './payload.ts';

/** Something on the page. */
export interface Showing {
  update?(facts: Facts): void;
  /** The visitor is done with it. */
  isOver(): boolean;
  /** Takes it away without a word. */
  end(): void;
}

export interface ShowOptions extends PageParts {
  readonly vitrail: Vitrail;
  /** It was on the page before and only says something else now: not told as seen again. */
  readonly again: boolean;
}

const nothing: Showing = { isOver: () => false, end: () => undefined };

/** Brings a decision onto the page, now, and tells that it was seen; the control group's too, which sees nothing. */
export function show(decision: Decision, options: ShowOptions): Showing {
  const { payload, key, variant, version, waitMs } = decision;
  const { vitrail, again } = options;
  const tell = (event: string, more: object = {}): void => {
    vitrail.track(event, { experience: key, variant, ...more });
  };
  const began = performance.now();
  /** With what it cost the page, in milliseconds: until the decision was there, and to bring it here. */
  const tellView = (more: object = {}): void => {
    if (!again)
      tell('Experience Viewed', { waitMs, applyMs: Math.round((performance.now() - began) * 10) / 10, ...more });
  };
  if (payload === null) {
    tellView();
    return nothing;
  }
  if (payload.kind === 'redirect') {
    const to = new URL(payload.to, location.href);
    const isHere = to.origin === location.origin && to.pathname === location.pathname;
    if (isHere || !/^https?:$/.test(to.protocol) || !isFirstRedirect(key)) return nothing;
    tellView();
    location.replace(to);
    return nothing;
  }
  if (payload.kind === 'change') {
    const changes = applyChanges(payload.changes, (selector) => tell('Experience Stopped', { selector }));
    tellView();
    return { isOver: () => false, end: changes.stop };
  }
  const panel = mountPanel(payload, {
    ...options,
    key,
    variant,
    version,
    anonymousId: () => vitrail.user().anonymousId(),
    tell,
    events: {
      clicked: () => tell('Experience Clicked'),
      closed: (more) => tell('Experience Closed', more),
    },
  });
  if (panel === null) return nothing;
  tellView(panel.told);
  return { update: panel.update, isOver: panel.isOver, end: panel.remove };
}
