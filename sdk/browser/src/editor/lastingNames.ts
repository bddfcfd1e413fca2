/** Numbers of rows, hashes of builds and ids of sessions change with the next release; words stay. */
export const isGenerated = (name: string): boolean =>
  /\d{3,}|^:|^_|^(css|sc|jss|svelte|emotion)-|__[\w-]*\d/.test(name) ||
  /(?=[a-f]*\d)[0-9a-f]{6,}/.test(name) ||
  /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])\S{5,}$/.test(name);

/** Says how an element is at the moment, not what it is. */
export const isState = (name: string): boolean =>
  /^(is|has|js)-|(^|[-_])(active|current|open|opened|visible|hidden|hover|focus|selected|loaded|loading|disabled|shown)$/i.test(
    name,
  );
