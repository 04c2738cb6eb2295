import type { Citation, Claim, Claimant, Day, EventId, NewsEvent, Signature, When } from '../../model.ts';
import { daysBetween, startOf } from '../../time.ts';
import type { HistoryClaim, HistoryRow } from '../../topics/history.ts';
import type { Topic } from '../../topics/topic.ts';
import { countNewsrooms } from '../independence.ts';
import type { Actors } from '../independence.ts';

import { MANY_LANGUAGES } from '../likeness/likeness.ts';
import { tellingOf } from './groups.ts';
import { factsOfKinds } from './signature.ts';
import type { Signer } from './signature.ts';

/** A past event is told of in the news no later than this after it happened; later words about it are anniversaries. */
const LATEST_REPORT_DAYS = 10;

/** The hour at which a past event became known is not recorded; noon in UTC lies on its day nearly everywhere. */
const NOON_MS = 12 * 3_600_000;

/** The shipped history of a topic as events, to be stored at first start and to be folded with. Their ids are those of its rows. */
export function historyEvents(topic: Topic, signer: Signer, actors: Actors): NewsEvent[] {
  const names = new Map(topic.names.map(({ id, label }) => [id, label['en'] ?? id]));
  return topic.history.map((row) => {
    const claims = claimsOf(row, names);
    const citations = row.sources.map(citationOf);
    // Of a month or a range only its last day is sure: nobody is shown as knowing what they could not know yet.
    const moment = new Date(startOf(reportDay(row).end, 'UTC').getTime() + NOON_MS);
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
      firstSeen: moment,
      changed: moment,
      signatures: [signatureOf(row, claims, signer, actors)],
    };
  });
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

function citationOf({ url, outlet, language, published }: HistoryRow['sources'][number]): Citation {
  return {
    url,
    outlet,
    family: outlet,
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
