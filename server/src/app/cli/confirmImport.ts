import { createInterface } from 'node:readline/promises';
import type { ImportPreview } from '@vitrail/contracts';
import type { Output } from './output.ts';

/** Shows how a file would be read and asks on the terminal. */
export async function confirmImport(preview: ImportPreview, output: Output): Promise<boolean> {
  output.say(`${preview.fileName} as ${preview.kind}:`);
  for (const { name, field, samples } of preview.columns) {
    output.say(`  ${name.padEnd(24)} → ${(field ?? 'ignored').padEnd(20)} ${samples[0] ?? ''}`);
  }
  const tried = `${preview.rows}${preview.complete ? '' : ' first'} rows tried: ${preview.valid} good, ${preview.rejected} rejected.`;
  output.say(tried);
  if (preview.sameFile !== null) output.say(`This very file was imported before, on ${preview.sameFile.at}.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|o|oui)$/i.test((await terminal.question('Import it? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
