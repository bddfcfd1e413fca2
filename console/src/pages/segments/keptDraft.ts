import { type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import { z } from 'zod';

/** What is being written survives a closed tab. */
const keptSchema = z.object({
  name: z.string(),
  description: z.string(),
  definition: segmentDefinitionSchema,
  basedOn: z.number().optional(),
});

interface Kept {
  readonly name: string;
  readonly description: string;
  readonly definition: SegmentNode;
  /** The version that is being edited, of a segment that is there. */
  readonly basedOn?: number | undefined;
}

export const draftKey = (workspace: number, part: string): string => `vitrail.segment.${workspace}.${part}`;

/** Null when nothing was kept, or when it can no longer be read. */
export function readDraft(key: string): Kept | null {
  try {
    const text = localStorage.getItem(key);
    if (text === null) return null;
    const parsed = keptSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Storage is switched off, or holds what is no JSON: there is nothing to take up.
    return null;
  }
}

export function keepDraft(key: string, kept: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Storage is switched off or full: the draft lives as long as the page.
  }
}

export function forgetDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Storage is switched off: nothing was kept.
  }
}
