import { type ProviderField, type ProviderKindName, providerKinds } from '@vitrail/contracts';
import webPush from 'web-push';
import { Fault } from '../../../platform/index.ts';
import { cleanAddress } from '../email/headers.ts';

type Fields = Readonly<Record<string, string>>;

const wrong = (field: string, what: string): Fault =>
  new Fault('invalid', 'communicate.provider_field', `${field}: ${what}`, { details: { field } });

const hostShape = /^[A-Za-z0-9._:[\]-]{1,253}$/;
/** Parts of host names: whatever else is typed there would send credentials to another server. */
const shapes: Readonly<Record<string, RegExp>> = {
  region: /^[a-z0-9-]{2,30}$/,
  host: hostShape,
  mailboxHost: hostShape,
};

function check(field: ProviderField, value: string): void {
  const { name, type, choices } = field;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys in PEM have lines, nothing else has
  if (type !== 'lines' && /[\u0000-\u001f\u007f]/.test(value)) throw wrong(name, 'must be one line.');
  if (type === 'choice' && !choices?.includes(value)) throw wrong(name, `must be one of ${choices?.join(', ')}.`);
  if (type === 'number' && !(/^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) < 65_536))
    throw wrong(name, 'must be a whole number from 1 to 65535.');
  if (type === 'email' && cleanAddress(value) === null) throw wrong(name, 'must be an e-mail address.');
  if (type === 'url' && !(URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)))
    throw wrong(name, 'must be an address that begins with https://.');
  if (shapes[name]?.test(value) === false) throw wrong(name, 'has characters that do not belong there.');
}

/** Settings and secrets by the catalogue, complete and checked. A secret that is not given keeps the `kept` one. */
export function readFields(kind: ProviderKindName, given: Fields, kept: Fields): { settings: Fields; secrets: Fields } {
  const { fields } = providerKinds[kind];
  const unknown = Object.keys(given).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) throw wrong(unknown, `is no setting of ${providerKinds[kind].title}.`);
  const all = kind === 'vapid' ? withKeys(given, kept) : given;
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const field of fields) {
    const value = (all[field.name] ?? '').trim() || (field.secret ? (kept[field.name] ?? '') : '');
    if (value === '') {
      if (!field.optional) throw wrong(field.name, 'is missing.');
      continue;
    }
    check(field, value);
    (field.secret ? secrets : settings)[field.name] = value;
  }
  checkMailbox(settings, secrets);
  return { settings, secrets };
}

/** A mailbox of returns is of use when it can be opened, and when mails return there. */
function checkMailbox(settings: Fields, secrets: Fields): void {
  if (settings.mailboxHost === undefined) return;
  for (const field of ['mailboxUser', 'mailboxPassword', 'returnPath'])
    if ((settings[field] ?? secrets[field]) === undefined) throw wrong(field, 'is needed to read the mailbox.');
}

/** Most shops have no VAPID keys yet: both or none come from outside, else we make them. */
function withKeys(given: Fields, kept: Fields): Fields {
  if (given.privateKey || (kept.privateKey && given.publicKey)) return given;
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  return { ...given, publicKey, privateKey };
}
