import { useMemo } from 'react';
import { localeOf } from '../i18n/i18n.ts';
import { useTranslation } from '../i18n/useTranslation.tsx';

// ISO 3166-1 alpha-2 codes as assigned; their names come from the browser, in the reader's language.
const countryCodes =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

/** The currency of most shops in a country; where it is missing the euro is proposed. */
const currencyOf: Readonly<Record<string, string>> = {
  GB: 'GBP',
  CH: 'CHF',
  US: 'USD',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  MA: 'MAD',
  BR: 'BRL',
  IN: 'INR',
};

/** Country, currency and time zone as the browser suggests them. */
export function guessRegion(language: string, wanted: readonly string[], timeZone: string) {
  const region = wanted.map((tag) => /-([A-Z]{2})$/.exec(tag)?.[1]).find((code) => code !== undefined);
  const country = region ?? (language === 'fr' ? 'FR' : 'GB');
  return { country, currency: currencyOf[country] ?? 'EUR', timeZone };
}

/** Choices for forms, named in the reader's language and sorted the way it sorts. */
export function useRegions() {
  const { language } = useTranslation();
  return useMemo(() => {
    const locale = localeOf(language, navigator.languages);
    const named = (codes: readonly string[], type: 'region' | 'currency' | 'language') => {
      const names = new Intl.DisplayNames(locale, { type });
      return codes
        .map((code) => ({
          value: code,
          label: type === 'region' ? (names.of(code) ?? code) : `${names.of(code) ?? code} (${code})`,
        }))
        .sort((one, other) => one.label.localeCompare(other.label, locale));
    };
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const zones = Intl.supportedValuesOf('timeZone');
    return {
      countries: named(countryCodes.split(' '), 'region'),
      currencies: named(Intl.supportedValuesOf('currency'), 'currency'),
      languages: named(
        ['fr', 'en', 'de', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'da', 'fi', 'nb', 'cs', 'el', 'hu', 'ro'],
        'language',
      ),
      timeZones: [...new Set([own, 'UTC', ...zones])].sort(),
      guess: guessRegion(language, navigator.languages, own),
    };
  }, [language]);
}
