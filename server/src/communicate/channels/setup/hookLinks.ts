import type { Signer } from '../../consent/signTokens.ts';

/** Which workspace, and which of its providers, an address for news belongs to. Provider 0: mail of any server. */
export interface HookSubject {
  readonly workspace: number;
  readonly provider: number;
}

/** Addresses that providers send their news to: they cannot be guessed, and each stands for one provider. */
export interface HookLinks {
  write(kind: string, subject: HookSubject): string;
  read(token: string): HookSubject | null;
}

export function createHookLinks(signer: Signer, publicUrl: string): HookLinks {
  const origin = publicUrl.replace(/\/+$/, '');
  return {
    write: (kind, { workspace, provider }) =>
      `${origin}/m/hooks/${kind}/${signer.sign(`hook.${workspace}.${provider}`)}`,
    read(token) {
      const [, workspace, provider] = /^hook\.(\d{1,9})\.(\d{1,9})$/.exec(signer.open(token) ?? '') ?? [];
      if (workspace === undefined || provider === undefined) return null;
      return { workspace: Number(workspace), provider: Number(provider) };
    },
  };
}
