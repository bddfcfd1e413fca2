import { describe, expect, it } from 'vitest';
import { FreshDictionaries } from './freshDictionaries.ts';

/** A dictionary `people` over the table `person`, with a log of its reloads. */
function createPeople() {
  const reloads: string[] = [];
  const held: (() => void)[] = [];
  const dictionaries = new FreshDictionaries(
    async () => [{ name: 'people', definition: "create dictionary people source(query 'select * from person')" }],
    (name) => new Promise((resolve) => held.push(() => resolve(void reloads.push(name)))),
  );
  /** Lets every reload that waits finish, and those that follow. */
  const settle = async (work: Promise<void>): Promise<void> => {
    let open = true;
    void work.finally(() => {
      open = false;
    });
    for (let turn = 0; open && turn < 100; turn++) {
      held.shift()?.();
      await Promise.resolve();
    }
    await work;
  };
  return { dictionaries, reloads, settle, held };
}

const asks = "select dictGet('people', 'name', id) from visit";

describe('dictionaries', () => {
  it('are read again before a query that asks one whose table was written, once', async () => {
    const { dictionaries, reloads, settle } = createPeople();
    await settle(dictionaries.refresh(asks));
    expect(reloads).toEqual([]);
    dictionaries.written('person');
    await settle(Promise.all([dictionaries.refresh(asks), dictionaries.refresh(asks)]).then(() => undefined));
    await settle(dictionaries.refresh(asks));
    expect(reloads).toEqual(['people']);
    dictionaries.ran('delete from person where id = 1');
    await settle(dictionaries.refresh(asks));
    expect(reloads).toEqual(['people', 'people']);
  });

  it('are left alone by queries that ask none, and by writes elsewhere', async () => {
    const { dictionaries, reloads, settle } = createPeople();
    dictionaries.written('visit');
    dictionaries.ran('delete from visit where person = 1');
    await settle(dictionaries.refresh(asks));
    dictionaries.written('person');
    await settle(dictionaries.refresh('select count() from person'));
    expect(reloads).toEqual([]);
  });

  it('are read once more when their table is written during a reload', async () => {
    const { dictionaries, reloads, settle, held } = createPeople();
    dictionaries.written('person');
    const first = dictionaries.refresh(asks);
    while (held.length === 0) await Promise.resolve();
    dictionaries.written('person');
    await settle(first);
    expect(reloads).toEqual(['people', 'people']);
  });
});
