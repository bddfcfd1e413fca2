import { describe, expect, it } from 'vitest';
import { createReferences } from './messageReference.ts';

const references = createReferences(Buffer.alloc(32, 1));

describe('our names of messages', () => {
  it('are found again wherever mail servers put them, in any case', () => {
    for (const key of [
      { workspace: 1, id: 1 },
      { workspace: 40_000, id: 9_007_199_254_740_991 },
    ]) {
      const name = references.write(key);
      expect(name).toMatch(/^[0-9a-z-]{1,35}$/);
      for (const text of [
        name,
        `bounces+${name}@shop.example`,
        `<${name.toUpperCase()}@SHOP.EXAMPLE>`,
        `Message-ID: <${name}@x>\r\n`,
        `1-2-aaaaaaaaaaaaa ${name}`,
      ])
        expect(references.find(text)).toEqual(key);
    }
  });

  it('cannot be made up, changed, or taken from another installation', () => {
    const name = references.write({ workspace: 7, id: 42 });
    const [workspace, id, mark] = name.split('-');
    const other = createReferences(Buffer.alloc(32, 2)).write({ workspace: 7, id: 42 });
    for (const forged of [
      `${workspace}-17-${mark}`,
      `8-${id}-${mark}`,
      `${workspace}-${id}-aaaaaaaaaaaaa`,
      other,
      `x${name}`,
      `${name}x`,
      '',
    ])
      expect(references.find(forged)).toBeNull();
  });
});
