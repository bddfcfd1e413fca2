import { type CommerceEvents, createVitrail } from '@vitrail/browser';
import { type Preferences, readConsent } from './consent.ts';

/**
 * The shop's measurement, with Vitrail's own client. It keeps calls in the page until the visitor agrees to be measured,
 * and drops them if they do not; what was called when a page is left is sent all the same.
 */
const vitrail = createVitrail<CommerceEvents>();

interface Collector {
  readonly writeKey: string;
  /** Where events go: scheme, host and port. */
  readonly apiHost: string;
}

export const { track, identify, reset: forget } = vitrail;

/** What the visitor answers to the banner holds at once. */
export function applyConsent(answer: Preferences): void {
  vitrail.consent(answer);
}

export function trackPage(name: string): void {
  vitrail.page(name);
}

/** Call once per page, after the page's own script is set up. */
export async function startTracking(): Promise<void> {
  const known = readConsent();
  if (known !== null) applyConsent(known);
  const answer = await fetch('/config.json');
  const { writeKey, apiHost }: Collector = await answer.json();
  vitrail.load(writeKey, { host: apiHost });
  showExperiences({ writeKey, apiHost });
}

/** What is decided for the visitor comes onto the pages by a script of Vitrail's, which finds the client under its name. */
function showExperiences({ writeKey, apiHost }: Collector): void {
  Object.assign(window, { vitrail: Object.assign(vitrail, { loaded: true }) });
  const script = document.createElement('script');
  script.src = `${apiHost}/sdk/v1/experiences.js`;
  Object.assign(script.dataset, { key: writeKey, host: apiHost });
  document.head.append(script);
}
