import { Fault } from '../../../platform/index.ts';

/** A file that cannot be read at all. Messages name the place and what to do, and quote no content. */
export const unreadable = (reason: string, message: string, details: Record<string, unknown> = {}, cause?: unknown) =>
  new Fault('invalid', `imports.${reason}`, message, { details, ...(cause === undefined ? {} : { cause }) });

export const emptyFile = () => unreadable('empty_file', 'The file is empty: there is no row to import.');

export const quoteNeverClosed = (line: number) =>
  unreadable(
    'quote_never_closed',
    `A quotation mark opened in the record that starts on line ${line} is never closed. Nothing after it can be told apart: close it (or double it, if it belongs to the text) and send the file again.`,
    { line },
  );

export const quotesMisplaced = (line: number) =>
  unreadable(
    'quotes_misplaced',
    `Hundreds of cells go on after their closing quotation mark, line ${line} is one of them. A quotation mark inside a quoted cell must be doubled.`,
    { line },
  );

export const recordTooLong = (row: number) =>
  unreadable('record_too_long', `The record that starts on line ${row} is longer than a million characters.`, {
    line: row,
  });

export const unpacksTooLarge = () =>
  unreadable(
    'unpacks_too_large',
    'The compressed file unpacks to far more than any real export does, so reading it was stopped. If it is genuine, send it uncompressed.',
  );
