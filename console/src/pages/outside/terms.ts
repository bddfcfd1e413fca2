import {
  builtInPurposes,
  findLabel,
  type OutsideProvider,
  type OutsideProviderRequest,
  outsideUses,
} from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { humanName } from '../../ui/value.ts';

export type Terms = OutsideProviderRequest;

/** A new partner: the strictest terms, until others are agreed. */
export const strictest: Terms = {
  key: '',
  name: '',
  basis: 'consent',
  purpose: 'advertising',
  uses: ['segments'],
  retentionDays: 180,
  syncUrl: null,
  tcfVendor: null,
  sync: false,
};

export const termsOf = ({
  key,
  name,
  basis,
  purpose,
  uses,
  retentionDays,
  syncUrl,
  tcfVendor,
  syncPath,
}: OutsideProvider): Terms => ({
  key,
  name,
  basis,
  purpose,
  uses,
  retentionDays,
  syncUrl,
  tcfVendor,
  sync: syncPath !== null,
});

/** A name as a key: `Acme Données` → `acme-donnees`. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Terms in the reader's words. */
export function useTermWords() {
  const { t, language } = useTranslation();
  const purpose = (name: string): string => capital(findLabel('purpose', name, language) ?? humanName(name));
  return {
    purpose,
    purposes: (current: string) =>
      [...new Set([...builtInPurposes.filter((name) => name !== 'email_open_tracking'), current])].map((value) => ({
        value,
        label: purpose(value),
      })),
    uses: (uses: Terms['uses']): string =>
      outsideUses
        .filter((use) => uses.includes(use))
        .map((use) => t(`outside.use.${use}`))
        .join(', '),
    basis: (basis: Terms['basis']): string => t(`outside.basis.${basis}`),
  };
}
