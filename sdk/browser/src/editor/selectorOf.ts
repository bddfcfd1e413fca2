import { isGenerated, isState } from './lastingNames.ts';

/** Why a selector may find something else tomorrow: it counts places, or names what a build tool made up. */
export type Fragility = 'place' | 'generated';

/** A selector that finds exactly this element now, and what there is to say against it. */
export interface Found {
  readonly selector: string;
  readonly count: number;
  readonly fragile: Fragility | null;
}

const longest = 300;
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Of which a page has one, by what they are for. */
const single = /^(h1|main|header|footer|nav|aside|form)$/;
const tagOf = (element: Element): string => element.localName;

/** Ids, `data-` attributes made for naming, and names of fields: what shops do not change without need. */
function names(element: Element): string[] {
  const { id } = element;
  const own = id !== '' && !isGenerated(id) && id.length <= 60 ? [`#${CSS.escape(id)}`] : [];
  const given = [...element.attributes].flatMap(({ name, value }) => {
    const isName = /^data-(?!v-|react|vitrail|state|index)/.test(name) || name === 'name' || name === 'itemprop';
    return isName && value !== '' && value.length <= 60 && !isGenerated(value)
      ? [`${tagOf(element)}[${name}=${quoted(value)}]`]
      : [];
  });
  return [...own, ...given];
}

function classes(element: Element): string[] {
  const lasting = [...element.classList].filter((name) => name.length <= 40 && !isGenerated(name) && !isState(name));
  const each = lasting.map((name) => `${tagOf(element)}.${CSS.escape(name)}`);
  return lasting.length < 2
    ? each
    : [...each, `${tagOf(element)}.${lasting.map((name) => CSS.escape(name)).join('.')}`];
}

/** A link is known by where it leads, a picture by what it shows. */
function contents(element: Element): string[] {
  const href = element.getAttribute('href');
  const label = element.getAttribute('aria-label');
  return [
    ...(href !== null && /^\/[^?#]*$/.test(href) && !isGenerated(href)
      ? [`${tagOf(element)}[href=${quoted(href)}]`]
      : []),
    ...(label !== null && label.length <= 60 ? [`${tagOf(element)}[aria-label=${quoted(label)}]`] : []),
  ];
}

/** What it is called wherever it stands. */
const ownNames = (element: Element): string[] => [
  ...names(element),
  ...classes(element),
  ...contents(element),
  ...(single.test(element.localName) ? [tagOf(element)] : []),
];
/** What it is called within something else. */
const namesWithin = (element: Element): string[] => [...new Set([...ownNames(element), tagOf(element)])];

/** Its place among its own kind, where it is not the only one. */
function step(element: Element): string {
  const same = [...(element.parentElement?.children ?? [])].filter((one) => one.localName === element.localName);
  return same.length < 2 ? tagOf(element) : `${tagOf(element)}:nth-of-type(${same.indexOf(element) + 1})`;
}

/** The one selector to propose for an element: the most lasting of those that find it alone. */
export function selectorOf(element: Element, root: ParentNode = document): Found {
  const count = (selector: string): number => root.querySelectorAll(selector).length;
  const findsIt = (selector: string): boolean => selector.length <= longest && count(selector) === 1;
  const alone = ownNames(element).find(findsIt);
  if (alone !== undefined) return { selector: alone, count: 1, fragile: null };

  // Within something that has a name of its own.
  let path = step(element);
  for (let above = element.parentElement; above !== null; above = above.parentElement) {
    for (const anchor of ownNames(above)) {
      if (count(anchor) !== 1) continue;
      const within = namesWithin(element)
        .map((name) => `${anchor} ${name}`)
        .find(findsIt);
      if (within !== undefined) return { selector: within, count: 1, fragile: null };
      const placed = `${anchor} > ${path}`;
      if (findsIt(placed))
        return { selector: placed, count: 1, fragile: placed.includes(':nth-of-type') ? 'place' : null };
    }
    path = `${step(above)} > ${path}`;
  }
  const { id } = element;
  if (id !== '' && findsIt(`#${CSS.escape(id)}`))
    return { selector: `#${CSS.escape(id)}`, count: 1, fragile: 'generated' };
  const steps = path.split(' > ');
  while (steps.join(' > ').length > longest) steps.shift();
  const counted = steps.join(' > ');
  return { selector: counted, count: count(counted), fragile: 'place' };
}
