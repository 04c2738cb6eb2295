import type { EventId } from '../model.ts';
import type { Queries } from './database.ts';
import { read, written } from './json.ts';
import { sql } from './engines/sql.ts';

/** What a person changed about an event by hand, kept so that it can be told and undone. */
export interface Correction {
  readonly id: string;
  readonly event: EventId;
  readonly at: Date;
  /** Who did it, as the platform names them. */
  readonly by: string;
  readonly reason: string;
  /** What was done and what it takes to undo it: JSON of whoever corrects. */
  readonly change: unknown;
  /** When it was undone; absent while it holds. */
  readonly undone?: Date;
}

/** Stores a correction; one of the same id gives way. */
export async function saveCorrection(db: Queries, correction: Correction): Promise<void> {
  const { id, event, at, undone } = correction;
  await db.query(sql`
    insert into correction (id, event, moment, undone, value)
    values (${id}, ${event}, ${at.getTime()}, ${undone?.getTime() ?? null}, ${written(correction)})
    on conflict (id) do update
    set undone = excluded.undone, value = excluded.value
  `);
}

/** The corrections of an event, or of all events, the latest first. */
export async function findCorrections(
  db: Queries,
  { event, limit }: { readonly event?: EventId | undefined; readonly limit: number },
): Promise<Correction[]> {
  const ofEvent = event === undefined ? sql`` : sql`where event = ${event}`;
  const found = await db.query<{ value: string }>(sql`
    select value
    from correction
    ${ofEvent}
    order by moment desc, id
    limit ${limit}
  `);
  return found.map(({ value }) => read(value) as Correction);
}

/** A correction by its id, whether it holds or was undone. */
export async function findCorrection(db: Queries, id: string): Promise<Correction | undefined> {
  const [row] = await db.query<{ value: string }>(sql`select value from correction where id = ${id}`);
  return row === undefined ? undefined : (read(row.value) as Correction);
}
