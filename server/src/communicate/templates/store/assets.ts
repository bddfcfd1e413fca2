import { type Asset, templateLimits } from '@vitrail/contracts';
import { type Deps, Fault } from '../../../platform/index.ts';
import { insertAsset, listAssets, removeAsset } from '../sql/assets.pg.ts';

type AssetDeps = Pick<Deps, 'pg' | 'clock'> & { readonly publicUrl: string };

const kinds: readonly { mediaType: string; extension: string; begins: (bytes: Buffer) => boolean }[] = [
  {
    mediaType: 'image/png',
    extension: 'png',
    begins: (bytes) => bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n',
  },
  { mediaType: 'image/jpeg', extension: 'jpg', begins: (bytes) => bytes.subarray(0, 3).toString('hex') === 'ffd8ff' },
  {
    mediaType: 'image/gif',
    extension: 'gif',
    begins: (bytes) => /^GIF8[79]a$/.test(bytes.subarray(0, 6).toString('latin1')),
  },
  {
    mediaType: 'image/webp',
    extension: 'webp',
    begins: (bytes) =>
      bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
  },
];

const urlOf = ({ publicUrl }: AssetDeps, id: string, mediaType: string): string => {
  const extension = kinds.find((kind) => kind.mediaType === mediaType)?.extension ?? 'bin';
  return `${publicUrl.replace(/\/+$/, '')}/m/i/${id}.${extension}`;
};

/** Stores a picture as what it is, whatever it was called. Throws `invalid` for what is no picture, `too_large`. */
export async function storeAsset(
  deps: AssetDeps,
  { workspace, actor, name, bytes }: { workspace: number; actor: string; name: string; bytes: Buffer },
): Promise<Asset> {
  if (bytes.length > templateLimits.assetBytes) {
    throw new Fault('too_large', 'communicate.asset_too_large', 'A picture may have 5 MB at most.');
  }
  const kind = kinds.find(({ begins }) => begins(bytes));
  if (kind === undefined) {
    throw new Fault('invalid', 'communicate.not_a_picture', 'Send a picture: PNG, JPEG, GIF or WebP.');
  }
  const { mediaType } = kind;
  const row = await deps.pg.row(insertAsset, { workspace, name, mediaType, bytes, actor, at: deps.clock.now() });
  if (row === null) throw new Error('insert … returning gave no row');
  const url = urlOf(deps, row.id, mediaType);
  return { id: row.id, name, mediaType, bytes: bytes.length, url, createdAt: row.created_at.toISOString() };
}

export async function readAssets(deps: AssetDeps, workspace: number): Promise<Asset[]> {
  const rows = await deps.pg.rows(listAssets, { workspace });
  return rows.map(({ id, name, media_type, bytes, created_at }) => ({
    id,
    name,
    mediaType: media_type,
    bytes,
    url: urlOf(deps, id, media_type),
    createdAt: created_at.toISOString(),
  }));
}

/** Mails that show it show nothing there from now on. Throws `not_found`. */
export async function dropAsset({ pg }: AssetDeps, workspace: number, id: string): Promise<void> {
  if ((await pg.run(removeAsset, { workspace, id })) === 0)
    throw new Fault('not_found', 'communicate.no_such_picture', 'There is no such picture in this workspace.');
}
