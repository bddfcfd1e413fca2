import { SaxesParser } from 'saxes';
import { Fault } from '../../platform/index.ts';
import type { FeedRecord, FeedValue } from './product.ts';

/** More text than this without a finished product is an attack or no product feed; it also bounds what is held in memory. */
const maxItemChars = 2_000_000;
const maxDepth = 12;

interface Open {
  readonly name: string;
  text: string;
  /** Null until the first child. */
  children: Map<string, FeedValue> | null;
}

/** `g:price` is `price`, and wins over a plain one; other prefixes (`media:content`) stay part of the name. */
function toName(tag: string): { name: string; own: boolean } {
  const own = /^[gc]:/.test(tag);
  return { name: own ? tag.slice(2) : tag, own };
}

function addValue(into: Map<string, FeedValue>, name: string, value: FeedValue): void {
  const there = into.get(name);
  if (there === undefined) into.set(name, value);
  else into.set(name, Array.isArray(there) ? [...there, value] : [there, value]);
}

/** Collects products out of the parser's events. RSS 2.0: `channel/item`; Atom: `feed/entry`. */
class ItemCollector {
  readonly done: FeedRecord[] = [];
  private depth = 0;
  private stack: Open[] = [];
  private ownNames = new Set<string>();

  open(tag: { name: string; attributes: Record<string, string> }): void {
    this.depth += 1;
    if (this.depth > maxDepth) throw new Error(`elements are nested more than ${maxDepth} deep`);
    if (this.stack.length === 0) {
      if (tag.name === 'item' || tag.name === 'entry') {
        this.stack.push({ name: tag.name, text: '', children: null });
        this.ownNames = new Set();
      }
      return;
    }
    // Atom: <link href="…"/>.
    this.stack.push({ name: tag.name, text: tag.name === 'link' ? (tag.attributes.href ?? '') : '', children: null });
  }

  text(text: string): void {
    const top = this.stack.at(-1);
    if (top && this.stack.length > 1) top.text += text;
  }

  close(): void {
    this.depth -= 1;
    const closed = this.stack.pop();
    if (!closed) return;
    const parent = this.stack.at(-1);
    if (!parent) {
      this.done.push(Object.fromEntries(closed.children ?? []));
      return;
    }
    parent.children ??= new Map();
    const value = closed.children ? Object.fromEntries(closed.children) : closed.text.trim();
    const { name, own } = toName(closed.name);
    if (this.stack.length === 1 && own && !this.ownNames.has(name)) {
      this.ownNames.add(name);
      parent.children.set(name, value);
    } else if (own || this.stack.length > 1 || !this.ownNames.has(name)) {
      addValue(parent.children, name, value);
    }
  }
}

/**
 * Products of a Google Merchant XML feed, one record each, in constant memory. No entity is ever expanded beyond XML's own
 * five and character numbers, and nothing is fetched; a document that declares entities is refused.
 */
export async function* readXmlFeed(chunks: AsyncIterable<string>): AsyncGenerator<FeedRecord> {
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  const items = new ItemCollector();
  let sinceItem = 0;
  parser.on('opentag', (tag) => items.open(tag));
  parser.on('text', (text) => items.text(text));
  parser.on('cdata', (text) => items.text(text));
  parser.on('closetag', () => items.close());
  parser.on('doctype', (doctype) => {
    if (doctype.includes('<!')) throw new Error('it declares its own entities, which is not allowed');
  });
  let sawElement = false;
  parser.on('opentagstart', () => {
    sawElement = true;
  });
  const parse = (step: () => void) => {
    try {
      step();
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/\.$/, '') : 'it is not XML';
      throw new Fault(
        'invalid',
        'collect.feed_broken',
        `The feed is not well-formed XML near line ${parser.line}: ${reason}.`,
        {
          details: { line: parser.line },
          cause: error,
        },
      );
    }
  };
  for await (const chunk of chunks) {
    // Small steps, so that no more than one step of finished products waits to be taken.
    for (let at = 0; at < chunk.length; at += 65_536) {
      const piece = chunk.slice(at, at + 65_536);
      parse(() => parser.write(piece));
      sinceItem = items.done.length > 0 ? 0 : sinceItem + piece.length;
      if (sinceItem > maxItemChars) {
        throw new Fault(
          'invalid',
          'collect.feed_broken',
          `The feed holds ${maxItemChars} characters without a finished product near line ${parser.line}.`,
          {
            details: { line: parser.line },
          },
        );
      }
      yield* items.done.splice(0);
    }
  }
  parse(() => parser.close());
  yield* items.done.splice(0);
  if (!sawElement) throw new Fault('invalid', 'collect.feed_broken', 'The feed is empty.');
}
