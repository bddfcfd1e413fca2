import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  importKindSchema,
  type Site,
  type Source,
  sitePageSchema,
  siteSchema,
  sourcePageSchema,
  sourceSchema,
  statsSchema,
} from '@vitrail/contracts';
import { brandName, type GeneratedFile, generateRetailer, sites } from '@vitrail/demo';
import { z } from 'zod';
import type { Server } from './connect.ts';
import { importFile, summariseImport } from './importFile.ts';
import type { Output } from './output.ts';

/** Also for the live visitors, so that customers of the history come back. */
export const sampleSeed = 20_261_121;
const months = 12;

const post = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Makes what is missing of the sample retailer's sites and sources, and finds the rest. */
async function prepare(server: Server, files: readonly GeneratedFile[]) {
  await server.call(z.object({ name: z.string() }), '/api/v1/workspace', {
    ...post({ name: brandName }),
    method: 'PATCH',
  });
  const madeSites: Site[] = [...(await server.call(sitePageSchema, '/api/v1/sites?limit=200')).items];
  for (const site of sites) {
    if (madeSites.some((made) => made.name === site.domain)) continue;
    const { domain, country, currency, language } = site;
    madeSites.push(
      await server.call(siteSchema, '/api/v1/sites', post({ name: domain, domain, country, currency, language })),
    );
  }
  const siteId = (code: string | null): number | null => {
    const domain = sites.find((site) => site.code === code)?.domain;
    return madeSites.find((made) => made.name === domain)?.id ?? null;
  };
  const sources: Source[] = [...(await server.call(sourcePageSchema, '/api/v1/sources?limit=200')).items];
  for (const { source, kind, site } of files) {
    if (source === null || sources.some((made) => made.name === source.name)) continue;
    const request = { ...source, kind: kind === 'products' ? 'feed' : 'import', siteId: siteId(site) };
    sources.push(await server.call(sourceSchema, '/api/v1/sources', post(request)));
  }
  return { sourceId: (file: GeneratedFile) => sources.find((made) => made.name === file.source?.name)?.id };
}

/** Whether the sample retailer, or anything else, is in there already. */
export const hasData = async (server: Server): Promise<boolean> =>
  (await server.call(statsSchema, '/api/v1/stats')).events > 0;

/** `pictures`: where the shop serves them. Generates the sample retailer's files and brings them in through the import door, as a real retailer would. */
export async function loadSampleRetailer(
  server: Server,
  { customers, pictures }: { customers: number; pictures: string },
  output: Output,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrail-demo-'));
  try {
    const manifest = await generateRetailer({
      seed: sampleSeed,
      customers,
      months,
      pictures,
      outDir: folder,
      today: new Date(),
      onProgress: (what, share) =>
        output.progress(`Writing the sample retailer's files: ${what} ${Math.round(share * 100)} %`),
    });
    output.endProgress();
    const { sourceId } = await prepare(server, manifest.files);
    for (const file of manifest.files) {
      if (file.kind === 'truth') continue;
      const done = await importFile(
        server,
        {
          file: join(folder, file.name),
          kind: importKindSchema.parse(file.kind),
          mapping: file.mapping ?? {},
          source: sourceId(file),
          options: {
            ...(file.timeZone !== null && { timeZone: file.timeZone }),
            ...(file.currency !== null && { currency: file.currency }),
          },
        },
        output,
      );
      output.say(`  ${summariseImport(done)}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
