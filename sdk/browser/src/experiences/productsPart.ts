import type { Piece } from './blocks.ts';
import type { Facts } from './facts.ts';
import type { RichBlock } from './payload.ts';

/** How a piece is drawn and what it may tell. */
export interface BlockOptions {
  readonly language: string;
  readonly facts: Facts;
  /** Where this server answers, for pictures; without a slash at the end. */
  readonly host: string;
  readonly writeKey: string;
  /** Tells an event of the experience. */
  tell(event: string, more: object): void;
  /** The visitor follows a link of the block. */
  clicked(): void;
}

/** What `products.js` offers: all blocks but pictures: products, people, time, the cart. */
export interface ProductsPart {
  /** How its blocks look. */
  readonly style: string;
  /** Null: there is nothing to say. */
  buildBlock(block: RichBlock, options: BlockOptions): Piece | null;
}
