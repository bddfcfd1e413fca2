import type { Asking } from './capturePart.ts';
import type { Texts } from './texts.ts';

/** What the server decides for a page, as it comes over the wire (docs/reference/experiences.md). */

export type { Texts };

export interface ImageBlock {
  readonly type: 'image';
  readonly src: string;
  readonly alt: string;
}

export interface ShownProduct {
  readonly id: string;
  readonly title: string;
  readonly link: string | null;
  /** Path on the server that answers. */
  readonly picture: string | null;
  readonly price: number | null;
  /** The price without the sale. */
  readonly before: number | null;
  readonly currency: string | null;
  readonly strategy: string;
  readonly reason: string;
}

type Headings = Readonly<Record<string, string>>;

/** Those of `products.js`. */
export type RichBlock =
  | { readonly type: 'countdown'; readonly until: string }
  | { readonly type: 'remaining'; readonly field: 'cart.value' | 'cart.items'; readonly goal: number }
  | {
      readonly type: 'recommendations';
      readonly heading: Headings;
      readonly list: string;
      readonly arm: string;
      readonly items: readonly ShownProduct[];
    }
  | { readonly type: 'recently_viewed'; readonly heading: Headings; readonly count: number }
  | { readonly type: 'stars'; readonly average: number; readonly reviews: number }
  | {
      readonly type: 'social_proof';
      readonly act: 'bought' | 'viewed' | 'carted';
      readonly product: string;
      readonly people: number;
      readonly hours: number;
      readonly minimum: number;
    }
  | {
      readonly type: 'loyalty';
      readonly points: number;
      readonly tier: string | null;
      readonly next: { readonly name: string; readonly missing: number } | null;
    };
export type Block = ImageBlock | RichBlock;

export interface Panel {
  readonly texts: Readonly<Record<string, Texts>>;
  readonly link?: string | undefined;
  readonly style: {
    readonly background?: string | undefined;
    readonly text?: string | undefined;
    readonly accent?: string | undefined;
  };
  readonly blocks: readonly Block[];
  readonly closable: boolean;
}

export type Change =
  | { readonly action: 'text'; readonly selector: string; readonly value: string }
  | { readonly action: 'image'; readonly selector: string; readonly value: string; readonly alt: string }
  | { readonly action: 'attribute'; readonly selector: string; readonly name: string; readonly value: string }
  | { readonly action: 'link'; readonly selector: string; readonly value: string }
  | { readonly action: 'hide'; readonly selector: string }
  | { readonly action: 'move'; readonly selector: string; readonly before: string };

export type Shown = Panel &
  (
    | { readonly kind: 'banner' | 'block'; readonly selector: string; readonly place: 'before' | 'after' | 'inside' }
    | { readonly kind: 'bar'; readonly place: 'top' | 'bottom' }
    | { readonly kind: 'modal' }
    | { readonly kind: 'slide_in'; readonly place: 'left' | 'right' }
    | Asking
  );

export const isAsking = <P extends Payload>(payload: P): payload is P & Asking =>
  /^(form|quiz|wheel|survey)$/.test(payload.kind);

export type Payload =
  | Shown
  | { readonly kind: 'change'; readonly changes: readonly Change[] }
  | { readonly kind: 'redirect'; readonly to: string };

export type Trigger =
  | { readonly on: 'load' | 'exit' }
  | { readonly on: 'delay' | 'idle'; readonly seconds: number }
  | { readonly on: 'scroll'; readonly percent: number }
  | { readonly on: 'click'; readonly selector: string }
  | { readonly on: 'event'; readonly event: string };

export interface Decision {
  readonly key: string;
  /** Empty: of the control group, shows nothing and tells that it would have. */
  readonly variant: string;
  /** Of the experience: proof of what was shown. */
  readonly version?: number | undefined;
  readonly trigger: Trigger;
  readonly payload: Payload | null;
  /** Milliseconds until it was there. */
  readonly waitMs?: number | undefined;
}

/** The language's texts, else English, else any there are. */
export function inLanguage<T>(texts: Readonly<Record<string, T>>, language: string): T | undefined {
  return texts[language.slice(0, 2).toLowerCase()] ?? texts.en ?? Object.values(texts)[0];
}
