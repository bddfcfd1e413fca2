/** The headers and the query a write key may come in. */
export interface KeyCarriers {
  readonly authorization?: string | undefined;
  readonly xWriteKey?: string | undefined;
  readonly query?: string | undefined;
}

function afterScheme(header: string | undefined, scheme: string): string | null {
  if (header === undefined || header.length <= scheme.length) return null;
  if (header.slice(0, scheme.length).toLowerCase() !== scheme) return null;
  return header.slice(scheme.length).trim();
}

/** `key:secret` and `key:` mean `key`; the secret half is a client's habit and says nothing to us. */
const beforeColon = (text: string): string => {
  const colon = text.indexOf(':');
  return colon < 0 ? text : text.slice(0, colon);
};

const nonEmpty = (text: string | null | undefined): string | null =>
  text === null || text === undefined || text === '' ? null : text;

/** The write key that headers or query give. Where several speak, Basic wins over X-Write-Key over the query. */
export function readWriteKey(carriers: KeyCarriers): string | null {
  const basic = afterScheme(carriers.authorization, 'basic ');
  return (
    nonEmpty(basic === null ? null : beforeColon(Buffer.from(basic, 'base64').toString('utf8'))) ??
    nonEmpty(carriers.xWriteKey === undefined ? null : beforeColon(carriers.xWriteKey)) ??
    nonEmpty(carriers.query)
  );
}

/** The last resort, after the body: Segment's OAuth puts a token here and the key in the body; others put the key itself. */
export const readBearerKey = (authorization: string | undefined): string | null =>
  nonEmpty(afterScheme(authorization, 'bearer '));
