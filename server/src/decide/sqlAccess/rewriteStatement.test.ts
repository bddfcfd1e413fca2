import { describe, expect, it } from 'vitest';
import { isAllowedFunction } from './allowedFunctions.ts';
import { rewriteStatement, withoutPrefix } from './rewriteStatement.ts';

const views = new Set(['events', 'people']);
const engine = { tables: new Set(['events', 'customers']), databases: new Set(['system', 'default']) };
const rewrite = (text: string) => rewriteStatement(text, views, engine, (id) => (id === 'Ab1' ? 42 : null));

describe('a formatted statement', () => {
  it('keeps its meaning while no name is left that the engine could know', () => {
    const { text, views: used } = rewrite(
      'WITH events AS (SELECT 1 AS customers FROM events) SELECT e.`people` FROM events AS e',
    );
    expect(text).toBe(
      'WITH `published_events` AS (SELECT 1 AS `published_customers` FROM `published_events`) SELECT e.`published_people` FROM `published_events` AS e',
    );
    expect([...used].sort()).toEqual(['events', 'people']);
    expect(withoutPrefix('published_events.count()')).toBe('events.count()');
  });

  it('leaves texts as they are, and values out of its skeleton', () => {
    const { text, skeleton } = rewrite("SELECT 'from events', 1.5 FROM people WHERE person_id = person('Ab1')");
    expect(text).toBe("SELECT 'from events', 1.5 FROM `published_people` WHERE person_id = 42");
    expect(skeleton).toBe('SELECT ? , ? FROM people WHERE person_id = person ( ? )');
  });

  it.each([
    ['SELECT 1 -- x', 'construct'],
    ['SELECT 1 /* x */', 'construct'],
    ['SELECT $1', 'construct'],
    ['SELECT "a"', 'construct'],
    ['SELECT 1; SELECT 2', 'several'],
    ['SELECT {a:UInt8}', 'parameter'],
    ['SELECT a.b FROM system.tables', 'other_database'],
    ['SELECT `a\\`b`', 'name'],
    ['SELECT 1 SETTINGS a = 1', 'settings'],
    ['INSERT INTO x SELECT 1', 'not_a_select'],
  ])('%s is refused', (text, reason) => {
    expect(() => rewrite(text)).toThrow(expect.objectContaining({ code: `decide.sql_${reason}` }));
  });
});

describe('functions', () => {
  it.each([
    'sum',
    'SUM',
    'sumIf',
    'uniqExactOrNull',
    'argMaxIfOrDefault',
    'JSONExtractString',
    'toStartOfMonth',
    'plus',
  ])('%s is allowed', (name) => expect(isAllowedFunction(name)).toBe(true));
  it.each(['sleep', 'dictGet', 'file', 'getSetting', 'sumState', 'sumMerge', 'joinGet', 'sleepIf', '', 'constructor'])(
    '%s is not',
    (name) => expect(isAllowedFunction(name)).toBe(false),
  );
});
