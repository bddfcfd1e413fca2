import type { EditorPart, EditSession, Preview } from './editorPart.ts';

interface Entry {
  readonly host: string;
  readonly writeKey: string;
  readonly load: () => Promise<EditorPart | undefined>;
  readonly show: Preview;
}

/** The console behind the token in the address, when the server knows the token for this very page. */
async function readSession({ host, writeKey }: Entry): Promise<EditSession | null> {
  const token = /^#vitrail-edit=([\w-]+\.[\w-]+)$/.exec(location.hash)?.[1];
  // Without a console around or behind the page there is nobody to talk to.
  const peer = window.parent === window ? window.opener : window.parent;
  if (token === undefined || peer === null) return null;
  try {
    const answer = await fetch(`${host}/v1/editor`, { method: 'POST', body: JSON.stringify({ writeKey, token }) });
    const { console } = answer.ok ? Object(await answer.json()) : {};
    return typeof console === 'string' ? { token, console, peer } : null;
  } catch {
    return null;
  }
}

/** Lets the console's editor in, or answers false: then this is a page like any other. */
export async function enterEditor(entry: Entry): Promise<boolean> {
  const session = await readSession(entry);
  Object(window).vitrailEditing = session !== null;
  if (session === null) return false;
  history.replaceState(history.state, '', location.pathname + location.search);
  Object(window).vitrailEarly?.stop();
  (await entry.load().catch(() => undefined))?.start(session, entry.show);
  return true;
}
