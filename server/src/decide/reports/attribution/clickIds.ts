/**
 * Parameters that advertising networks add to the links they send people by, as their help pages document them (read in
 * 2026). A view without `utm_*` but with one of these came from that network. fbclid stands on every link in Facebook, paid
 * or not, so its medium claims no payment.
 */
export const clickIds = [
  { parameter: 'gclid', source: 'google', medium: 'cpc' },
  { parameter: 'gbraid', source: 'google', medium: 'cpc' },
  { parameter: 'wbraid', source: 'google', medium: 'cpc' },
  { parameter: 'dclid', source: 'google', medium: 'display' },
  { parameter: 'msclkid', source: 'bing', medium: 'cpc' },
  { parameter: 'fbclid', source: 'facebook', medium: 'social' },
  { parameter: 'ttclid', source: 'tiktok', medium: 'cpc' },
  { parameter: 'twclid', source: 'x', medium: 'cpc' },
  { parameter: 'li_fat_id', source: 'linkedin', medium: 'cpc' },
  { parameter: 'ScCid', source: 'snapchat', medium: 'cpc' },
  { parameter: 'epik', source: 'pinterest', medium: 'cpc' },
  { parameter: 'rdt_cid', source: 'reddit', medium: 'cpc' },
  { parameter: 'yclid', source: 'yandex', medium: 'cpc' },
] as const;
