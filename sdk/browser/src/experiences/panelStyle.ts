/** The look of everything we show; lives in a shadow root, so neither the shop's styles come in nor ours get out. */
export const panelStyle = `
:host { all: initial; }
:host(.own) { all: unset; display: block; }
:host(.own) .panel { font: inherit; color: inherit; background: none; padding: 0; }
* { box-sizing: border-box; }
.panel { font: 400 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; color: var(--text); background: var(--background);
  border: 0; padding: 16px; display: flex; flex-wrap: wrap; align-items: center; gap: 12px; overflow-wrap: anywhere; }
.bar { position: fixed; left: 0; right: 0; z-index: 2147483000; justify-content: center; padding: 10px 56px 10px 16px;
  box-shadow: 0 0 12px rgb(0 0 0 / 18%); }
.bar.top { top: 0; } .bar.bottom { bottom: 0; }
.slide { position: fixed; bottom: 16px; width: min(360px, calc(100vw - 32px)); z-index: 2147483000; border-radius: 10px;
  flex-direction: column; align-items: stretch; box-shadow: 0 8px 32px rgb(0 0 0 / 24%); padding-right: 48px; }
.slide.right { right: 16px; } .slide.left { left: 16px; }
.banner, .block { position: relative; }
.banner, :host(:not(.own)) .block { border-radius: 8px; padding-right: 56px; }
dialog { border: 0; border-radius: 12px; width: min(480px, calc(100vw - 32px)); max-height: calc(100vh - 32px); padding: 28px !important;
  flex-direction: column; align-items: stretch !important; box-shadow: 0 16px 64px rgb(0 0 0 / 32%); }
dialog:not([open]) { display: none !important; }
dialog::backdrop { background: rgb(0 0 0 / 48%); }
h2 { font-size: 1.2em; font-weight: 650; line-height: 1.3; margin: 0; }
.bar h2 { font-size: 1em; }
p { margin: 0; white-space: pre-line; }
img { display: block; max-width: 100%; height: auto; border-radius: 6px; }
a.go, button.go { font: inherit; font-weight: 600; display: inline-block; text-align: center; text-decoration: none; border: 0; cursor: pointer;
  color: var(--onAccent); background: var(--accent); padding: 10px 18px; border-radius: 8px; min-height: 44px; }
button.close { position: absolute; top: 6px; right: 6px; width: 44px; height: 44px; border: 0; background: none; color: inherit; font: inherit;
  font-size: 22px; line-height: 1; cursor: pointer; border-radius: 8px; }
.bar button.close { top: 50%; transform: translateY(-50%); }
:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
progress { width: 100%; min-width: 160px; height: 8px; accent-color: var(--accent); }
[role=timer] { font-variant-numeric: tabular-nums; font-weight: 650; }
@media (forced-colors: active) { .panel { border: 1px solid; } }
@media print { .panel { display: none; } }
`;

const usual = { background: '#1f2430', text: '#ffffff', accent: '#ffffff' };
const isColour = (text: string | undefined): text is string => text !== undefined && /^#[0-9a-f]{6}$/i.test(text);

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever reads better. */
const readableOn = (background: string): string =>
  contrast('#ffffff', background) >= contrast('#1a1a1a', background) ? '#ffffff' : '#1a1a1a';

/** Colours that can be read: a text of less than 4.5:1 on its background is replaced by black or white. */
export function coloursOf(style: {
  background?: string | undefined;
  text?: string | undefined;
  accent?: string | undefined;
}) {
  const background = isColour(style.background) ? style.background : usual.background;
  const asked = isColour(style.text) ? style.text : readableOn(background);
  const text = contrast(asked, background) >= 4.5 ? asked : readableOn(background);
  const accent = isColour(style.accent) ? style.accent : text;
  return { background, text, accent, onAccent: readableOn(accent) };
}
