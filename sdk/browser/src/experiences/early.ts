import { changesKey } from './memory.ts';

/**
 * For the head of the page, before anything is painted: makes the changes that were decided for this page the last time,
 * as its elements arrive. Until the answer for this visit is there, which then keeps or ends them. Where nothing is kept, what
 * the script's `data-hold` names (selectors, with commas) waits unseen for the answer, 300 ms at most; the rest is painted.
 */
interface Early {
  /** Puts everything back: whoever calls makes the changes that stand now, before the next paint. */
  stop(): void;
}
interface Kept {
  readonly action: string;
  readonly selector: string;
  readonly value?: string;
}

const kept = ((): readonly Kept[] => {
  try {
    const pages = Object(JSON.parse(localStorage.getItem(changesKey) ?? '{}'));
    const { changes } = Object(pages[location.pathname]);
    return Array.isArray(changes) ? changes : [];
  } catch {
    return [];
  }
})();

const longestHoldMs = 300;
const { hold } = document.currentScript?.dataset ?? {};

if (kept.length === 0 && hold !== undefined) {
  const sheet = new CSSStyleSheet();
  // A sheet made by script: a strict policy allows it.
  sheet.replaceSync(`${hold}{visibility:hidden!important}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const early: Early = {
    stop() {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
  Object.assign(window, { vitrailEarly: early });
  setTimeout(early.stop, longestHoldMs);
}

if (kept.length > 0) {
  const undo = new Map<HTMLElement, () => void>();
  const hide = (element: HTMLElement): void => {
    if (undo.has(element)) return;
    const { display } = element.style;
    undo.set(element, () => {
      element.style.display = display;
    });
    element.style.setProperty('display', 'none', 'important');
  };
  /** An element arrives before its text does: what comes behind ours is what was there. */
  const say = (element: HTMLElement, words: string): void => {
    const text = element.textContent ?? '';
    if (text === words) return;
    const before = undo.has(element) && text.startsWith(words) ? text.slice(words.length) : text;
    undo.set(element, () => {
      element.textContent = before;
    });
    element.textContent = words;
  };
  const work = (): void => {
    for (const { action, selector, value } of kept) {
      for (const element of document.querySelectorAll<HTMLElement>(selector)) {
        if (action === 'hide') hide(element);
        else if (action === 'text') say(element, value ?? '');
      }
    }
  };
  const observer = new MutationObserver(work);
  // Also characters: a parser adds what comes to the text that is there.
  observer.observe(document, { childList: true, characterData: true, subtree: true });
  // Only while the page arrives: what a framework draws anew is for the client, which knows when to give up.
  document.addEventListener('DOMContentLoaded', () => {
    observer.disconnect();
    work();
  });
  const early: Early = {
    stop() {
      observer.disconnect();
      for (const back of undo.values()) back();
      undo.clear();
    },
  };
  Object.assign(window, { vitrailEarly: early });
}
