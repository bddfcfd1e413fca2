import { type ExperienceContent, editorFragment } from '@vitrail/contracts';

/** What the console says to the page. */
export type ToPage =
  | {
      readonly vitrail: 'show';
      readonly language: string;
      readonly decisions: readonly {
        readonly key: string;
        readonly variant: string;
        readonly payload: ExperienceContent | null;
      }[];
    }
  | { readonly vitrail: 'mode'; readonly mode: 'pick' | 'browse' }
  | { readonly vitrail: 'mark'; readonly selector: string }
  | { readonly vitrail: 'count'; readonly selectors: readonly string[] };

/** The page's address with the editor in it. */
export function withToken(address: string, token: string): string {
  const url = new URL(address);
  url.hash = `${editorFragment}=${token}`;
  return url.href;
}

/** What was typed as an address: `shop.example/sale` is one too. */
export const asAddress = (typed: string): string =>
  typed.trim() === '' || /^https?:\/\//i.test(typed.trim()) ? typed.trim() : `https://${typed.trim()}`;

/** The three of a shop's visitors, in pixels of their screens. */
export const devices = {
  phone: { width: 390, height: 780 },
  tablet: { width: 768, height: 1_024 },
  desktop: { width: 1_280, height: 800 },
} as const;
export type Device = keyof typeof devices;
export const deviceNames = ['phone', 'tablet', 'desktop'] as const satisfies Device[];

/** What conditions call them. */
export const conditionDevice = { phone: 'mobile', tablet: 'tablet', desktop: 'desktop' } as const;

const storageKey = (workspace: number): string => `vitrail.page.${workspace}`;

/** The page that was edited last, in this browser. */
export const lastPage = {
  get(workspace: number): string | null {
    try {
      return localStorage.getItem(storageKey(workspace));
    } catch {
      return null; // storage is switched off
    }
  },
  set(workspace: number, address: string): void {
    try {
      localStorage.setItem(storageKey(workspace), address);
    } catch {
      // Storage is switched off: the address is typed again.
    }
  },
};
