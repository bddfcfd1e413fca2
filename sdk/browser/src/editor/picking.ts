import type { Marks } from './marks.ts';

/** What one comes to by keyboard: what a marketer would want to change. */
const worth =
  'h1,h2,h3,h4,h5,h6,p,a,button,img,picture,li,section,header,footer,nav,article,figure,label,input,ul,main,[id]';
const silenced = ['mousedown', 'mouseup', 'pointerdown', 'pointerup', 'dblclick', 'auxclick', 'touchstart', 'submit'];

interface PickingOptions {
  readonly marks: Marks;
  readonly isOn: () => boolean;
  picked(element: Element): void;
  /** Back to the console. */
  left(): void;
}

/** While it is on, the page does nothing by itself: what is pressed is picked. */
export function startPicking({ marks, isOn, picked, left }: PickingOptions): void {
  let at: Element | null = null;
  const go = (element: Element | null): void => {
    at = element;
    marks.hover(element);
  };
  const elementOf = ({ target }: Event): Element | null => {
    const element = target instanceof Element ? target : null;
    // Ours, and the page as a whole, cannot be changed.
    return element === null ||
      element === marks.host ||
      element.closest('[data-vitrail]') !== null ||
      !document.body.contains(element)
      ? null
      : element;
  };
  const seen = (): Element[] =>
    [...document.body.querySelectorAll(worth)].filter(
      (one) =>
        one.checkVisibility?.() !== false && one.getClientRects().length > 0 && one.closest('[data-vitrail]') === null,
    );
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const pick = (element: Element): void => {
    go(element);
    picked(element);
  };
  const byKeyboard = (element: Element): void => {
    go(element);
    element.scrollIntoView({ block: 'nearest' });
    marks.say(`${element.localName} ${(element.textContent ?? '').trim().slice(0, 80)}`);
  };

  const listen = (type: string, work: (event: Event) => void): void =>
    window.addEventListener(type, (event) => isOn() && work(event), { capture: true, passive: false });
  for (const type of silenced) listen(type, stop);
  listen('pointerover', (event) => go(elementOf(event)));
  listen('click', (event) => {
    stop(event);
    const element = elementOf(event);
    if (element !== null) pick(element);
  });
  listen('keydown', (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    const { key } = event;
    if (key === 'Escape') {
      stop(event);
      left();
    } else if (key === 'Enter' || key === ' ') {
      stop(event);
      if (at?.isConnected) pick(at);
    } else if (key === 'ArrowUp') {
      const above = at?.parentElement;
      stop(event);
      if (above && above !== document.documentElement) byKeyboard(above);
    } else if (key === 'Tab') {
      const all = seen();
      const place = at === null ? -1 : all.indexOf(at);
      const next = event.shiftKey ? (place < 0 ? all.length : place) - 1 : place + 1;
      const element = all[next];
      // Behind the last one the focus leaves the page as it always does.
      if (element === undefined) {
        go(null);
        return;
      }
      stop(event);
      byKeyboard(element);
    }
  });
}
