import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import yauzl from 'yauzl';
import { Fault } from '../../../../platform/index.ts';
import { unpacksTooLarge, unreadable } from '../faults.ts';
import { limits } from '../limits.ts';

/** An opened workbook: its parts can be read as XML, each within the limits. Call `close`. */
export interface Workbook {
  has(part: string): boolean;
  /** Parses a part; after each piece of it `events` may give up rows. Bytes told are of the zip, compressed. */
  parse(part: string, handlers: XmlHandlers): AsyncIterable<{ bytes: number }>;
  readonly bytes: number;
  close(): void;
}

export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const maxParts = 20_000;

const broken = (cause: unknown) =>
  unreadable(
    'xlsx_broken',
    'The workbook is damaged or is not an .xlsx file. Open it, save it again and resend it.',
    {},
    cause,
  );

export async function openWorkbook(path: string): Promise<Workbook> {
  // yauzl refuses an entry that unpacks to another size than the directory says, so the sizes below can be trusted.
  const zip = await yauzl.openPromise(path, { autoClose: false, validateEntrySizes: true }).catch((error: unknown) => {
    throw broken(error);
  });
  const entries = new Map<string, yauzl.Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName.replace(/^\/+/, ''), entry);
      if (entries.size > maxParts) throw unpacksTooLarge();
    }
  } catch (error) {
    zip.close();
    throw error instanceof Fault ? error : broken(error);
  }
  return {
    has: (part) => entries.has(part),
    bytes: zip.fileSize,
    close: () => zip.close(),
    async *parse(part, handlers) {
      const entry = entries.get(part);
      if (entry === undefined) throw broken(new Error(`no ${part}`));
      if (entry.isEncrypted())
        throw unreadable('xlsx_locked', 'The workbook is protected by a password: remove it first.');
      if (
        entry.uncompressedSize > limits.workbookPart ||
        entry.uncompressedSize > limits.unpackFree + entry.compressedSize * limits.unpackRatio
      )
        throw unpacksTooLarge();
      const stream = await zip.openReadStreamPromise(entry);
      try {
        for await (const share of parseStream(stream, handlers)) {
          yield { bytes: entry.compressedSize * (share / Math.max(entry.uncompressedSize, 1)) };
        }
      } catch (error) {
        throw error instanceof Fault ? error : broken(error);
      } finally {
        stream.destroy();
      }
    },
  };
}

/** Feeds a stream to the XML parser; after each chunk gives the unpacked bytes so far. */
async function* parseStream(stream: Readable, handlers: XmlHandlers): AsyncIterable<number> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a document type has no place in a workbook');
  });
  parser.on('opentag', (tag: SaxesTagPlain) => handlers.open(localName(tag.name), tag.attributes));
  if (handlers.text !== undefined) parser.on('text', handlers.text);
  parser.on('closetag', (tag: SaxesTagPlain) => handlers.close?.(localName(tag.name)));
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    parser.write(decoder.decode(chunk, { stream: true }));
    yield bytes;
  }
  parser.write(decoder.decode());
  parser.close();
  yield bytes;
}

// Some writers prefix every element: <x:row>.
const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};
