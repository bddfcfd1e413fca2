/** Words of a panel. */
export interface Texts {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly button?: string | undefined;
  readonly close?: string | undefined;
}
