/** Elements that hold other elements only: Liquid between their children has to stand in `mj-raw`. */
const containers = new Set(['mj-body', 'mj-wrapper', 'mj-section', 'mj-column', 'mj-group', 'mj-hero']);
const pieces = /<!--[\s\S]*?-->|<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*?)(\/?)>|[^<]+|</gi;

/**
 * Wraps what stands bare between the elements of an MJML layout into `mj-raw`, so that `{% for %}` and `{% if %}` may stand
 * around sections and columns. Liquid is to be put aside before: a `<` in a condition is no tag.
 */
export function wrapBareText(mjml: string): string {
  const open: string[] = [];
  return mjml.replace(pieces, (piece, closing?: string, name?: string, _attributes?: string, empty?: string) => {
    if (name !== undefined) {
      const tag = name.toLowerCase();
      if (!tag.startsWith('mj')) return piece;
      if (closing === '/') {
        const at = open.lastIndexOf(tag);
        if (at >= 0) open.length = at;
      } else if (empty !== '/') open.push(tag);
      return piece;
    }
    const bare = containers.has(open.at(-1) ?? '') && !piece.startsWith('<!--') && piece.trim() !== '';
    return bare ? `<mj-raw>${piece}</mj-raw>` : piece;
  });
}
