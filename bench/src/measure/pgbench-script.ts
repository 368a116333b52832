import type { Postgres, SqlParameter, SqlStatement } from '@daywatch/service-kit/postgres';

/** A statement as an adapter sent it. */
export interface SentStatement {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
}

/** What a database does, and a record of what was sent to it, transactions included. */
export interface RecordedPostgres {
  readonly postgres: Postgres;
  readonly sent: SentStatement[];
}

/** Listens in on an adapter, so that the limit is measured with its very statements, locks included. */
export function recordStatements(postgres: Postgres): RecordedPostgres {
  const sent: SentStatement[] = [];
  const note = (text: string, parameters: readonly SqlParameter[] = []): void => {
    sent.push({ text, parameters });
  };
  const recorded: Postgres = {
    ...postgres,
    query: <Row>(statement: SqlStatement<Row>, parameters: readonly SqlParameter[], signal?: AbortSignal) => {
      note(statement.text, parameters);
      return postgres.query(statement, parameters, signal);
    },
    transaction: async (work, signal) => {
      note('BEGIN');
      const result = await postgres.transaction(
        (queries) =>
          work({
            query: (statement, parameters, innerSignal) => {
              note(statement.text, parameters);
              return queries.query(statement, parameters, innerSignal);
            },
          }),
        signal,
      );
      note('COMMIT');
      return result;
    },
  };
  return { postgres: recorded, sent };
}

/**
 * Statements as the lines of a pgbench script. A parameter that is one of `replacements` becomes its
 * SQL expression, so that each turn of the script means another row; the others are written as they are.
 * An array of several is named by its items with commas between them: long ones are made by the database.
 */
export function toPgbenchLines(
  sent: readonly SentStatement[],
  replacements: ReadonlyMap<string, string>,
): readonly string[] {
  return sent.map(({ text, parameters }) => {
    const line = text
      .replaceAll(/--[^\n]*/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
    return `${line.replaceAll(/\$(\d+)/g, (_, n: string) => toSql(parameters[Number(n) - 1], replacements))};`;
  });
}

function toSql(parameter: SqlParameter | undefined, replacements: ReadonlyMap<string, string>): string {
  if (parameter === null || parameter === undefined) return 'NULL';
  if (Array.isArray(parameter)) return arrayToSql(parameter as readonly SqlParameter[], replacements);
  const replacement = replacements.get(String(parameter));
  if (replacement !== undefined) return `(${replacement})`;
  return typeof parameter === 'number' ? String(parameter) : quote(String(parameter));
}

function arrayToSql(items: readonly SqlParameter[], replacements: ReadonlyMap<string, string>): string {
  const whole = items.length > 1 ? replacements.get(items.join(',')) : undefined;
  if (whole !== undefined) return `(${whole})`;
  if (!items.some((item) => replacements.has(String(item)))) return quote(`{${items.map(String).join(',')}}`);
  return `ARRAY[${items.map((item) => toSql(item, replacements)).join(', ')}]`;
}

/** pgbench takes `:word` for a variable, also inside of a text. */
function quote(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  if (!/:[\p{L}_]/u.test(text)) return quoted;
  return `E${quoted.replaceAll('\\', String.raw`\\`).replaceAll(':', String.raw`\x3a`)}`;
}
