import { findLabel, type PersonaOrProspect, type RfmSettings } from '@vitrail/contracts';
import type { Language } from '../../i18n/i18n.ts';
import type { ChartColor } from '../../ui/chart/chartData.ts';

/** The name a workspace gave a persona, or the usual one. */
export const personaName = (key: PersonaOrProspect, names: RfmSettings['names'], language: Language): string =>
  names[key] ?? findLabel('persona', key, language) ?? key;

/** A colour by what is to be done: keep, grow, win back, let be. The name always stands beside it. */
export const personaColor: Readonly<Record<PersonaOrProspect, ChartColor>> = {
  champions: 'crm',
  loyal: 'support',
  potential: 'web',
  new: 'messages',
  promising: 'messages',
  needs_attention: 'store',
  about_to_sleep: 'store',
  at_risk: 'ads',
  cant_lose: 'ads',
  hibernating: 'quiet',
  lost: 'quiet',
  prospects: 'quiet',
};
