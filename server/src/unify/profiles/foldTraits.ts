import type { CollectedEvent, WorkspaceContext } from '../../collect/index.ts';
import { isJsonObject, type Json, type JsonObject, objectOf, scalarText, storableJson } from '../../platform/index.ts';
import { countryOf } from '../values/countryOf.ts';
import { normaliseTrait } from '../values/normaliseTrait.ts';
import { foldText } from '../values/searchText.ts';
import { type Consent, foldConsent, type StatedBy, statementsOf } from './consentStatements.ts';

/** A trait as stored: its value, and where and when it was stated. */
export interface Trait {
  /** Normalised where the name has a normal form, else as given. */
  readonly value: Json;
  /** As given, when that differs. */
  readonly raw?: Json;
  /** ISO instant of the record that stated it. */
  readonly at: string;
  readonly source: number;
  /** Why the value is not in normal form (`invalid_email`); the raw value stands. */
  readonly problem?: string;
}

export type { Consent } from './consentStatements.ts';

export interface FormerTrait {
  readonly name: string;
  readonly value: Json;
  readonly source: number;
  readonly at: string;
  readonly replacedAt: string;
}

/** More would be an accident or an attack; the record itself is kept whole in the event. */
const maxTraits = 500;

/** The traits and consents of one profile row, while a batch is folded into them. */
export class ProfileState {
  readonly traits: Map<string, Trait>;
  readonly consents: Map<string, Consent>;
  readonly former: FormerTrait[] = [];
  changed = false;

  constructor(traits: ReadonlyMap<string, Trait>, consents: ReadonlyMap<string, Consent>) {
    this.traits = new Map(traits);
    this.consents = new Map(consents);
  }

  /** Folds an identify call in. The newest statement wins; at the same instant the source of higher priority. */
  foldTraits(event: CollectedEvent, workspace: WorkspaceContext, onProblem: (problem: string) => void): void {
    const at = event.timestamp.toISOString();
    const country = countryOf(event, workspace);
    const priorityOf = (source: number): number => workspace.sources.get(source)?.priority ?? 0;
    for (const [rawName, given] of Object.entries(event.traits)) {
      const name = scalarText(rawName, 100);
      if (name === '') continue;
      const current = this.traits.get(name);
      if (current === undefined && this.traits.size >= maxTraits) {
        onProblem('too_many_traits');
        continue;
      }
      const raw = storableJson(given);
      const { value, problem } = normaliseTrait(name, raw, country);
      if (problem !== undefined) onProblem(problem);
      const next: Trait = {
        value,
        ...(JSON.stringify(raw) !== JSON.stringify(value) && { raw }),
        at,
        source: event.sourceId,
        ...(problem !== undefined && { problem }),
      };
      this.#replace(name, current, next, priorityOf);
    }
  }

  #replace(name: string, current: Trait | undefined, next: Trait, priorityOf: (source: number) => number): void {
    const same = current !== undefined && JSON.stringify(current.value) === JSON.stringify(next.value);
    const wins =
      current === undefined ||
      next.at > current.at ||
      (next.at === current.at && priorityOf(next.source) >= priorityOf(current.source));
    if (wins) {
      if (current !== undefined && !same) this.#remember(name, current, next.at);
      this.traits.set(name, next);
      this.changed = true;
    } else if (!same) {
      // Late news of an older value: history gains, the present stays.
      this.#remember(name, next, current.at);
    }
  }

  #remember(name: string, trait: Trait, replacedAt: string): void {
    this.former.push({ name, value: trait.value, source: trait.source, at: trait.at, replacedAt });
  }

  /** Consents as stated in any of the shapes clients send; see `foldConsent` for what counts. */
  foldConsents(event: CollectedEvent): void {
    const at = event.timestamp.toISOString();
    for (const [category, statement] of statementsOf(event)) {
      const current = this.consents.get(category);
      if (current === undefined && this.consents.size >= maxTraits) continue;
      const next = foldConsent(current, { ...statement, at, source: event.sourceId });
      if (next === null) continue;
      this.consents.set(category, next);
      this.changed = true;
    }
  }

  /** What a search for this person by name, contact or town looks in: a space before each word. */
  searchText(): string {
    const words: string[] = [];
    const add = (value: Json | undefined): void => {
      if (typeof value === 'string' && value.length <= 200) words.push(value);
    };
    for (const name of ['firstName', 'lastName', 'name', 'email', 'phone', 'company', 'city', 'postalCode'])
      add(this.traits.get(name)?.value);
    const address = this.traits.get('address')?.value;
    if (isJsonObject(address)) for (const part of ['city', 'postalCode']) add(address[part]);
    const text = foldText([...new Set(words)].join(' '));
    return text === '' ? '' : ` ${text}`;
  }
}

const traitOf = (value: Json): Trait | null => {
  if (!isJsonObject(value) || typeof value.at !== 'string' || typeof value.source !== 'number') return null;
  return {
    value: value.value ?? null,
    ...(value.raw !== undefined && { raw: value.raw }),
    at: value.at,
    source: value.source,
    ...(typeof value.problem === 'string' && { problem: value.problem }),
  };
};

/** Reads the `traits` column. */
export function readTraits(stored: Json): Map<string, Trait> {
  const traits = new Map<string, Trait>();
  for (const [name, value] of Object.entries(objectOf(stored))) {
    const trait = traitOf(value);
    if (trait !== null) traits.set(name, trait);
  }
  return traits;
}

const statedBy = (value: Json | undefined): StatedBy | undefined =>
  (['import', 'gpc', 'tcf', 'google'] as const).find((by) => by === value);

/** Reads the `consents` column. */
export function readConsents(stored: Json): Map<string, Consent> {
  const consents = new Map<string, Consent>();
  for (const [category, value] of Object.entries(objectOf(stored))) {
    const { granted, at, source, by: storedBy, own, stated } = objectOf(value);
    if (typeof granted !== 'boolean' || typeof at !== 'string' || typeof source !== 'number') continue;
    const by = statedBy(storedBy);
    consents.set(category, {
      granted,
      at,
      source,
      ...(by !== undefined && { by }),
      ...(own === true && { own }),
      ...(typeof stated === 'boolean' && { stated }),
    });
  }
  return consents;
}

/** For the `traits` and `consents` columns. */
export const toJson = (entries: ReadonlyMap<string, Trait | Consent>): JsonObject => {
  const object: Record<string, Json> = {};
  for (const [name, entry] of entries) object[name] = { ...entry };
  return object;
};
