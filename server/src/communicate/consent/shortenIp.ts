import { isIPv4, isIPv6 } from 'node:net';

/**
 * An address without the part that tells a household: the first three numbers of IPv4, the first three groups of IPv6.
 * '' for what is no address.
 */
export function shortenIp(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1] ?? ip;
  if (isIPv4(mapped)) return mapped.replace(/\d+$/, '0');
  if (!isIPv6(ip)) return '';
  const [head = '', tail] = ip.split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const ends = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - ends.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...ends];
  return `${all
    .slice(0, 3)
    .map((group) => group.toLowerCase())
    .join(':')}::`;
}
