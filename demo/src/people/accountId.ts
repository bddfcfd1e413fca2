/**
 * The shop's user id for an account: 72 bits drawn from the e-mail address, so that the generator, the storefront and
 * the live visitors give one person one id without sharing a database. Not a secret and not meant to hide the address.
 */
export function accountIdOf(email: string): string {
  const text = email.trim().toLowerCase();
  return `u_${[0x1b873593, 0x2545f491, 0x6a09e667].map((seed) => hash24(text, seed)).join('')}`;
}

function hash24(text: string, seed: number): string {
  let h = seed | 0;
  for (let place = 0; place < text.length; place++) {
    h = Math.imul(h ^ text.charCodeAt(place), 0x5bd1e995);
    h ^= h >>> 13;
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h ^= h >>> 13;
  return (h & 0xffffff).toString(16).padStart(6, '0');
}
