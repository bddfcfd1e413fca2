export { type Access, isMasked, type Principal, principalOf } from './principal.ts';
