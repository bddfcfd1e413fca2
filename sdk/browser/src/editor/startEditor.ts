import type { EditSession, Preview } from '../experiences/editorPart.ts';
import type { Decision } from '../experiences/payload.ts';
import { startBrowsing } from './browsing.ts';
import { describeElement } from './describeElement.ts';
import { createMarks } from './marks.ts';
import { startPicking } from './picking.ts';

const isDecision = (value: unknown): value is Decision => {
  const { key, payload } = Object(value);
  return typeof key === 'string' && typeof payload === 'object';
};
const isText = (value: unknown): value is string => typeof value === 'string';

function find(selector: string): Element[] {
  try {
    return [...document.querySelectorAll(selector)];
  } catch {
    return []; // not a selector
  }
}

/** Where a decision needs something of the page's that is not there. */
function hasPlace({ payload }: Decision): boolean {
  if (payload === null) return true;
  if (payload.kind === 'change') return payload.changes.every(({ selector }) => find(selector).length > 0);
  return !('selector' in payload) || find(payload.selector).length > 0;
}

/** Shows what the console wants to see, and tells what is picked. Talks with that one window of that one origin. */
export function startEditor({ token, console, peer }: EditSession, show: Preview): void {
  const marks = createMarks();
  let picks = true;
  const tell = (message: object): void => peer.postMessage(message, console);
  const go = (url: URL): void => {
    url.hash = `vitrail-edit=${token}`;
    location.assign(url);
  };

  const commands = new Map<string, (given: Record<string, unknown>) => void>(
    Object.entries({
      show({ decisions, language }: Record<string, unknown>) {
        const wanted = Array.isArray(decisions) ? decisions.filter(isDecision) : [];
        // Where a redirect leads is another page: it is told, not followed.
        const here = wanted.filter(({ payload }) => payload !== null && payload.kind !== 'redirect');
        show(
          here.map((one) => ({ ...one, trigger: { on: 'load' } })),
          isText(language) ? language : document.documentElement.lang,
        );
        const failed = here.filter((one) => !hasPlace(one)).map(({ key }) => key);
        tell({ vitrail: 'shown', failed });
      },
      mode({ mode }: Record<string, unknown>) {
        picks = mode === 'pick';
        if (!picks) marks.hover(null);
      },
      mark({ selector }: Record<string, unknown>) {
        marks.choose(isText(selector) && selector !== '' ? find(selector) : []);
      },
      count({ selectors }: Record<string, unknown>) {
        const asked = Array.isArray(selectors) ? selectors.filter(isText) : [];
        tell({
          vitrail: 'counted',
          counts: Object.fromEntries(asked.map((selector) => [selector, find(selector).length])),
        });
      },
    }),
  );
  window.addEventListener('message', ({ source, origin, data }) => {
    if (source !== peer || origin !== console) return;
    const given = Object(data);
    if (isText(given.vitrail)) commands.get(given.vitrail)?.(given);
  });

  startPicking({
    marks,
    isOn: () => picks,
    picked(element) {
      marks.choose([element]);
      tell({ vitrail: 'picked', element: describeElement(element) });
    },
    left() {
      marks.hover(null);
      tell({ vitrail: 'left' });
    },
  });
  startBrowsing({ isOn: () => !picks, go, outside: ({ href }) => tell({ vitrail: 'outside', url: href }) });

  const hello = (): void =>
    tell({
      vitrail: 'hello',
      url: location.href,
      title: document.title.slice(0, 500),
      language: document.documentElement.lang.slice(0, 35),
    });
  // Pages without reload change their address as they like.
  let at = location.href;
  setInterval(() => {
    if (at === location.href) return;
    at = location.href;
    hello();
  }, 300);
  // Whatever leads away: a page that does not introduce itself in turn is not edited.
  addEventListener('pagehide', () => tell({ vitrail: 'leaving' }));
  addEventListener('pageshow', ({ persisted }) => persisted && hello());
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', hello, { once: true });
  else hello();
}
