import { z } from 'zod';
import type { Speech } from '../digests/speech.ts';
import { stances, type Claim, type EventId, type NewsEvent } from '../src/model.ts';
import { countClaims, MOST_COUNTED } from '../src/store/claims.ts';
import {
  cursorAfter,
  findEvent,
  findEvents,
  type ClaimFilter,
  type EventFilter,
} from '../src/store/events.ts';
import { searchEvents } from '../src/store/searching.ts';
import type { Topic } from '../src/topics/topic.ts';
import { completeEvent, completeName, daysAsked, eventAsked, momentAsked, nameAsked } from './asked.ts';
import type { Context } from './command.ts';
import { readWords } from './naming.ts';

/** So many of the events that fit words best are looked through. */
const MOST_EVENTS = 200;

/** The options by which claims are looked up. */
export const claimFields = {
  who: said('who', 'Only what this state, body or person says'),
  about: said('about', 'Only what is said about this event, or about those with these words'),
  stance: z
    .enum(stances)
    .optional()
    .describe('Only claims of this sort, such as denials')
    .meta({ as: 'claims.stance' }),
  when: said('when', 'Days of the events, such as 2024-01 or 7d'),
  'as-of': z
    .string()
    .optional()
    .describe('What was known at the end of this day, such as 2024-01-05')
    .meta({ as: 'events.as-of' }),
};

export type ClaimsAsked = z.output<z.ZodObject<typeof claimFields>>;

export const claimLabels = { stance: (stance: string, speech: Speech) => speech.say(`stance.${stance}`) };
export const claimCompletions = { who: completeName('actor'), about: completeEvent };

/** One claim and the event that it is about. */
export interface ToldClaim {
  readonly event: NewsEvent;
  readonly claim: Claim;
}

/** Which stretch of all that fit is wanted. */
export interface Stretch {
  /** Begins after this claim, as `claimCursor` names it. */
  readonly after?: string | undefined;
  /** At most so many claims. */
  readonly limit: number;
}

/**
 * Finds what somebody asks about claims: those of the latest events first, or of those that fit words best.
 *
 * @returns the stretch, and how many there are in all
 * @throws {UserError} for the first option that cannot be read, or when there is no such event
 */
export async function findAskedClaims(
  asked: ClaimsAsked,
  stretch: Stretch,
  context: Context,
): Promise<{ total: number; found: ToldClaim[] }> {
  const who = nameAsked(asked.who, 'actor', context);
  const claims: ClaimFilter = {
    stance: asked.stance,
    claimants: who === undefined ? undefined : speakersFor(who, context.topic),
  };
  const filter = {
    ...daysAsked(asked.when, context),
    topic: context.topic.id,
    asOf: momentAsked(asked['as-of'], context),
    claims,
  };
  const [eventId = '', claimId] = stretch.after?.split(' ') ?? [];
  const { total, events } = await eventsAsked(asked.about, filter, { ...stretch, from: eventId }, context);
  const told = events.flatMap((event) => fitting(event, claims).map((claim) => ({ event, claim })));
  const place = told.findIndex(({ event, claim }) => event.id === eventId && claim.id === claimId);
  return { total, found: told.slice(place + 1, place + 1 + stretch.limit) };
}

/** How many claims were found, in words; so many that they were not counted to the end are more than those. */
export function countInWords(total: number, speech: Speech): string {
  if (total === 0) return speech.say('claims.none');
  const isMore = total > MOST_COUNTED;
  const count = speech.say('claims.title', { count: isMore ? MOST_COUNTED : total });
  return isMore ? `> ${count}` : count;
}

/** Names a claim for the page that goes on after it. */
export function claimCursor({ event, claim }: ToldClaim): string {
  return `${event.id} ${claim.id}`;
}

type Filter = Omit<EventFilter, 'limit'> & { readonly claims: ClaimFilter };

/** Events with claims that fit, and how many claims they have: those in order from the event of a cursor on. */
async function eventsAsked(
  about: string | undefined,
  filter: Filter,
  { from, limit }: { readonly from: string; readonly limit: number },
  context: Context,
): Promise<{ total: number; events: readonly NewsEvent[] }> {
  const { db } = context;
  if (about === undefined) {
    const begin = from === '' ? undefined : await findEvent(db, from as EventId, filter.asOf);
    const after = begin && cursorAfter(begin);
    const others = await findEvents(db, { ...filter, after, limit });
    const total = await countClaims(db, filter.claims, filter);
    return { total, events: begin === undefined ? others : [begin, ...others] };
  }
  const named = await findEvent(db, about.trim() as EventId, filter.asOf);
  if (named !== undefined) return ofOne(named, filter);
  const sought = { ...filter, text: about };
  const { total, names } = await readWords(sought, context);
  if (total === 0) return ofOne(await eventAsked(about, context, filter.asOf), filter);
  const found = await searchEvents(db, { ...sought, names, limit: MOST_EVENTS });
  return {
    total: await countClaims(db, filter.claims, { ...sought, names }),
    events: found.map(({ event }) => event),
  };
}

function ofOne(event: NewsEvent, { claims }: Filter) {
  return { total: fitting(event, claims).length, events: [event] };
}

function fitting(event: NewsEvent, { claimants, stance }: ClaimFilter): Claim[] {
  return event.claims.filter(
    (claim) =>
      (stance === undefined || claim.stance === stance) &&
      (claimants === undefined || claim.claimants.some(({ id }) => claimants.includes(id))),
  );
}

/** An actor, and all that speak for it: ministries and ministers for their state. */
function speakersFor(actor: string, topic: Topic): string[] {
  const speakers = new Set([actor]);
  // A set goes on to what is added while it is walked through: a minister of a ministry of a state.
  for (const body of speakers) {
    for (const { id, type, of } of topic.names) if (type === 'actor' && of === body) speakers.add(id);
  }
  return [...speakers];
}

function said(name: string, description: string) {
  return z
    .string()
    .optional()
    .describe(description)
    .meta({ as: `claims.${name}` });
}
