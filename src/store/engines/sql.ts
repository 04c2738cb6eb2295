/** What a statement may hand to an engine. Moments go as epoch milliseconds, days and JSON as text. */
export type Value = string | number | null | Uint8Array;

/** SQL text in pieces, with a value between each piece and the next. */
export interface Statement {
  readonly parts: readonly string[];
  readonly values: readonly Value[];
}

/**
 * Writes a statement with its values apart from its text: sql`… where id = ${id}`.
 *
 * A statement among the values is put in as it stands, with its own values.
 */
export function sql(parts: readonly string[], ...values: readonly (Value | Statement)[]): Statement {
  const [first = '', ...rest] = parts;
  const texts = [first];
  const plain: Value[] = [];
  rest.forEach((part, index) => {
    const value = values[index] ?? null;
    if (isStatement(value)) {
      const [head = '', ...tail] = value.parts;
      texts.push(`${texts.pop()}${head}`, ...tail);
      plain.push(...value.values);
      texts.push(`${texts.pop()}${part}`);
    } else {
      texts.push(part);
      plain.push(value);
    }
  });
  return { parts: texts, values: plain };
}

/** The text as the engine reads it: `place` writes the mark of the nth value, counted from 1. */
export function textOf({ parts }: Statement, place: (number: number) => string): string {
  return parts.reduce((text, part, index) => `${text}${place(index)}${part}`);
}

/** Statements one after the other with `separator` between them; empty when there are none. */
export function joined(statements: readonly Statement[], separator: string): Statement {
  if (statements.length === 0) return raw('');
  const between = ['', ...statements.slice(1).map(() => separator), ''];
  return sql(between, ...statements);
}

/** Values for `in (…)`. */
export function list(values: readonly Value[]): Statement {
  return values.length === 0 ? raw('') : { parts: ['', ...values.slice(1).map(() => ', '), ''], values };
}

/** Rows for `insert … values …`. */
export function rows(lines: readonly (readonly Value[])[]): Statement {
  const between = lines.flatMap((line, index) => [
    index === 0 ? '(' : '), (',
    ...line.slice(1).map(() => ', '),
  ]);
  return { parts: [...between, ')'], values: lines.flat() };
}

/** A piece of SQL that is not a value. Only for text written in this room. */
export function raw(text: string): Statement {
  return { parts: [text], values: [] };
}

function isStatement(value: Value | Statement): value is Statement {
  return typeof value === 'object' && value !== null && 'parts' in value;
}
