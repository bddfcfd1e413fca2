import type { Panel } from '../form/draft.ts';
import { contrast, enoughContrast, isColour, readableOn } from './contrast.ts';

/** As the script on the shop's pages draws what has no colours of its own (`panelStyle.ts` of the browser package). */
const usual = { ground: '#1f2430', dark: '#1a1a1a', light: '#ffffff' };

/** Colours as asked for, and as visitors get them: a text that cannot be read on its ground becomes black or white. */
export function coloursOf(style: Panel['style']) {
  const background = isColour(style.background) ? style.background : usual.ground;
  const readable = readableOn(background, usual.dark, usual.light);
  const asked = isColour(style.text) ? style.text : readable;
  const text = contrast(asked, background) >= enoughContrast ? asked : readable;
  const accent = isColour(style.accent) ? style.accent : text;
  return { background, asked, text, accent, onAccent: readableOn(accent, usual.dark, usual.light) };
}
