import type { JsonObject } from '../../platform/index.ts';

/** Everything that points at one person, gathered before anything of it is removed. */
export interface DataSubject {
  readonly workspaceId: number;
  /** All profile rows of the customer. */
  readonly profileIds: readonly number[];
  readonly identifiers: readonly { readonly namespace: string; readonly value: string; readonly raw: string }[];
  readonly orderIds: readonly string[];
}

/** What each room that stores something about people exposes; `app/` puts the list together. */
export interface PersonalData {
  readonly room: string;
  /** All it holds about the person, as JSON, for access and portability (GDPR 15, 20). */
  export(subject: DataSubject): Promise<JsonObject>;
  /**
   * Removes it. Runs after the person's profile is gone, may be repeated after a crash, and resolves when a reader of the
   * store finds nothing any more. Returns what went, by table: counts.
   */
  erase(subject: DataSubject): Promise<Readonly<Record<string, number>>>;
}
