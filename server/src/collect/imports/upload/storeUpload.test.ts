import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/tempFile.ts';
import { getUpload, removeOldUploads, storeStream, storeUpload } from './storeUpload.ts';
import { uploadPath } from './uploadFiles.ts';

const content = (text = 'a,b\n') => ({ content: Readable.from([Buffer.from(text)]), name: '../../etc/passwd\0.csv' });

describe('an upload', () => {
  it('is kept for its workspace only, readable by nobody else', async () => {
    const folder = await tempFolder();
    const upload = await storeUpload(folder, 1, content(), 100);
    expect(upload).toMatchObject({ bytes: 4, fileName: 'passwd.csv' });
    expect((await stat(upload.path)).mode & 0o777).toBe(0o600);
    expect(await getUpload(folder, 1, upload.id)).toEqual(upload);
    await expect(getUpload(folder, 2, upload.id)).rejects.toMatchObject({ code: 'imports.upload_gone' });
  });

  it('over the limit, or cut off, leaves nothing', async () => {
    const folder = await tempFolder();
    await expect(storeUpload(folder, 1, content('x'.repeat(101)), 100)).rejects.toMatchObject({ kind: 'too_large' });
    const cut = Readable.from(
      (async function* () {
        yield Buffer.from('a');
        throw new Error('the connection broke');
      })(),
    );
    await expect(storeUpload(folder, 1, { content: cut, name: 'x' }, 100)).rejects.toThrow('broke');
    expect(await readdir(`${folder}/uploads`)).toEqual([]);
  });

  it('on a full disk says so', async () => {
    // Linux's own full disk.
    await expect(storeStream(Readable.from([Buffer.alloc(100_000)]), '/dev/full', 1e9)).rejects.toMatchObject({
      code: 'imports.disk_full',
      kind: 'unavailable',
    });
  });

  it('nobody came back for is removed after a day', async () => {
    const folder = await tempFolder();
    const { id } = await storeUpload(folder, 1, content(), 100);
    await writeFile(uploadPath(folder, 'recent'), 'x');
    const old = new Date('2020-01-01');
    for (const name of [id, `${id}.json`]) await utimes(uploadPath(folder, name), old, old);
    expect(await removeOldUploads(folder, new Date('2021-01-01'))).toBe(2);
    expect(await readdir(`${folder}/uploads`)).toEqual(['recent']);
  });
});
