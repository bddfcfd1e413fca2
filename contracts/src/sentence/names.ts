/** The languages a definition can be said in. */
export const sentenceLanguages = ['en', 'fr'] as const;
export type SentenceLanguage = (typeof sentenceLanguages)[number];

type Names = Readonly<Record<string, string>>;

/**
 * What a definition names by id or code, in the reader's words. Everything is optional: what is not named here is said
 * with our own words where we have some, else as it is written in the definition.
 */
export interface SentenceNames {
  /** Id of a segment → its name. */
  readonly segments?: Names;
  /** Key of a persona → its name. */
  readonly personas?: Names;
  /** Id of a score → its name. */
  readonly scores?: Names;
  /** Id of a lookalike audience → its name. */
  readonly lookalikes?: Names;
  /** Key of a data partner → its name. */
  readonly outside?: Names;
  /** ISO code of the base currency, for amounts. Without it amounts are plain numbers. */
  readonly currency?: string;
  /** Zone in which instants are written; UTC without it. Days have no zone. */
  readonly timeZone?: string;
}

export const nameOf = (names: Names | undefined, id: string): string =>
  names !== undefined && Object.hasOwn(names, id) ? (names[id] ?? id) : id;
