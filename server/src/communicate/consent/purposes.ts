import {
  builtInPurposes,
  type Channel,
  type LawfulBasis,
  lawfulBases,
  type PurposeSettings,
  purposeSettingsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { Fault, type Pg } from '../../platform/index.ts';
import { addPurposes, deletePurposes, listPurposes, savePurposes as storePurposes } from './sql/purposes.pg.ts';

/** What people are asked for, and what has to be true before a message of it may go out. */
export type Purpose = PurposeSettings;

/** A purpose on a channel; '' stands for every channel. */
export interface PurposeChannel {
  readonly purpose: string;
  readonly channel: Channel | '';
}

const on =
  (channel: string) =>
  (name: string): Purpose['categories'][number] => ({ name, channel: channelSchema.parse(channel) });
const { channel: channelSchema } = purposeSettingsSchema.shape.categories.element.shape;

const asked: LawfulBasis[] = ['consent'];
/**
 * How every workspace begins. E-mail and SMS about similar products to one's own customers need no consent but a way out
 * (French CPCE L34-5, ePrivacy Directive 13(2)); posts to the shop's own systems are no messages to a person; opens of an
 * e-mail are consented to apart from the e-mail (CNIL 2026-042).
 */
const builtIn: ReadonlyMap<string, Omit<Purpose, 'name' | 'builtIn'>> = new Map([
  [
    'marketing',
    {
      categories: [
        ...['email', 'newsletter', 'email_marketing'].map(on('email')),
        ...['sms', 'sms_marketing'].map(on('sms')),
        ...['webpush', 'web_push'].map(on('webpush')),
        ...['mobilepush', 'push'].map(on('mobilepush')),
        on('whatsapp')('whatsapp'),
        on('')('marketing'),
      ],
      bases: {
        '*': asked,
        email: ['consent', 'soft_opt_in'],
        sms: ['consent', 'soft_opt_in'],
        inbox: ['consent', 'legitimate_interest'],
        webhook: ['consent', 'legitimate_interest'],
        chat: ['consent', 'legitimate_interest'],
      },
      expiresMonths: null,
    },
  ],
  ['personalisation', plain(['personalisation', 'personalization'])],
  ['analytics', plain(['analytics', 'statistics'])],
  ['advertising', plain(['advertising', 'ads', 'advertisement', 'targeting'])],
  [
    'email_open_tracking',
    { categories: ['email_open_tracking'].map(on('email')), bases: { '*': asked }, expiresMonths: null },
  ],
]);

function plain(categories: readonly string[]): Omit<Purpose, 'name' | 'builtIn'> {
  return { categories: categories.map(on('')), bases: { '*': asked }, expiresMonths: null };
}

const storedCategories = purposeSettingsSchema.shape.categories;
const storedBases = z.record(z.string(), z.array(z.enum(lawfulBases)));

/** The purposes of a workspace, the built-in ones first, as they are set there. */
export async function loadPurposes(pg: Pg, workspace: number): Promise<readonly Purpose[]> {
  const stored = new Map(
    (await pg.rows(listPurposes, { workspace })).map((row) => [
      row.name,
      {
        categories: storedCategories.parse(row.categories),
        bases: storedBases.parse(row.bases),
        expiresMonths: row.expires_months,
      },
    ]),
  );
  const names = [...new Set([...builtInPurposes, ...stored.keys()])];
  return names.flatMap((name) => {
    const settings = stored.get(name) ?? builtIn.get(name);
    return settings === undefined ? [] : [{ name, builtIn: builtIn.has(name), ...settings }];
  });
}

/** Writes the built-in purposes a workspace has no row of, so that what reads them by SQL sees the same. Safe to repeat. */
export async function ensurePurposes(tx: Pg, workspace: number): Promise<void> {
  const all = [...builtIn];
  await tx.run(addPurposes, {
    workspace,
    names: all.map(([name]) => name),
    categories: all.map(([, { categories }]) => categories.map((category) => ({ ...category }))),
    bases: all.map(([, { bases }]) => bases),
    months: all.map(([, { expiresMonths }]) => expiresMonths),
  });
}

/** Replaces the settings of the purposes named and removes purposes of one's own that are not; built-in ones stay. */
export async function savePurposes(
  tx: Pg,
  workspace: number,
  purposes: readonly Omit<Purpose, 'builtIn'>[],
): Promise<void> {
  const names = purposes.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new Fault('invalid', 'communicate.purpose_twice', 'A purpose is named twice. Give each its own name.');
  await tx.run(deletePurposes, { workspace, except: names });
  await tx.run(storePurposes, {
    workspace,
    names,
    categories: purposes.map(({ categories }) => categories.map((category) => ({ ...category }))),
    bases: purposes.map(({ bases }) => bases),
    months: purposes.map(({ expiresMonths }) => expiresMonths),
  });
}

/** What lets a message of a purpose out on a channel. Fails closed: a purpose nobody knows needs consent. */
export const basesFor = (
  purposes: readonly Purpose[],
  { purpose, channel }: { readonly purpose: string; readonly channel: string },
): readonly LawfulBasis[] => {
  const bases = purposes.find(({ name }) => name === purpose)?.bases;
  return bases?.[channel] ?? bases?.['*'] ?? asked;
};

/** Category, in small letters → what it is a statement about. */
export function categoryIndex(purposes: readonly Purpose[]): ReadonlyMap<string, readonly PurposeChannel[]> {
  const index = new Map<string, PurposeChannel[]>();
  for (const { name: purpose, categories } of purposes)
    for (const { name, channel } of categories) {
      const key = name.toLowerCase();
      const known = index.get(key);
      if (known === undefined) index.set(key, [{ purpose, channel }]);
      else known.push({ purpose, channel });
    }
  return index;
}

/**
 * The categories by which segments and profiles know a purpose on a channel, the usual one first. A statement about every
 * channel is one about each of them.
 */
export function categoriesOf(purposes: readonly Purpose[], { purpose, channel }: PurposeChannel): readonly string[] {
  const categories = purposes.find(({ name }) => name === purpose)?.categories ?? [];
  const exact = categories.filter((category) => category.channel === channel).map(({ name }) => name);
  const usual = exact.length > 0 ? exact : [channel === '' ? purpose : `${purpose}_${channel}`];
  const others = channel === '' ? categories.filter((category) => category.channel !== '').map(({ name }) => name) : [];
  return [...usual, ...others];
}

/** When consent given at a moment ends, by the purpose's own rule; null: never. */
export function expiryOf(purposes: readonly Purpose[], purpose: string, at: Date): Date | null {
  const months = purposes.find(({ name }) => name === purpose)?.expiresMonths ?? null;
  if (months === null) return null;
  const end = new Date(at);
  end.setUTCMonth(end.getUTCMonth() + months);
  return end;
}
