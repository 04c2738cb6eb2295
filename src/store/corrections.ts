import { z } from 'zod';
import { type EventId, type ItemId, type NewsEvent, precisions, statuses, type When } from '../model.ts';
import type { Queries } from './database.ts';
import { list, rows, sql, type Statement } from './engines/sql.ts';
import { read, written } from './json.ts';

const eventId = z.string().transform((id) => id as EventId);
const day = z.string().transform((text) => text as When['start']);
/** An event as it was, to be put back; what is in it was written by us. */
const anEvent = z
  .looseObject({ id: z.string(), claims: z.array(z.unknown()), citations: z.array(z.unknown()) })
  .transform((event) => event as unknown as NewsEvent);

/** What a correction did, and what it takes to undo it. */
const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('retract'), before: z.enum(statuses) }),
  z.object({
    kind: z.literal('date'),
    when: z.object({ start: day, end: day, precision: z.enum(precisions) }),
  }),
  z.object({ kind: z.literal('kind'), to: z.string() }),
  z.object({ kind: z.literal('merge'), into: anEvent, from: anEvent }),
  z.object({
    kind: z.literal('split'),
    whole: anEvent,
    items: z.array(z.string().transform((id) => id as ItemId)),
    parted: eventId,
  }),
]);
const correction = z.object({
  id: z.string(),
  event: eventId,
  at: z.date(),
  by: z.string(),
  reason: z.string(),
  change,
  undone: z.date().optional(),
});

/** What was done: `retract` and `split` say how the event was, `merge` how both were. */
export type Change = z.output<typeof change>;

/** What a person changed about an event by hand, kept so that it can be told and undone. */
export interface Correction {
  readonly id: string;
  /** The event that was corrected; of two that were merged, the one that stays. */
  readonly event: EventId;
  readonly at: Date;
  /** Who did it, as the platform names them. */
  readonly by: string;
  readonly reason: string;
  readonly change: Change;
  /** When it was undone; absent while it holds. */
  readonly undone?: Date;
}

/** What somebody wants corrected. */
export type CorrectionWish =
  | { readonly kind: 'retract'; readonly event: EventId }
  | { readonly kind: 'date'; readonly event: EventId; readonly when: When }
  | { readonly kind: 'kind'; readonly event: EventId; readonly to: string }
  | { readonly kind: 'merge'; readonly event: EventId; readonly into: EventId }
  | { readonly kind: 'split'; readonly event: EventId; readonly items: readonly ItemId[] };

/**
 * What became of a wish. Refused, with nothing changed: `gone` when there is no such event, `same` when both are one,
 * `retracted` when it is so already, `empty` when it has no claims left, `whole` when a split would leave nothing on one side.
 */
export type Corrected =
  | { readonly kind: 'corrected'; readonly correction: Correction }
  | {
      readonly kind: 'refused';
      readonly why: 'gone' | 'same' | 'retracted' | 'empty' | 'whole';
      readonly event: EventId;
    };

/**
 * What became of the wish to take something back. `unknown`: nothing of that id holds. `later`: another one rests on it
 * and goes first. `moved`: its event has become part of another since.
 */
export type Undone =
  | { readonly kind: 'undone' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'later'; readonly first: string }
  | { readonly kind: 'moved'; readonly event: EventId; readonly into: EventId };

/** Stores a correction; one of the same id gives way. */
export async function saveCorrection(db: Queries, given: Correction): Promise<void> {
  const { id, event, at, undone } = given;
  await db.transaction(async (tx) => {
    await tx.query(sql`
      insert into correction (id, event, moment, undone, value)
      values (${id}, ${event}, ${at.getTime()}, ${undone?.getTime() ?? null}, ${written(given)})
      on conflict (id) do update
      set undone = excluded.undone, value = excluded.value
    `);
    await tx.query(sql`
      insert into corrected_event (event, correction)
      values ${rows(eventsTouched(given).map((touched) => [touched, id]))}
      on conflict do nothing
    `);
  });
}

/**
 * The corrections that touch any of some events, or of all events, the latest first.
 *
 * @param wish.isHolding - leaves out those that were undone
 */
export async function findCorrections(
  db: Queries,
  wish: {
    readonly events?: readonly EventId[];
    readonly isHolding?: boolean;
    readonly limit?: number;
  },
): Promise<Correction[]> {
  const { events, isHolding = false, limit } = wish;
  if (events?.length === 0) return [];
  const ofEvents =
    events === undefined
      ? sql``
      : sql`and id in (select correction from corrected_event where event in (${list(events)}))`;
  const holding = isHolding ? sql`and undone is null` : sql``;
  const atMost: Statement = limit === undefined ? sql`` : sql`limit ${limit}`;
  const found = await db.query<{ value: string }>(sql`
    select value
    from correction
    where true ${ofEvents} ${holding}
    order by moment desc, id
    ${atMost}
  `);
  return found.map(toCorrection);
}

/** A correction by its id, whether it holds or was undone. */
export async function findCorrection(db: Queries, id: string): Promise<Correction | undefined> {
  const [row] = await db.query<{ value: string }>(sql`select value from correction where id = ${id}`);
  return row === undefined ? undefined : toCorrection(row);
}

/** The moment at which a correction or verdict can be noted so that its place among all others is sure: after every other. */
export async function momentAfterOthers(tx: Queries, wished: Date): Promise<Date> {
  const [{ last } = { last: null }] = await tx.query<{ last: number | null }>(sql`
    select max(moment) as last
    from (select moment from correction union all select moment from verdict) as noted
  `);
  return new Date(Math.max(wished.getTime(), (last ?? -1) + 1));
}

/** The events that a correction touches. */
export function eventsTouched({ event, change: done }: Pick<Correction, 'event' | 'change'>): EventId[] {
  if (done.kind === 'merge') return [event, done.from.id];
  return done.kind === 'split' ? [event, done.parted] : [event];
}

function toCorrection({ value }: { value: string }): Correction {
  const { undone, ...given } = correction.parse(read(value));
  return { ...given, ...(undone !== undefined && { undone }) };
}
