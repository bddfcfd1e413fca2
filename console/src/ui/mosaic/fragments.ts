import { type Family, families } from '../theme/palette.ts';

/** Where an identifier of each namespace usually comes from, when its source is not known. */
const usualFamily: Readonly<Record<string, Family>> = {
  anonymous_id: 'web',
  user_id: 'web',
  device_token: 'web',
  loyalty_card: 'store',
  email: 'messages',
  phone: 'crm',
  crm_id: 'crm',
  pos_id: 'store',
  store_id: 'store',
  newsletter_id: 'messages',
  mailing_id: 'messages',
  ads_id: 'ads',
  google_id: 'ads',
  facebook_id: 'ads',
  support_id: 'support',
  helpdesk_id: 'support',
};

export const isFamily = (text: string | null | undefined): text is Family => families.some((family) => family === text);

/** The family of one identifier: its source's when told, else the usual one of its namespace, else the CRM's. */
export const familyOf = (namespace: string, sourceFamily?: string | null): Family =>
  isFamily(sourceFamily) ? sourceFamily : (usualFamily[namespace] ?? 'crm');
