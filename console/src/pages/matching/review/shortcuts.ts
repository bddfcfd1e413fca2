/** What a key does in the queue. */
export type ReviewAction =
  | 'merge'
  | 'distinct'
  | 'unsure'
  | 'undo'
  | 'next'
  | 'previous'
  | 'assign'
  | 'comment'
  | 'help';

/** The letters of the reader's language, one for each action. */
export type Letters = Readonly<Record<ReviewAction, string>>;

/** Keys by their place, the same on every keyboard: digits need the shift key on French ones. */
const places: Readonly<Record<string, ReviewAction>> = {
  Digit1: 'merge',
  Numpad1: 'merge',
  Digit2: 'distinct',
  Numpad2: 'distinct',
  Digit3: 'unsure',
  Numpad3: 'unsure',
  ArrowRight: 'next',
  ArrowLeft: 'previous',
};

interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The action of a key, null for any other. */
export function actionOf(press: KeyPress, letters: Letters): ReviewAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const placed = places[press.code];
  if (placed !== undefined) return placed;
  const pressed = press.key.toLowerCase();
  const actions = [
    'merge',
    'distinct',
    'unsure',
    'undo',
    'next',
    'previous',
    'assign',
    'comment',
    'help',
  ] as const satisfies readonly ReviewAction[];
  return actions.find((action) => letters[action].toLowerCase() === pressed) ?? null;
}
