import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchFiles } from './matchFiles.ts';

/** Data sets whose truth is known; their licences differ, so they are not part of this repository. */
function shared(name: string): string {
  const folder = process.env.VITRAIL_SHARED_DATA;
  if (folder === undefined || folder === '') {
    throw new Error('VITRAIL_SHARED_DATA is not set: give the folder that holds linkage/, then run npm run test:data');
  }
  const file = resolve(folder, 'linkage', name);
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  return file;
}

const folder = mkdtempSync(join(tmpdir(), 'vitrail-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const match = (files: readonly string[], truth: string, linkOnly = false, out?: string) =>
  matchFiles({ files: files.map(shared), kind: 'people', map: {}, linkOnly, truth, out });

describe('the matcher with its default settings', () => {
  it('links the two files of FEBRL4', async () => {
    const { accuracy } = await match(['febrl4a.csv', 'febrl4b.csv'], 'rec_id', true);
    expect(accuracy?.bestF1).toBeGreaterThanOrEqual(0.999);
    expect(accuracy?.auto.precision).toBe(1);
    expect(accuracy?.auto.recall).toBeGreaterThanOrEqual(0.99);
  });

  it('finds the simulated people of fake_1000 through heavy errors and blanks', async () => {
    const { accuracy } = await match(['fake_1000.csv'], 'cluster');
    expect(accuracy?.bestF1).toBeGreaterThanOrEqual(0.86);
    expect(accuracy?.auto.precision).toBeGreaterThanOrEqual(0.99);
    expect(accuracy?.auto.recall).toBeGreaterThanOrEqual(0.5);
  });

  it('is right when it says so on retail customers in households, and asks about the doubtful', async () => {
    const { accuracy } = await match(['retail_syn_40k.tsv.gz'], 'person_id');
    expect(accuracy?.auto.precision).toBeGreaterThanOrEqual(0.99);
    expect(accuracy?.auto.recall).toBeGreaterThanOrEqual(0.75);
    expect(accuracy?.bins.find(({ from }) => from === 0.96)?.shareTrue).toBeGreaterThanOrEqual(0.95);
    expect(accuracy?.review.shareTrue).toBeGreaterThanOrEqual(0.85);
    expect(accuracy?.review.shareTrue).toBeLessThanOrEqual(0.97);
    expect(accuracy?.clusters.precision).toBeGreaterThanOrEqual(0.985);
  });

  it.each([
    ['census_households_dob042.tsv.gz', 0.4, 0.87],
    ['census_households_dob10.tsv.gz', 0.93, 0.97],
  ])('keeps the households and institutions of %s apart', async (file, recall, f1) => {
    const { accuracy } = await match([file], 'person_id');
    expect(accuracy?.auto.precision).toBeGreaterThanOrEqual(0.98);
    expect(accuracy?.auto.recall).toBeGreaterThanOrEqual(recall);
    expect(accuracy?.bestF1).toBeGreaterThanOrEqual(f1);
  });
});

describe('two runs over the same file', () => {
  const [first, second] = [join(folder, 'first.csv'), join(folder, 'second.csv')];
  beforeAll(async () => {
    for (const out of [first, second]) await match(['febrl1.csv'], 'rec_id', false, out);
  });

  it('write the same bytes', () => {
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual([
      'first.clusters.csv',
      'first.csv',
      'second.clusters.csv',
      'second.csv',
    ]);
  });
});
