import { buildImage, type Piece } from './blocks.ts';
import type { Facts } from './facts.ts';
import { coloursOf, panelStyle } from './panelStyle.ts';
import type { LoadedParts } from './parts.ts';
import { type Block, inLanguage, isAsking, type Shown, type Texts } from './payload.ts';

export interface PanelEvents {
  clicked(): void;
  closed(more: object): void;
}

export interface MountedPanel {
  /** What exactly was said, for what is told of the view. */
  readonly told: object;
  isOver(): boolean;
  update(facts: Facts): void;
  /** Takes it away without a word. */
  remove(): void;
}

const closeWords = { en: 'Close', fr: 'Fermer' } as const;
const said = <T>(words: { en: T; fr: T }, language: string): T => (language.startsWith('fr') ? words.fr : words.en);
const isLink = (address: string): boolean => /^(https:\/\/|\/(?!\/)|#|\?)\S*$/.test(address);

const sheets = new Map<string, CSSStyleSheet>();
/** A sheet made by script: a strict content security policy allows it, and all panels share it. */
function sheetOf(style: string): CSSStyleSheet {
  const known = sheets.get(style);
  if (known !== undefined) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  sheets.set(style, sheet);
  return sheet;
}

/** What a panel takes of the page it comes to. */
export interface PageParts {
  readonly language: string;
  readonly facts: Facts;
  /** Where this server answers, without a slash at the end. */
  readonly host: string;
  readonly writeKey: string;
  /** Those that the payload takes. */
  readonly parts: LoadedParts;
}

export interface PanelOptions extends PageParts {
  readonly key: string;
  readonly variant: string;
  readonly version: number | undefined;
  anonymousId(): string | null;
  readonly events: PanelEvents;
  tell(event: string, more: object): void;
}

/** Puts a panel on the page; null when its place is not there. All of an author's words are set as text. */
export function mountPanel(payload: Shown, options: PanelOptions): MountedPanel | null {
  const { language, events, parts } = options;
  const host = document.createElement('div');
  host.dataset.vitrail = options.key;
  const place = 'selector' in payload ? findPlace(payload.selector) : document.body;
  if (place === null) return null;
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [panelStyle, parts.products?.style ?? '', parts.capture?.style ?? ''].map(sheetOf);

  const isDialog = payload.kind === 'modal' || isAsking(payload);
  const panel = document.createElement(isDialog ? 'dialog' : 'section');
  panel.className = `panel ${classOf(payload)}`;
  // A part of the page stands in the page's own letters and colours.
  const asPage = payload.kind === 'block' && payload.style.background === undefined;
  if (asPage) host.className = 'own';
  const colours = coloursOf(asPage ? { ...payload.style, background: '#ffffff' } : payload.style);
  for (const [name, value] of Object.entries(colours)) panel.style.setProperty(`--${name}`, value);

  const texts = inLanguage(payload.texts, language) ?? {};
  const pieces: Piece[] = [];
  let over = false;
  let answered = false;
  const remove = (): void => {
    if (over) return;
    over = true;
    for (const piece of pieces) piece.stop?.();
    host.remove();
  };
  const close = (): void => {
    if (over) return;
    remove();
    if (!answered) events.closed(questionOf(payload));
  };

  fill(panel, payload, {
    ...options,
    texts,
    pieces,
    close,
    answered: () => {
      answered = true;
    },
  });
  // A part of the page that has nothing to say is no part of it.
  if (payload.kind === 'block' && payload.blocks.length > 0 && pieces.length === 0) return null;
  root.append(panel);
  put(host, payload, place);
  if (panel instanceof HTMLDialogElement) {
    // Esc and the browser's own ways of closing.
    panel.addEventListener('close', close);
    panel.addEventListener('click', (event) => event.target === panel && payload.closable && panel.close());
    panel.addEventListener('cancel', (event) => !payload.closable && event.preventDefault());
    panel.showModal();
  }
  return {
    told: Object.assign({}, ...pieces.map(({ told }) => told)),
    isOver: () => over,
    update: (facts) => {
      for (const piece of pieces) piece.update?.(facts);
    },
    remove,
  };
}

function fill(
  panel: HTMLElement,
  payload: Shown,
  parts: PanelOptions & { texts: Texts; pieces: Piece[]; close: () => void; answered: () => void },
): void {
  const { texts, language, events } = parts;
  if (texts.title !== undefined) {
    const title = document.createElement('h2');
    title.id = 'title';
    title.textContent = texts.title;
    panel.append(title);
    panel.setAttribute('aria-labelledby', 'title');
  } else panel.setAttribute('aria-label', texts.button ?? texts.body?.slice(0, 80) ?? '');
  if (texts.body !== undefined && texts.body !== '') {
    const body = document.createElement('p');
    body.textContent = texts.body;
    panel.append(body);
  }
  for (const block of payload.blocks) {
    const piece = pieceOf(block, parts);
    if (piece === null) continue;
    parts.pieces.push(piece);
    panel.append(piece.element);
  }
  if (isAsking(payload)) {
    const asking = parts.parts.capture?.build(payload, { ...parts, clicked: events.clicked });
    if (asking !== undefined) panel.append(asking);
  } else if (payload.link !== undefined && texts.button !== undefined && isLink(payload.link)) {
    const go = document.createElement('a');
    go.className = 'go';
    go.href = payload.link;
    go.textContent = texts.button;
    go.addEventListener('click', () => events.clicked());
    panel.append(go);
  }
  if (!payload.closable) return;
  const cross = document.createElement('button');
  cross.type = 'button';
  cross.className = 'close';
  cross.textContent = '×';
  cross.setAttribute('aria-label', texts.close ?? said(closeWords, language));
  cross.addEventListener('click', parts.close);
  panel.append(cross);
}

const pieceOf = (block: Block, options: PanelOptions): Piece | null =>
  block.type === 'image'
    ? buildImage(block)
    : (options.parts.products?.buildBlock(block, { ...options, clicked: options.events.clicked }) ?? null);

/** Of what is asked one at a time: which it was. */
const questionOf = (payload: Shown): object =>
  payload.kind === 'form' && payload.ask === 'unknown' ? { question: payload.questions[0]?.trait } : {};

function classOf(payload: Shown): string {
  if (payload.kind === 'bar') return `bar ${payload.place}`;
  if (payload.kind === 'slide_in') return `slide ${payload.place}`;
  return payload.kind;
}

function findPlace(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null; // not a selector
  }
}

function put(host: HTMLElement, payload: Shown, place: Element): void {
  if (!('selector' in payload) || payload.place === 'inside') place.append(host);
  else if (payload.place === 'before') place.before(host);
  else place.after(host);
}
