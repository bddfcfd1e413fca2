import { createLog, migrateClickhouse, openChdb } from '../src/platform/index.ts';

/** Inserts block after block of a hundred rows, two at a time, and prints the number of each acknowledged one. */
const [dataDir = '', first = ''] = process.argv.slice(-2);
const log = createLog('silent');
const ch = await openChdb({ dataDir, log });
await migrateClickhouse(ch, log);

let next = Number(first);
const write = async (): Promise<void> => {
  for (;;) {
    const block = next++;
    const row = { workspace_id: 1, at: '2026-11-21T10:00:00Z', id: `block ${block}`, batch_id: block };
    const rows = Array.from({ length: 100 }, (_, index) => JSON.stringify({ ...row, message_id: `${index}` }));
    await ch.insert('drops', Buffer.from(rows.join('\n')), { token: `block ${block}` });
    process.stdout.write(`${block}\n`);
  }
};
await Promise.all([write(), write()]);
