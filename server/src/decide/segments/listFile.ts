import { decodeProfileId } from '../../collect/index.ts';
import type { Pg } from '../../platform/index.ts';
import { findByIdentifier } from './sql/segments.pg.ts';

/** How people may be named on a list: by profile id or by an identifier as it is stored. */
const namespaces = ['email', 'user_id', 'loyalty_card', 'phone', 'crm_id'];

/** Finds the profile rows that lines of a file name: profile ids, e-mails, user ids, cards or numbers, one to a line. */
export async function findListed(
  pg: Pg,
  workspace: number,
  lines: readonly string[],
): Promise<{ profiles: number[]; unknown: number }> {
  const words = [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))];
  const values = [...new Set(words.flatMap((word) => [word, word.toLowerCase()]))];
  const found = await pg.rows(findByIdentifier, { workspace, namespaces, values });
  const byValue = new Map(found.map(({ value, profile_id }) => [value, profile_id]));
  const profiles: number[] = [];
  let unknown = 0;
  for (const word of words) {
    const profile = byValue.get(word) ?? byValue.get(word.toLowerCase()) ?? decodeProfileId(word);
    if (profile === null) unknown += 1;
    else profiles.push(profile);
  }
  return { profiles, unknown };
}
