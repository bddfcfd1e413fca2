/** Outlines over the page; they stand in a shadow of their own and nothing can be pressed through them. */
export interface Marks {
  readonly host: HTMLElement;
  /** The element under the pointer, or reached by keyboard. */
  hover(element: Element | null): void;
  /** Everything a selector finds. */
  choose(elements: readonly Element[]): void;
  say(text: string): void;
}

const style = `
:host { all: initial; }
div { position: fixed; z-index: 2147483647; pointer-events: none; box-sizing: border-box; border-radius: 3px; }
.hover { border: 2px dashed #0b63ce; background: rgb(11 99 206 / 10%); }
.chosen { border: 3px solid #0b63ce; box-shadow: 0 0 0 2px #fff; }
p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;

export function createMarks(): Marks {
  const host = document.createElement('vitrail-marks');
  const root = host.attachShadow({ mode: 'closed' });
  // A sheet made by script stands under the strictest policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const spoken = document.createElement('p');
  spoken.setAttribute('role', 'status');
  root.append(spoken);
  document.documentElement.append(host);

  const boxes = new Map<Element, HTMLElement>();
  let under: { element: Element; box: HTMLElement } | null = null;
  const boxOf = (name: string): HTMLElement => {
    const box = document.createElement('div');
    box.className = name;
    root.append(box);
    return box;
  };
  const place = (element: Element, box: HTMLElement): void => {
    const { left, top, width, height } = element.getBoundingClientRect();
    for (const [name, value] of Object.entries({ left, top, width, height })) box.style.setProperty(name, `${value}px`);
    box.hidden = width === 0 && height === 0;
  };
  // Pages move in ways that no event tells; reading a few rectangles each frame costs less than following them all.
  const follow = (): void => {
    for (const [element, box] of boxes) place(element, box);
    if (under !== null) place(under.element, under.box);
    requestAnimationFrame(follow);
  };
  requestAnimationFrame(follow);

  return {
    host,
    hover(element) {
      if (under?.element === element) return;
      under?.box.remove();
      under = element === null ? null : { element, box: boxOf('hover') };
    },
    choose(elements) {
      for (const box of boxes.values()) box.remove();
      boxes.clear();
      for (const element of elements.slice(0, 50)) boxes.set(element, boxOf('chosen'));
      elements[0]?.scrollIntoView({ block: 'nearest' });
    },
    say(text) {
      spoken.textContent = text;
    },
  };
}
