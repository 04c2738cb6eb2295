import type {
  Citation,
  Claim,
  Claimant,
  Day,
  EventId,
  NewsEvent,
  Signature,
  Status,
  When,
} from '../../model.ts';
import { familyOf } from '../../publisher.ts';
import { dayAt, daysBetween, onDay, parseDay, startOf } from '../../time.ts';
import type { HistoryClaim, HistoryRow } from '../../topics/history.ts';
import { type FindPublisher, publishersOf } from '../../topics/publishers.ts';
import type { Topic } from '../../topics/topic.ts';
import { countNewsrooms } from '../../newsrooms.ts';
import type { Actors } from '../independence.ts';
import { statusOf } from '../status.ts';
import { MANY_LANGUAGES } from '../likeness/likeness.ts';
import { tellingOf } from './groups.ts';
import { factsOfKinds } from './signature.ts';
import type { Signer } from './signature.ts';

/** A past event is told of in the news no later than this after it happened; later words about it are anniversaries. */
const LATEST_REPORT_DAYS = 10;

/** The hour at which a past event became known is not recorded; noon in UTC lies on its day nearly everywhere. */
const NOON_MS = 12 * 3_600_000;

/** Every shipped event has a day. */
const UNDATED = onDay(parseDay('1970-01-01'));

/** Each surer than the one before. */
const SURENESS: readonly Status[] = ['claimed', 'corroborated', 'confirmed'];

/** The shipped history of a topic as events, to be stored at first start and to be folded with. Their ids are those of its rows. */
export function historyEvents(topic: Topic, signer: Signer, actors: Actors): NewsEvent[] {
  const publisherOf = publishersOf(topic.feeds);
  const names = new Map(topic.names.map(({ id, label }) => [id, label['en'] ?? id]));
  return topic.history.map((row) => {
    const claims = claimsOf(row, names);
    const citations = row.sources.map((page) => citationOf(page, publisherOf));
    const days = daysOfClaims({ claims, citations, when: row.when });
    return {
      id: row.id as EventId,
      topic: topic.id,
      kind: row.kind,
      direction: row.direction,
      when: row.when,
      status: row.status,
      titles: row.titles,
      claims,
      citations,
      places: row.places,
      weapons: row.weapons,
      actors: row.actors,
      newsrooms: countNewsrooms(citations),
      firstSeen: noonOf(days[0] ?? row.when.end),
      changed: noonOf(days.at(-1) ?? row.when.end),
      signatures: [signatureOf(row, claims, signer, actors)],
    };
  });
}

/**
 * The states that a shipped event went through, a day on which something was said about it each, the earliest first; the last is
 * the event itself. A state has the claims that had been said by then and the pages that told of them.
 */
export function historyStates(event: NewsEvent, actors: Actors): NewsEvent[] {
  const { claims, citations } = event;
  const days = daysOfClaims(event);
  return days.map((day, index) => {
    const next = days[index + 1];
    if (next === undefined) return event;
    const said = claims.filter((claim) => knownFrom(claim, event) <= day);
    const pages = pagesBefore(next, citations);
    return {
      ...event,
      claims: said,
      citations: pages,
      newsrooms: countNewsrooms(pages),
      status: statusThen(event, said, actors),
      changed: noonOf(day),
    };
  });
}

/** What the claims so far add up to: no surer than the editors are of all of them, who decide where the rest adds nothing. */
function statusThen({ claims, status }: NewsEvent, said: readonly Claim[], actors: Actors): Status {
  const then = statusOf(said, actors);
  if (then === statusOf(claims, actors)) return status;
  const [sureness, most] = [SURENESS.indexOf(then), SURENESS.indexOf(status)];
  return most >= 0 && sureness > most ? status : then;
}

/** The pages that came before a day, or the first ones where none did. */
function pagesBefore(day: Day, citations: readonly Citation[]): Citation[] {
  const dated = citations.flatMap(({ published }) => published ?? []);
  const first = dated.toSorted((a, b) => a.getTime() - b.getTime())[0];
  const limit = startOf(day, 'UTC');
  const isOut = (published: Date) => published < limit || published.getTime() === first?.getTime();
  return citations.filter(({ published }) => published !== undefined && isOut(published));
}

