import { type MessageFigures, type MessageReport, type MessageReportGroup, messageMetrics } from '@vitrail/contracts';
import type { CsvTable } from '../../decide/index.ts';
import { otherKey } from './readMessageReport.ts';

type Locale = 'en' | 'fr';
type Words = { readonly [L in Locale]: string };

const groups: Readonly<Record<MessageReportGroup, Words>> = {
  campaign: { en: 'Campaign', fr: 'Campagne' },
  journey: { en: 'Journey', fr: 'Parcours' },
  step: { en: 'Step', fr: 'Étape' },
  template: { en: 'Template', fr: 'Modèle' },
  variant: { en: 'Variant', fr: 'Variante' },
  channel: { en: 'Channel', fr: 'Canal' },
  provider: { en: 'Provider', fr: 'Prestataire' },
  domain: { en: 'Recipient domain', fr: 'Domaine destinataire' },
};
const figures: Readonly<Record<keyof MessageFigures, Words>> = {
  sent: { en: 'Sent', fr: 'Envoyés' },
  delivered: { en: 'Delivered', fr: 'Remis' },
  clicked: { en: 'Clicked', fr: 'Cliqués' },
  converted: { en: 'Converted', fr: 'Convertis' },
  orders: { en: 'Orders', fr: 'Commandes' },
  revenue: { en: 'Revenue', fr: "Chiffre d'affaires" },
  bounced: { en: 'Bounced', fr: 'Rejetés' },
  unsubscribed: { en: 'Unsubscribed', fr: 'Désinscrits' },
  complained: { en: 'Complained', fr: 'Plaintes' },
  opened: { en: 'Opened (with consent only)', fr: 'Ouverts (avec consentement seulement)' },
};
const own = {
  id: { en: 'Id', fr: 'Identifiant' },
  other: { en: 'Others', fr: 'Autres' },
  total: { en: 'Total', fr: 'Total' },
  before: { en: 'before', fr: 'avant' },
} satisfies Readonly<Record<string, Words>>;

const columns: readonly (keyof MessageFigures)[] = [
  ...messageMetrics.filter((metric) => metric !== 'opened'),
  'orders',
  'revenue',
  'opened',
];

/** The report as a table: a row for each, then their sum. */
export function reportTable(report: MessageReport, by: MessageReportGroup, locale: Locale): CsvTable {
  const compared = report.total.previous !== null;
  const before = own.before[locale];
  const cells = ({ current, previous }: MessageReport['total']) => [
    ...columns.map((column) => current[column]),
    ...(compared ? columns.map((column) => previous?.[column] ?? null) : []),
  ];
  return {
    head: [
      groups[by][locale],
      own.id[locale],
      ...columns.map((column) => figures[column][locale]),
      ...(compared ? columns.map((column) => `${figures[column][locale]} (${before})`) : []),
    ],
    rows: [
      ...report.rows.map((row) => [
        row.key === otherKey ? own.other[locale] : (row.name ?? row.key),
        row.key === otherKey ? '' : row.key,
        ...cells(row),
      ]),
      [own.total[locale], '', ...cells(report.total)],
    ],
  };
}
