import { decodeProfileId } from '../../collect/index.ts';
import type { Deps, Pg } from '../../platform/index.ts';
import { maskSummary, readListItems, readSummaries } from '../../unify/index.ts';
import { type CsvLocale, csvLine, csvStart } from '../csv/csvText.ts';
import type { Catalogs } from './catalog.ts';
import { listMemberPage } from './readSegments.ts';

const page = 2_000;

/**
 * Members as CSV, in pages, so that the largest segment needs no memory. Contact details only for those who may see them.
 */
export async function* exportMembers(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'> & { readonly catalogs: Catalogs },
  input: { workspace: number; id: string; locale: CsvLocale; masked: boolean },
): AsyncGenerator<string> {
  const { workspace, locale, masked } = input;
  const line = (cells: readonly string[]): string => csvLine(cells, locale);
  yield csvStart(locale) + line(masked ? ['profile', 'since'] : ['profile', 'since', 'name', 'email', 'phone', 'city']);
  for (let after: string | undefined; ; ) {
    const { items, next } = await listMemberPage(deps, workspace, input.id, { after, limit: page });
    const roots = items.flatMap(({ id }) => decodeProfileId(id) ?? []);
    const people = masked ? null : await readSummaries(deps.pg, workspace, roots);
    const lines = items.map(({ id, since }) => {
      if (people === null) return line([id, since]);
      const { name, email, phone, city } = people.get(id) ?? { name: '', email: '', phone: '', city: '' };
      return line([id, since, name ?? '', email ?? '', phone ?? '', city ?? '']);
    });
    if (lines.length > 0) yield lines.join('');
    if (next === null) return;
    after = next;
  }
}

/** These customers as CSV, in the order given, in pages. Masked for those who may not see personal data. */
export async function* exportPeople(
  pg: Pg,
  input: { workspace: number; roots: readonly number[]; locale: CsvLocale; masked: boolean },
): AsyncGenerator<string> {
  const { workspace, roots, locale, masked } = input;
  const head = [
    'profile',
    'name',
    'email',
    'phone',
    'city',
    'orders',
    'revenue',
    'last_order',
    'first_seen',
    'last_seen',
  ];
  yield csvStart(locale) + csvLine(head, locale);
  for (let from = 0; from < roots.length; from += page) {
    const people = await readListItems(pg, workspace, roots.slice(from, from + page));
    yield people
      .map((each) => (masked ? maskSummary(each) : each))
      .map(({ id, name, email, phone, city, orders, revenue, lastOrderAt, firstSeenAt, lastSeenAt }) =>
        csvLine([id, name, email, phone, city, orders, revenue, lastOrderAt, firstSeenAt, lastSeenAt], locale),
      )
      .join('');
  }
}
