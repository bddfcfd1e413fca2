import { experienceRequestSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { experimentBy } from '../../../test/experiments.ts';
import { useStores } from '../../../test/stores.ts';
import { createExperience, editExperience, getExperience, moveTo } from './changeExperiences.ts';

const stores = useStores();
const named = (name: string) =>
  experienceRequestSchema.parse({
    key: 'delivery',
    name,
    variants: [{ key: 'a', name: 'A', weight: 1, content: { kind: 'bar', texts: { en: { title: 'Free delivery' } } } }],
  });

async function draft() {
  const shop = await createWorkspace(stores);
  const by = experimentBy(shop);
  const { id, version } = await createExperience(stores, by, named('Delivery'));
  const save = (name: string, basedOn?: number) => editExperience(stores, by, Number(id), { ...named(name), basedOn });
  const read = () => getExperience(stores.pg, shop.id, Number(id));
  return { by, id: Number(id), version, save, read };
}

describe('saving an experience', () => {
  it('is refused with what somebody else saved meanwhile, and taken once it is based on that', async () => {
    const { version, save, read } = await draft();
    expect(await save('Theirs', version)).toMatchObject({ version: version + 1, definition: { name: 'Theirs' } });
    await expect(save('Mine', version)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'experience.changed',
      details: { version: version + 1, definition: { name: 'Theirs' } },
    });
    expect(await read()).toMatchObject({ version: version + 1, definition: { name: 'Theirs' } });
    expect(await save('Mine', version + 1)).toMatchObject({ version: version + 2, definition: { name: 'Mine' } });
    expect((await read()).definition).not.toHaveProperty('basedOn');
  });

  it('lets one of two tabs that save at the same moment win', async () => {
    const { version, save, read } = await draft();
    const both = await Promise.allSettled([save('One', version), save('Other', version)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await read()).version).toBe(version + 1);
  });

  it('is not refused because it was started or stopped meanwhile, nor when it says no version', async () => {
    const { by, id, version, save } = await draft();
    await moveTo(stores, by, id, 'start');
    expect(await save('Running', version)).toMatchObject({ state: 'running', version: version + 1 });
    expect(await save('As scripts do')).toMatchObject({ version: version + 2 });
    await moveTo(stores, by, id, 'stop');
    await moveTo(stores, by, id, 'archive');
    await expect(save('Late', version + 2)).rejects.toMatchObject({ code: 'experience.archived' });
  });
});
