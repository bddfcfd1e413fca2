import type { CollectedEvent } from '../../collect/index.ts';
import { isJsonObject, type Json, objectOf, scalarText } from '../../platform/index.ts';
import { readTcString } from './readTcString.ts';

/** How a statement came, where it was not simply the event's own categories. */
export type StatedBy = 'import' | 'gpc' | 'tcf' | 'google';

export interface Statement {
  readonly granted: boolean;
  readonly by?: StatedBy;
}

/** A consent as stored: the last statement that counts. */
export interface Consent {
  readonly granted: boolean;
  /** When this was first said; repeating it moves nothing. */
  readonly at: string;
  /** Id of the source; 0 when no source said it. */
  readonly source: number;
  readonly by?: StatedBy;
  /**
   * The person said it to Vitrail itself (preference centre, unsubscribe, a colleague's entry): what shops and files go on
   * repeating does not undo it.
   */
  readonly own?: true;
  /** What sources said last, beside an own statement: only something else than this is news. */
  readonly stated?: boolean;
}

/**
 * What an event says about consents, by category: Segment's category preferences, RudderStack's allowed and denied lists,
 * the choice in an IAB TCF dialogue, Google Consent Mode, Global Privacy Control. What is said in words of the shop's own
 * goes before what has to be translated; Global Privacy Control outweighs a yes to advertising.
 */
export function statementsOf(event: CollectedEvent): ReadonlyMap<string, Statement> {
  const { consent, consentManagement, gpc, globalPrivacyControl } = event.context;
  const said = new Map<string, Statement>();
  const preferences = objectOf(objectOf(consent).categoryPreferences);
  const byImport = event.keep ? ({ by: 'import' } as const) : {};
  for (const category in preferences) {
    const granted = preferences[category];
    if (typeof granted === 'boolean') said.set(scalarText(category, 100), { granted, ...byImport });
  }
  const management = objectOf(consentManagement);
  for (const [list, granted] of [
    ['allowedConsentIds', true],
    ['deniedConsentIds', false],
  ] as const)
    for (const id of listOf(management[list]))
      if (typeof id === 'string') said.set(scalarText(id, 100), { granted, ...byImport });
  const translated = { ...googleStatements(event), ...tcfStatements(event) };
  for (const [category, statement] of Object.entries(translated))
    if (!said.has(category)) said.set(category, statement);
  if (gpc === true || globalPrivacyControl === true) said.set('advertising', { granted: false, by: 'gpc' });
  said.delete('');
  return said;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** True when an event may say something about consents: cheap, asked of every event. */
export const speaksOfConsent = ({ context }: CollectedEvent): boolean =>
  context.consent !== undefined ||
  context.consentManagement !== undefined ||
  context.gpc !== undefined ||
  context.globalPrivacyControl !== undefined ||
  context.tcf !== undefined ||
  context.googleConsent !== undefined;

/**
 * Google Consent Mode v2, as `gtag('consent', …)` takes it, under `context.consent.google` or `context.googleConsent`.
 * Advertising needs storage as well as the right to use the data: audiences and conversions leave the house.
 */
function googleStatements({ context }: CollectedEvent): Record<string, Statement> {
  const nested = objectOf(context.consent).google;
  const modes = objectOf(isJsonObject(nested) ? nested : context.googleConsent);
  const stated: Record<string, Statement> = {};
  const state = (category: string, ...names: string[]): void => {
    const values = names.map((name) => modes[name]).filter((value) => value === 'granted' || value === 'denied');
    if (values.length > 0) stated[category] = { granted: values.every((value) => value === 'granted'), by: 'google' };
  };
  state('analytics', 'analytics_storage');
  state('advertising', 'ad_storage', 'ad_user_data', 'ad_personalization');
  state('personalisation', 'personalization_storage');
  return stated;
}

/** IAB TCF purposes that each of our categories needs; 1 is storing on the device, without which nothing is measured. */
export const tcfPurposes: Readonly<Record<string, readonly number[]>> = {
  analytics: [1, 8],
  personalisation: [1, 5, 6],
  advertising: [1, 3, 4],
};

/**
 * The TCData of `__tcfapi('addEventListener')`, under `context.consent.tcf` or `context.tcf`: its purposes, else those in
 * its `tcString`. A dialogue that is still open says nothing, nor does one where the GDPR does not apply.
 */
function tcfStatements({ context }: CollectedEvent): Record<string, Statement> {
  const nested = objectOf(context.consent).tcf;
  const data = objectOf(isJsonObject(nested) ? nested : context.tcf);
  if (data.eventStatus === 'cmpuishown' || data.gdprApplies === false) return {};
  const listed = objectOf(objectOf(data.purpose).consents);
  const consented =
    Object.keys(listed).length > 0
      ? new Set(Object.entries(listed).flatMap(([id, granted]) => (granted === true ? [Number(id)] : [])))
      : readTcString(scalarText(data.tcString, 10_000));
  if (consented === null) return {};
  return Object.fromEntries(
    Object.entries(tcfPurposes).map(([category, needed]) => [
      category,
      { granted: needed.every((purpose) => consented.has(purpose)), by: 'tcf' as const },
    ]),
  );
}

/**
 * A statement on top of what is known; null when it changes nothing. The newest counts; what a source repeats with every
 * click is said once. Against the person's own word only news counts, and a list that somebody uploads cannot bring back
 * a person who withdrew.
 */
export function foldConsent(current: Consent | undefined, said: Consent): Consent | null {
  if (current === undefined) return said;
  if (said.at < current.at) return null;
  if (current.own !== true) return said.granted === current.granted ? null : said;
  if (said.granted === current.stated) return null;
  const stays = said.granted === current.granted || (said.by === 'import' && !current.granted);
  return stays ? { ...current, stated: said.granted } : said;
}
