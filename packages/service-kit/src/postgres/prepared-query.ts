import { Query, type ClientBase, type Connection } from 'pg';
import type { SqlParameter, SqlStatement } from './sql-statement.ts';
import { typeParsers } from './types.ts';

/**
 * Runs a prepared statement. The server is asked once for each connection what the statement answers: the
 * driver's own query asks each time, and reading the answer costs a small read a quarter of its CPU time. What
 * a prepared statement answers cannot change; the server refuses to run it when its tables have changed.
 */
export function runPrepared<Row>(
  client: ClientBase,
  statement: SqlStatement<Row>,
  parameters: readonly SqlParameter[],
): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    client.query(
      new PreparedQuery(statement, parameters, (error, rows) => {
        if (error) reject(error);
        else resolve(rows as Row[]);
      }),
    );
  });
}

type Callback = (error: Error | null, rows?: readonly object[]) => void;

/** How the columns of a row become the properties of an object. */
interface RowShape {
  readonly names: readonly string[];
  readonly parsers: readonly ((text: string) => unknown)[];
}

const NO_COLUMNS: RowShape = { names: [], parsers: [] };

/** By connection, and by the name of the statement that is prepared on it. */
const shapesByConnection = new WeakMap<Connection, Map<string, RowShape>>();

/** What the driver's types do not tell of its query. */
const driver = Query.prototype as unknown as { prepare(connection: Connection): void };

/** Every method is called by the driver, in the order in which they stand here. */
class PreparedQuery extends Query {
  // These three are read by the driver, which also puts a deadline around the callback.
  readonly name: string;
  readonly values: readonly SqlParameter[];
  readonly callback: Callback;
  #shapes: Map<string, RowShape> | undefined;
  #shape: RowShape | undefined;
  #failure: Error | null = null;
  readonly #found: object[] = [];

  constructor({ name, text }: SqlStatement<unknown>, values: readonly SqlParameter[], callback: Callback) {
    super(text);
    this.name = name;
    this.values = values;
    this.callback = callback;
  }

  prepare(connection: Connection): void {
    this.#shapes = shapesOf(connection);
    this.#shape = this.#shapes.get(this.name);
    if (!this.#shape) return driver.prepare.call(this, connection);
    connection.bind({ statement: this.name, values: this.values.map(encodeParameter) }, true);
    connection.execute({}, true);
    connection.sync();
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#learn({
      names: fields.map(({ name }) => name),
      parsers: fields.map(({ dataTypeID }) => typeParsers.getTypeParser(dataTypeID, 'text')),
    });
  }

  handleDataRow({ fields: values }: { readonly fields: readonly (string | null)[] }): void {
    const { names, parsers } = this.#shape ?? NO_COLUMNS;
    try {
      const row: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) {
        const value = values[i];
        row[names[i] as string] = value == null ? null : parsers[i]?.(value);
      }
      this.#found.push(row);
    } catch (error) {
      this.#failure ??= error as Error;
    }
  }

  handleCommandComplete(): void {
    if (!this.#shape) this.#learn(NO_COLUMNS);
  }

  handleReadyForQuery(): void {
    this.callback(this.#failure, this.#found);
  }

  #learn(shape: RowShape): void {
    this.#shape = shape;
    this.#shapes?.set(this.name, shape);
  }
}

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

function shapesOf(connection: Connection): Map<string, RowShape> {
  let shapes = shapesByConnection.get(connection);
  if (!shapes) {
    shapes = new Map();
    shapesByConnection.set(connection, shapes);
  }
  return shapes;
}

/** A parameter as PostgreSQL reads it: text, and arrays in their own form of it; bytes as they are. */
function encodeParameter(value: SqlParameter): string | Buffer | null {
  if (value === null) return null;
  if (value instanceof Uint8Array) return bufferOf(value);
  return typeof value === 'object' ? `{${value.map(encodeElement).join(',')}}` : String(value);
}

/** What a text in an array has to be kept apart from. Most have none, and looking is cheaper than replacing. */
const SPECIAL = /["\\]/;
const SPECIALS = /["\\]/g;

function encodeElement(element: string | number | boolean | Uint8Array | null): string {
  if (element === null) return 'NULL';
  // In an array bytes are text like the rest of it: the first backslash keeps the second.
  if (element instanceof Uint8Array) return String.raw`"\\x${bufferOf(element).toString('hex')}"`;
  if (typeof element !== 'string') return String(element);
  return `"${SPECIAL.test(element) ? element.replaceAll(SPECIALS, String.raw`\$&`) : element}"`;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
