import type { Change } from './payload.ts';

/** A page that draws itself anew may undo a change so often; then the change gives up, or the two would fight for ever. */
const mostRepeats = 10;
const hiddenBy = 'data-vitrail-hidden';

interface Applied {
  readonly element: Element;
  readonly restore: () => void;
  repeats: number;
}

export interface Changes {
  /** Puts everything back as it was, where it is still as we left it. */
  stop(): void;
}

/** Ours to set: an address of the shop's own or with https, never one that runs code. */
const isSafe = (address: string): boolean => /^(https:\/\/|\/(?!\/)|#|\?)\S*$/.test(address);

/** One change to one element. `done` tells whether it stands; null: there is nothing to be done. */
function toolFor(change: Change, element: Element): { done(): boolean; apply(): void; restore(): void } | null {
  switch (change.action) {
    case 'text': {
      const before = element.textContent;
      return {
        done: () => element.textContent === change.value,
        apply: () => {
          element.textContent = change.value;
        },
        restore: () => {
          element.textContent = before;
        },
      };
    }
    case 'image':
      return isSafe(change.value) ? attributes(element, { src: change.value, alt: change.alt, srcset: null }) : null;
    case 'link':
      return isSafe(change.value) ? attributes(element, { href: change.value }) : null;
    case 'attribute':
      return /^(title|alt|placeholder|aria-label|class|value)$/.test(change.name)
        ? attributes(element, { [change.name]: change.value })
        : null;
    case 'hide':
      return hide(element);
    case 'move':
      return move(element, change.before);
  }
}

function attributes(element: Element, wanted: Readonly<Record<string, string | null>>) {
  const names = Object.keys(wanted);
  const before = names.map((name) => element.getAttribute(name));
  const put = (name: string, value: string | null | undefined): void => {
    if (value == null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  };
  return {
    done: () => names.every((name) => element.getAttribute(name) === wanted[name]),
    apply: () => {
      for (const name of names) put(name, wanted[name]);
    },
    restore: () => {
      for (const [index, name] of names.entries()) put(name, before[index]);
    },
  };
}

function hide(element: Element) {
  if (!(element instanceof HTMLElement)) return null;
  const before = element.style.display;
  return {
    done: () => element.style.display === 'none',
    apply: () => {
      element.style.setProperty('display', 'none', 'important');
      element.setAttribute(hiddenBy, '');
    },
    restore: () => {
      element.style.display = before;
      element.removeAttribute(hiddenBy);
    },
  };
}

function move(element: Element, before: string) {
  const target = document.querySelector(before);
  const { parentNode, nextSibling } = element;
  if (target === null || parentNode === null || element.contains(target)) return null;
  return {
    done: () => element.nextElementSibling === target,
    apply: () => target.before(element),
    restore: () => {
      if (parentNode.isConnected)
        parentNode.insertBefore(element, nextSibling?.parentNode === parentNode ? nextSibling : null);
    },
  };
}

/**
 * Makes changes to the page and keeps them while a framework draws it anew, up to a limit. `onGivenUp` hears of a change
 * that was undone too often. Selectors that are none, or match nothing, do no harm.
 */
export function applyChanges(changes: readonly Change[], onGivenUp: (selector: string) => void): Changes {
  const applied = new Map<Change, Applied[]>();
  const givenUp = new Set<Change>();

  const elementsOf = ({ selector }: Change): Element[] => {
    try {
      return [...document.querySelectorAll(selector)];
    } catch {
      return [];
    }
  };

  const work = (): void => {
    for (const change of changes) {
      if (givenUp.has(change)) continue;
      const known = applied.get(change) ?? [];
      applied.set(change, known);
      for (const element of elementsOf(change)) {
        let one = known.find((each) => each.element === element);
        const tool = toolFor(change, element);
        if (tool === null || tool.done()) continue;
        if (one === undefined) {
          one = { element, restore: tool.restore, repeats: -1 };
          known.push(one);
        }
        // A framework that replaces the element counts as one that undoes the change to it.
        one.repeats += 1;
        const gone = known.filter((each) => !each.element.isConnected).length;
        const repeats = known.reduce((sum, each) => sum + each.repeats, gone);
        if (repeats > mostRepeats) {
          givenUp.add(change);
          onGivenUp(change.selector);
          break;
        }
        tool.apply();
      }
    }
  };

  const observer = new MutationObserver(work);
  observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true });
  work();
  return {
    stop() {
      observer.disconnect();
      for (const each of [...applied.values()].flat()) if (each.element.isConnected) each.restore();
    },
  };
}
