import type { Trigger } from './payload.ts';

/** Hears of the shop's events by name. */
export type OnEvent = (name: string, listener: () => void) => () => void;

/**
 * Calls back once, when the moment has come. Returns what ends the waiting. Nothing here keeps a page from going into the
 * back-forward cache.
 */
export function waitFor(trigger: Trigger, onEvent: OnEvent, due: () => void): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    over = true;
    clearTimeout(timer);
    abort.abort();
  };
  const fire = (): void => {
    if (over) return;
    stop();
    due();
  };
  const listen = (target: EventTarget, type: string, work: (event: Event) => void): void =>
    target.addEventListener(type, work, { signal, passive: true, capture: true });

  switch (trigger.on) {
    case 'load':
      fire();
      break;
    case 'delay':
      timer = setTimeout(fire, trigger.seconds * 1_000);
      break;
    case 'idle': {
      const again = (): void => {
        clearTimeout(timer);
        timer = setTimeout(fire, trigger.seconds * 1_000);
      };
      for (const type of ['pointermove', 'keydown', 'scroll', 'touchstart']) listen(document, type, again);
      again();
      break;
    }
    case 'scroll': {
      const look = (): void => {
        const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
        const room = scrollHeight - clientHeight;
        if (room <= 0 || (scrollTop / room) * 100 >= trigger.percent) fire();
      };
      listen(document, 'scroll', look);
      break;
    }
    case 'exit':
      // The pointer leaves at the top. On a phone nobody leaves so: there it shows when the visitor comes back to the page.
      listen(document, 'mouseout', (event) => {
        if (event instanceof MouseEvent && event.relatedTarget === null && event.clientY <= 0) fire();
      });
      listen(document, 'visibilitychange', () => {
        if (document.visibilityState === 'visible' && matchMedia('(hover: none)').matches) fire();
      });
      break;
    case 'click':
      listen(document, 'click', ({ target }) => {
        if (target instanceof Element && closest(target, trigger.selector)) fire();
      });
      break;
    case 'event': {
      const off = onEvent(trigger.event, fire);
      signal.addEventListener('abort', off);
      break;
    }
  }
  return stop;
}

function closest(element: Element, selector: string): boolean {
  try {
    return element.closest(selector) !== null;
  } catch {
    return false; // not a selector
  }
}
