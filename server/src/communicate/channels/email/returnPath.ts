/** Before the reference in an address by which people leave: `bounces+leave-7-16-abc…@shop.example`. */
export const leaveMark = 'leave-';

/** One address for each message (VERP): `bounces@shop.example` → `bounces+<tag>@shop.example`. */
export function verp(returnPath: string, tag: string): string {
  const at = returnPath.lastIndexOf('@');
  return `${returnPath.slice(0, at)}+${tag}${returnPath.slice(at)}`;
}
