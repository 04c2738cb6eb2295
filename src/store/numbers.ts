import { hash } from 'node:crypto';
import type { Queries } from './database.ts';
import { list, raw, sql } from './engines/sql.ts';

const MINUTE_MS = 60_000;
/** Room within one minute: with 25 bits for the minutes a number stays below 2^53 until the year 2097. */
const PER_MINUTE = 2 ** 27;

/** A whole number of 52 bits that stands for a text; two texts in 10 million share one with a chance of 1 in 90. */
export function fingerprint(text: string): number {
  return Number.parseInt(hash('sha1', text, 'hex').slice(0, 13), 16);
}

/** A short name for a value, made from all that is in it: 120 bits. */
export function keyOf(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, 20);
}

/** The least number that a row of this moment can have; numbers grow with the moments. */
export function firstNumberAt(moment: Date): number {
  return Math.max(0, Math.floor(moment.getTime() / MINUTE_MS)) * PER_MINUTE;
}

/** Gives rows numbers that sort as their moments do, none of them taken. */
export async function freeNumbers(
  tx: Queries,
  table: 'item' | 'event',
  given: readonly { readonly id: string; readonly moment: Date }[],
): Promise<number[]> {
  const wished = given.map(({ id, moment }) => firstNumberAt(moment) + (fingerprint(id) % PER_MINUTE));
  const rows = await tx.query<{ number: number }>(
    sql`select number from ${raw(table)} where number in (${list(wished)})`,
  );
  const taken = new Set(rows.map(({ number }) => number));
  return wished.map((first) => {
    let number = first;
    while (taken.has(number)) number += 1;
    taken.add(number);
    return number;
  });
}
