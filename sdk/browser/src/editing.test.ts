import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { unlessEdited } from './editing.ts';

const page: { vitrailEditing?: boolean } = {};
const go = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', { hash: '#vitrail-edit=abc.def' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  delete page.vitrailEditing;
  go.mockClear();
});

it('begins at once on every other address', () => {
  vi.stubGlobal('location', { hash: '#contact' });
  unlessEdited(go);
  expect(go).toHaveBeenCalledOnce();
});

it('waits for the answer about the token, and never begins when somebody edits', () => {
  unlessEdited(go);
  vi.advanceTimersByTime(1_000);
  expect(go).not.toHaveBeenCalled();
  page.vitrailEditing = true;
  vi.advanceTimersByTime(20_000);
  expect(go).not.toHaveBeenCalled();
});

it('begins when the token is none', () => {
  unlessEdited(go);
  page.vitrailEditing = false;
  vi.advanceTimersByTime(200);
  expect(go).toHaveBeenCalledOnce();
});

it('begins on a page on which nobody could edit', () => {
  unlessEdited(go);
  vi.advanceTimersByTime(20_000);
  expect(go).toHaveBeenCalledOnce();
});