/** What tells when the claims of a past event became known. */
type Told = Pick<NewsEvent, 'claims' | 'citations'> & { readonly when?: When };

/** The days on which something was said about an event, the earliest first. */
function daysOfClaims(told: Told): Day[] {
  return [...new Set(told.claims.map((claim) => knownFrom(claim, told)))].toSorted();
}

/**
 * The day from which a claim was known: that on which it was said, not before the event. Of a month or a range only the last day
 * is sure, but where a claim stands alone: the first page from that time tells of it.
 */
function knownFrom({ said }: Claim, { claims, citations, when = UNDATED }: Told): Day {
  const { start, end } = said ?? when;
  const pages = claims.length > 1 ? [] : citations.flatMap(({ published }) => published ?? []);
  const within = pages.map((moment) => dayAt(moment, 'UTC')).filter((day) => day >= start && day <= end);
  const day = within.toSorted()[0] ?? end;
  return day > when.start ? day : when.start;
}

function noonOf(day: Day): Date {
  return new Date(startOf(day, 'UTC').getTime() + NOON_MS);
}

function claimsOf(row: HistoryRow, names: ReadonlyMap<string, string>): Claim[] {
  const told: readonly HistoryClaim[] = row.claims.length > 0 ? row.claims : [{ stance: 'reports' }];
  return told.map(({ claimant, stance, said }, index) => ({
    id: `${row.id}/${index + 1}`,
    kind: row.kind,
    direction: row.direction,
    when: row.when,
    ...(said !== undefined && { said }),
    claimants: claimant === undefined ? [] : [claimantOf(claimant, names)],
    stance,
    role: 'news',
    quantities: row.quantities
      .filter(
        (quantity) => quantity.claimant === claimant || (quantity.claimant === undefined && index === 0),
      )
      .map(({ value, bound, unit }) => ({ value, bound, unit })),
    places: row.places,
    weapons: row.weapons,
    actors: row.actors,
    sentence: '',
    offset: index,
    language: 'en',
  }));
}

function claimantOf(id: string, names: ReadonlyMap<string, string>): Claimant {
  return { id, name: names.get(id) ?? id };
}

function citationOf(page: HistoryRow['sources'][number], publisherOf: FindPublisher): Citation {
  const { url, outlet, language, published } = page;
  return {
    url,
    outlet,
    family: publisherOf(page)?.family ?? familyOf(url) ?? outlet,
    language,
    ...(published?.precision === 'day' && { published: startOf(published.start, 'UTC') }),
  };
}

/** The first day on which one of its pages was published. */
function firstPublished({ sources }: HistoryRow): { published?: Day } {
  const [first] = sources
    .flatMap(({ published }) => (published?.precision === 'day' ? [published.start] : []))
    .toSorted();
  return first === undefined ? {} : { published: first };
}

/** When the news of a past event was told first: on the day it was said, where that is known and near; else when it happened. */
function reportDay({ when, claims }: HistoryRow): When {
  const [first] = claims
    .flatMap(({ said }) => (said?.precision === 'day' ? [said] : []))
    .filter(({ start }) => start >= when.start && daysBetween(when.end, start) <= LATEST_REPORT_DAYS)
    .toSorted((a, b) => (a.start < b.start ? -1 : 1));
  return first ?? when;
}

function signatureOf(row: HistoryRow, claims: readonly Claim[], signer: Signer, actors: Actors): Signature {
  const told = reportDay(row);
  const content = signer.factsOf(row);
  return {
    language: MANY_LANGUAGES,
    ...firstPublished(row),
    ...(told.precision === 'day' || told.precision === 'range' ? { day: told.end } : {}),
    days: row.when.precision === 'day' ? [row.when.start] : [],
    ...tellingOf(claims, actors.rootOf),
    denies: claims.every(({ stance }) => stance === 'denies'),
    ...content,
    facts: [
      ...new Set([...content.facts, ...row.actors, ...row.places, ...row.weapons, ...factsOfKinds(claims)]),
    ],
  };
}
