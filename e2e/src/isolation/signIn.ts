import { sessionRequestHeader, workspaceHeader } from '@vitrail/contracts';

/** Signs in as the console does; the answer holds the headers of its later requests, in this workspace if told. */
export async function signIn(
  url: string,
  who: { email: string; password: string },
  workspace?: number,
): Promise<Record<string, string>> {
  const page = {
    origin: url,
    'sec-fetch-site': 'same-origin',
    [sessionRequestHeader.name]: sessionRequestHeader.value,
  };
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { ...page, 'content-type': 'application/json' },
    body: JSON.stringify(who),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  return { ...page, cookie, ...(workspace === undefined ? {} : { [workspaceHeader]: String(workspace) }) };
}
