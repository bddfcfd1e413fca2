import { readFileSync } from 'node:fs';
import { journeyTreeSchema } from '@vitrail/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { useJourneys } from '../../../test/journeys.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { type JsonObject, pgQuery } from '../../platform/index.ts';
import { readTrace } from './readTrace.ts';

const findPerson = pgQuery({
  name: 'test.findExamplePerson',
  params: { workspace: 'int4', value: 'text' },
  row: { id: 'int8' },
  text: `select profile_id as id from unify.identifier where workspace_id = :workspace and value = :value`,
});

interface Line {
  readonly minute: number;
  readonly event: string | null;
  readonly properties: JsonObject;
  readonly outcome: string;
}

/** A journey of the page with what happens to one person, and what comes of it. */
interface Example {
  readonly heading: string;
  readonly definition: unknown;
  readonly lines: readonly Line[];
}

function readExamples(): Example[] {
  const text = readFileSync(new URL('../../../../docs/reference/journeys.md', import.meta.url), 'utf8');
  const examples: Example[] = [];
  let heading = '';
  for (const part of text.split(/^(?=#+ )/m)) {
    heading = /^#+ (.*)$/m.exec(part)?.[1] ?? heading;
    const code = /```json\n([\s\S]*?)```/.exec(part)?.[1];
    if (code === undefined) continue;
    const lines = [...part.matchAll(/^- (\d+) min (?:`([^`]+)` (\{.*\})|→ (.*))$/gm)].map(
      ([, minute = '0', event, properties = '{}', outcome = '']): Line => ({
        minute: Number(minute),
        event: event ?? null,
        properties: JSON.parse(properties),
        outcome,
      }),
    );
    examples.push({ heading, definition: JSON.parse(code), lines });
  }
  return examples;
}

describe('the examples of the journey language', () => {
  const examples = readExamples();
  const world = useJourneys('2026-06-01T08:00:00Z');
  const { deps } = world;
  let run = 0;
  let day = 0;
  afterAll(() => {
    expect(run).toBe(examples.length);
  });

  /** What the person got, in order, with the key of the run where it has one; without anything, how it stands. */
  const standing = async (id: string, who: string): Promise<string> => {
    const row = await deps.pg.row(findPerson, { workspace: world.shop.id, value: who });
    const profile = encodeProfileId(row?.id ?? 0);
    const { runs, notEntered } = await readTrace(deps, { workspace: world.shop.id, id, profile });
    const sent = runs
      .flatMap(({ key, steps }) =>
        steps
          .filter(({ outcome }) => outcome === 'queued')
          .map(({ at, node }) => ({ at, said: key === '' ? node : `${node} (${key})` })),
      )
      .toSorted((a, b) => a.at.localeCompare(b.at));
    if (notEntered !== null) return notEntered.reason;
    return sent.map(({ said }) => said).join(', ') || (runs[0]?.reason ?? runs[0]?.node ?? '');
  };

  it('are at least five', () => expect(examples.length).toBeGreaterThanOrEqual(5));

  it.each(examples)('$heading', async ({ definition, lines }) => {
    run += 1;
    day += 10;
    const start = Date.parse('2026-06-01T08:00:00Z') + day * 86_400_000;
    await world.until(new Date(start - 60_000).toISOString());
    const template = await world.template();
    const text = JSON.stringify(definition).replaceAll('"template":"1"', `"template":"${template}"`);
    const id = await world.begin(journeyTreeSchema.parse(JSON.parse(text)), `Example ${run}`);
    const who = `example-${run}`;
    expect(lines.length).toBeGreaterThan(1);
    for (const { minute, event, properties, outcome } of lines) {
      await world.until(new Date(start + minute * 60_000).toISOString());
      if (event !== null) await world.happens({ type: 'track', userId: who, event, properties });
      else expect(`${minute} min: ${await standing(id, who)}`).toBe(`${minute} min: ${outcome}`);
    }
    await world.act(id, 'archive');
  });
});
