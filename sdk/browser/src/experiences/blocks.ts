import type { Facts } from './facts.ts';
import type { ImageBlock } from './payload.ts';

/** A piece of a panel. `update` follows the facts; `stop` ends what it does by itself. */
export interface Piece {
  readonly element: HTMLElement;
  /** Goes with what is told of the view: what exactly was said. */
  readonly told?: object;
  update?(facts: Facts): void;
  stop?(): void;
}

/** Null for an address that is none of the shop's and not https. */
export function buildImage({ src, alt }: ImageBlock): Piece | null {
  if (!/^(https:\/\/|\/(?!\/))\S*$/.test(src)) return null;
  const element = new Image();
  element.src = src;
  element.alt = alt;
  return { element };
}
