import type { ConsentSource, ConsentStanding } from '@vitrail/contracts';
import { builtInPurposes, channels } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import type { Tone } from '../../ui/StatusBadge.tsx';
import { humanName } from '../../ui/value.ts';

export const standingTones: Readonly<Record<ConsentStanding['state'], Tone>> = {
  granted: 'good',
  denied: 'bad',
  pending: 'busy',
  paused: 'warn',
  expired: 'warn',
  unknown: 'quiet',
};

/** Names of purposes and channels, and where a statement came from, in the reader's words. */
export function useConsentWords() {
  const { t } = useTranslation();
  const purpose = (name: string): string => {
    const known = builtInPurposes.find((one) => one === name);
    return known === undefined ? humanName(name) : t(`consent.purpose.${known}`);
  };
  const channel = (name: string): string => {
    const known = channels.find((one) => one === name);
    return known === undefined ? t('consent.everyChannel') : t(`consent.channel.${known}`);
  };
  return {
    purpose,
    channel,
    source: (source: ConsentSource | null): string => (source === null ? '' : t(`consent.source.${source}`)),
    /** `Marketing · E-mail`; a purpose about every channel goes by its own name. */
    of: (about: { readonly purpose: string; readonly channel: string }): string =>
      about.channel === '' ? purpose(about.purpose) : `${purpose(about.purpose)} · ${channel(about.channel)}`,
  };
}
