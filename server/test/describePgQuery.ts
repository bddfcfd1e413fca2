import type { Client, Connection, FieldDef, Submittable } from 'pg';

/** What the server says about a statement: the type numbers of its parameters, and its result columns. */
export interface PgDescription {
  readonly parameters: readonly number[];
  readonly columns: readonly { readonly name: string; readonly type: number }[];
}

/**
 * Parse, Describe, Sync: the server reads and plans the statement and says its types, without running it. Spoken on the
 * wire because SQL alone shows the result columns from PostgreSQL 16 on only.
 */
class Description implements Submittable {
  readonly result: Promise<PgDescription>;
  readonly #text: string;
  #columns: PgDescription['columns'] = [];
  #parameters: readonly number[] = [];
  #resolve: (description: PgDescription) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #stop = (): void => undefined;

  constructor(text: string) {
    this.#text = text;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    const onParameters = (message: { dataTypeIDs: number[] }) => {
      this.#parameters = message.dataTypeIDs;
    };
    connection.on('parameterDescription', onParameters);
    this.#stop = () => connection.off('parameterDescription', onParameters);
    connection.parse({ text: this.#text, name: '', types: [] }, true);
    connection.describe({ type: 'S', name: '' }, true);
    connection.sync();
  }

  handleRowDescription(message: { fields: FieldDef[] }): void {
    this.#columns = message.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
  }

  handleError(error: Error): void {
    this.#stop();
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#stop();
    this.#resolve({ parameters: this.#parameters, columns: this.#columns });
  }
}

/** Asks the server to describe a statement. Throws its error when the statement does not fit the schema. */
export function describePgQuery(client: Client, text: string): Promise<PgDescription> {
  return client.query(new Description(text)).result;
}
