/**
 * Who gets popular products, to compare: always the same people, drawn by their number (FNV-1a with a last mix, so that
 * neighbouring numbers fall apart).
 */
export function armOf(workspace: number, root: number, share: number): 'recommended' | 'popular' {
  let hash = 0x811c9dc5;
  for (const character of `${workspace} ${root} popular`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < share ? 'popular' : 'recommended';
}
