import { type Json, objectOf } from '../../platform/index.ts';

/** A provider's first weeks: receivers trust an address that begins small and grows. */
export interface WarmUp {
  readonly startedOn: string;
  readonly perDay: number;
  readonly growthPercent: number;
}

const dayMs = 86_400_000;
/** From here on the plan limits nothing. */
const noLimit = 10_000_000;

export function readWarmUp(value: Json | null): WarmUp | null {
  const { startedOn, perDay, growthPercent } = objectOf(value ?? undefined);
  if (typeof startedOn !== 'string' || typeof perDay !== 'number' || typeof growthPercent !== 'number') return null;
  return { startedOn, perDay, growthPercent };
}

/** Marketing messages a provider may take on a day of the workspace (`2026-11-21`); before its first day none. */
export function allowedOn({ startedOn, perDay, growthPercent }: WarmUp, day: string): number {
  const days = Math.round((Date.parse(day) - Date.parse(startedOn)) / dayMs);
  if (days < 0) return 0;
  return Math.min(Math.floor(perDay * (1 + growthPercent / 100) ** days), noLimit);
}

/** The day it is in a time zone. */
export const dayIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
