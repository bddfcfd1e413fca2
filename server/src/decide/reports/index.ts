export { about } from './about.ts';
export { readScope } from './scope.ts';
