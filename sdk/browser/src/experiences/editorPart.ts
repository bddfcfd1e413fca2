import type { Decision } from './payload.ts';

/** Somebody signed in edits this page. */
export interface EditSession {
  readonly token: string;
  /** The only origin that is talked to. */
  readonly console: string;
  /** The window of the console: around this page, or the one that opened it. */
  readonly peer: Window;
}

/** Brings these onto the page as visitors get them, in place of those before; tells nobody. */
export type Preview = (decisions: readonly Decision[], language: string) => void;

/** What `editor.js` offers. */
export interface EditorPart {
  start(session: EditSession, show: Preview): void;
}
