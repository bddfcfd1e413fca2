import { z } from 'zod';
import { currencySchema, pageOf } from './http.ts';

const day = z.string().meta({ description: 'ISO day', examples: ['2026-10-30'] });

export const exchangeRateSchema = z
  .object({
    currency: currencySchema,
    day,
    perEuro: z.string().meta({ description: 'Units of the currency for one euro, decimal text', examples: ['1.1172'] }),
    source: z.string(),
  })
  .meta({ id: 'ExchangeRate' });
export type ExchangeRate = z.infer<typeof exchangeRateSchema>;
export const exchangeRatePageSchema = pageOf(exchangeRateSchema);

export const exchangeRateQuerySchema = z.object({
  currency: currencySchema
    .optional()
    .meta({ description: 'History of one currency, newest first. Without it: the last rate of every currency.' }),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** Why a file of exchange rates was refused. */
export const exchangeRateRefusals = {
  zip: { en: 'Unzip the file first', fr: "Décompressez d'abord le fichier" },
  no_header: { en: 'The first line must begin with “Date”', fr: 'La première ligne doit commencer par « Date »' },
  unknown_currency: { en: 'A column is not a currency', fr: "Une colonne n'est pas une devise" },
  bad_date: { en: 'Not a date', fr: "N'est pas une date" },
  bad_rate: { en: 'Not a rate', fr: "N'est pas un taux" },
  no_quotes: { en: 'The file holds no rate', fr: 'Le fichier ne contient aucun taux' },
} as const satisfies Record<string, { en: string; fr: string }>;

export const exchangeRateImportSchema = z.object({
  quotes: z.int().meta({ description: 'Rates in the file' }),
  changed: z.int().meta({ description: 'Rates that are new or differ; 0 when the file was imported before' }),
  firstDay: day,
  lastDay: day,
});
export type ExchangeRateImport = z.infer<typeof exchangeRateImportSchema>;
