import type { Day, Stance, Status } from '../model.ts';
import { addDays, dayFrom, startOf } from '../time.ts';
import { folded } from './search/analyse.ts';
import type { Queries } from './database.ts';
import type { NameLookup } from './search/names.ts';
import { parseQuery, type Field } from './search/query.ts';
import { FOREVER, LONG_DAYS } from './schema.ts';
import { matchingWords, narrowing } from './search/sift.ts';
import { joined, list, raw, sql, type Statement } from './engines/sql.ts';

/** Which events to find. What is absent does not narrow the search. */
export interface EventFilter {
  readonly topic: string;
  /** How the id begins. */
  readonly begun?: string | undefined;
  /** First day of the stretch that the event's days, or with `by: 'seen'` its first sight, must touch. */
  readonly from?: Day | undefined;
  /** Last day of that stretch. */
  readonly to?: Day | undefined;
  /** Zone whose days count for `by: 'seen'`; UTC when absent. */
  readonly zone?: string | undefined;
  /** Whether `from`, `to` and the order go by the day of the event or by when it was first seen. */
  readonly by?: 'event' | 'seen' | undefined;
  /** Which come first; the latest unless said. With the earliest first, those of unknown day are left out. */
  readonly first?: 'latest' | 'earliest' | undefined;
  readonly kind?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly direction?: string | undefined;
  readonly status?: Status | undefined;
  /** An actor that the event is about or that claims it. */
  readonly actor?: string | undefined;
  /** Those of whom at least one claims something about the event. */
  readonly claimants?: readonly string[] | undefined;
  readonly place?: string | undefined;
  readonly weapon?: string | undefined;
  /** It is about at least one of these actors, places and weapons, or an actor among them claims it. */
  readonly about?: readonly string[] | undefined;
  /** Carried in this language. */
  readonly language?: string | undefined;
  /** Carried by this family of publishers, or by an outlet with this in its name. */
  readonly source?: string | undefined;
  /** At least one of its claims fits this. */
  readonly claims?: ClaimFilter | undefined;
  /** A search through titles, sentences and what the event is about; see `parseQuery` in query.ts. */
  readonly text?: string | undefined;
  /** Names that `text` may spell in any way. */
  readonly names?: NameLookup | undefined;
  /** The least number of independent newsrooms. */
  readonly newsrooms?: number | undefined;
  readonly limit: number;
  /** Goes on after the event of this cursor. */
  readonly after?: string | undefined;
  /** Answers as the archive would have at that moment; words are looked for in the present wording. */
  readonly asOf?: Date | undefined;
}

/** Which claims of an event are meant. What is absent does not narrow the search. */
export interface ClaimFilter {
  /** Those of whom at least one makes it. */
  readonly claimants?: readonly string[] | undefined;
  readonly stance?: Stance | undefined;
}

/** What an event must fulfil to be found. */
export async function conditionsOf(db: Queries, filter: Omit<EventFilter, 'limit'>): Promise<Statement> {
  const { text = '', names, about, asOf } = filter;
  const narrowings = [
    await matchingWords(db, { text, names }),
    ...(about === undefined ? [] : [await narrowing(db, raw('event.id'), eventsAbout(about, asOf))]),
  ];
  const areFew = narrowings.some((one) => one.areFew);
  const conditions = narrowings.flatMap((one) => one.conditions);
  return joined([conditionsBesideWords(filter, { areFew }), ...conditions], '\n and ');
}

/**
 * What an event must fulfil apart from the words of `text` and from `about`.
 *
 * @param options.areFew - whether those leave so few events that these are tested one by one
 */
export function conditionsBesideWords(
  filter: Omit<EventFilter, 'limit'>,
  { areFew = false }: { areFew?: boolean } = {},
): Statement {
  const { begun, kind, kinds, status, direction, newsrooms, language, source, claims, text, asOf } = filter;
  const fields = text === undefined ? [] : parseQuery(text).fields;
  const conditions = [
    // Put so, it keeps SQLite from walking through the days of all events of the topic.
    areFew ? sql`topic || '' = ${filter.topic}` : sql`topic = ${filter.topic}`,
    heldAt(asOf),
    ...stretchOf(filter),
    ...(filter.first === 'earliest' && filter.by !== 'seen' ? [sql`first_day <> ''`] : []),
    ...cursorOf(filter),
    ...(begun === undefined ? [] : [sql`substr(event.id, 1, ${begun.length}) = ${begun}`]),
    ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
    ...(kinds === undefined ? [] : [sql`kind in (${list(kinds)})`]),
    ...(status === undefined ? [] : [sql`status = ${status}`]),
    ...(direction === undefined ? [] : [sql`direction = ${direction}`]),
    ...(newsrooms === undefined ? [] : [sql`newsrooms >= ${newsrooms}`]),
    ...entityConditions(filter),
    ...(language === undefined ? [] : [inLanguage(language, asOf)]),
    ...(source === undefined ? [] : [carriedBy(source, asOf)]),
    ...(claims === undefined ? [] : [hasClaim(claims, asOf)]),
    ...fields.map((field) => fieldCondition(field, filter)),
  ];
  return joined(conditions, '\n and ');
}

/** True of rows that hold at a moment, or now. */
export function heldAt(asOf: Date | undefined): Statement {
  if (asOf === undefined) return sql`until = ${FOREVER}`;
  // The plus keeps the engines from sorting all that held then: walking back through the days, the first few do.
  return sql`+since <= ${asOf.getTime()} and +until > ${asOf.getTime()}`;
}

function stretchOf({ topic, by, from, to, zone = 'UTC', asOf }: Omit<EventFilter, 'limit'>): Statement[] {
  if (by === 'seen') {
    return [
      ...(from === undefined ? [] : [sql`first_seen >= ${startOf(from, zone).getTime()}`]),
      ...(to === undefined ? [] : [sql`first_seen < ${startOf(addDays(to, 1), zone).getTime()}`]),
    ];
  }
  return [
    ...(from === undefined ? [] : [asOf === undefined ? touching(topic, from) : sql`last_day >= ${from}`]),
    ...(to === undefined ? [] : [sql`first_day <= ${to} and first_day <> ''`]),
  ];
}

/**
 * True of events that end on a day or later. Those of usual length begin at most a month before; naming the first day
 * of the long ones lets the database leave all others out without looking at them.
 */
export function touching(topic: string, from: Day): Statement {
  return sql`last_day >= ${from} and first_day >= (
    select min(day)
    from (
      select cast(${addDays(from, -LONG_DAYS)} as text) as day
      union all
      select min(first_day)
      from event
      where topic = ${topic} and until = ${FOREVER} and span > ${raw(`${LONG_DAYS}`)} and last_day >= ${from}
    ) as beginnings
  )`;
}

function cursorOf({ by, first, after }: Omit<EventFilter, 'limit'>): Statement[] {
  if (after === undefined) return [];
  const blank = after.indexOf(' ');
  const [place, id] = [after.slice(0, blank), after.slice(blank + 1)];
  const sign = raw(first === 'earliest' ? '>' : '<');
  return by === 'seen'
    ? [sql`(first_seen, event.id) ${sign} (${Number(place)}, ${id})`]
    : [sql`(first_day, event.id) ${sign} (${place}, ${id})`];
}

function entityConditions({
  actor,
  claimants,
  place,
  weapon,
  asOf,
}: Omit<EventFilter, 'limit'>): Statement[] {
  return [
    ...(actor === undefined ? [] : [concerns([actor], sql`(type = 'claimant' or ${whole('actor')})`, asOf)]),
    ...(claimants === undefined ? [] : [concerns(claimants, sql`type = 'claimant'`, asOf)]),
    ...(place === undefined ? [] : [concerns([place], whole('place'), asOf)]),
    ...(weapon === undefined ? [] : [concerns([weapon], whole('weapon'), asOf)]),
  ];
}

/** A field of a search, as in `place:Kharkiv`: its value is an id, or any spelling of a name. */
function fieldCondition({ name, value }: Field, filter: Omit<EventFilter, 'limit'>): Statement {
  const { topic, names = () => [], asOf } = filter;
  const lower = value.toLowerCase();
  const ids = [...new Set([lower, ...names(value).map(({ id }) => id)])];
  switch (name) {
    case 'actor':
      return concerns(ids, sql`(type = 'claimant' or ${whole('actor')})`, asOf);
    case 'place':
    case 'weapon':
      return concerns(ids, whole(name), asOf);
    case 'kind':
      return sql`kind in (${list(ids)})`;
    case 'status':
      return sql`status = ${lower}`;
    case 'lang':
      return inLanguage(lower, asOf);
    case 'source':
      return carriedBy(value, asOf);
    case 'when':
      return joined([sql`1 = 1`, ...stretchOf({ topic, asOf, ...stretchNamed(value) })], ' and ');
  }
}

function eventsAbout(ids: readonly string[], asOf: Date | undefined): Statement {
  return sql`
    select distinct event
    from entity
    where id in (${list(ids)}) and (type = 'claimant' or claim = '') and ${heldAt(asOf)}
  `;
}

function concerns(ids: readonly string[], type: Statement, asOf: Date | undefined): Statement {
  return sql`event.id in (
    select entity.event
    from entity
    where entity.id in (${list(ids)}) and ${type} and ${heldAt(asOf)}
  )`;
}

function hasClaim(filter: ClaimFilter, asOf: Date | undefined): Statement {
  return sql`exists (select 1 from claim where claim.event = event.id and ${heldAt(asOf)} ${fits(filter, asOf)})`;
}

/** What a claim must fulfil to be meant, after others. */
export function fits({ stance, claimants }: ClaimFilter, asOf: Date | undefined): Statement {
  const ofStance = stance === undefined ? sql`` : sql`and claim.stance = ${stance}`;
  if (claimants === undefined) return ofStance;
  return sql`${ofStance} and exists (
    select 1
    from entity
    where entity.event = claim.event and entity.claim = claim.key and ${heldAt(asOf)}
      and type = 'claimant' and entity.id in (${list(claimants)})
  )`;
}

/** True of what the event as a whole is about. */
function whole(type: 'actor' | 'place' | 'weapon'): Statement {
  return sql`(type = ${type} and claim = '')`;
}

function inLanguage(language: string, asOf: Date | undefined): Statement {
  return sql`(
    exists (select 1 from claim where claim.event = event.id and claim.language = ${language} and ${heldAt(asOf)})
    or exists (
      select 1 from citation where citation.event = event.id and citation.language = ${language} and ${heldAt(asOf)}
    )
  )`;
}

function carriedBy(source: string, asOf: Date | undefined): Statement {
  const part = `%${folded(source).replace(/[!%_]/g, '!$&')}%`;
  return sql`exists (
    select 1
    from citation
    where citation.event = event.id and ${heldAt(asOf)}
      and (family = ${source.toLowerCase()} or outlet like ${part} escape '!')
  )`;
}

/** `2024`, `2024-01`, `2024-01-05`, or two of them with `..` between; nothing when it is none of these. */
function stretchNamed(value: string): { from?: Day; to?: Day } {
  const [first = '', last = first] = value.split('..');
  const from = dayFrom(`${first}-01-01`.slice(0, 10));
  const to = lastDayOf(last);
  return from === undefined || to === undefined ? {} : { from, to };
}

function lastDayOf(text: string): Day | undefined {
  if (/^\d{4}$/.test(text)) return dayFrom(`${text}-12-31`);
  if (!/^\d{4}-\d{2}$/.test(text)) return dayFrom(text);
  return [31, 30, 29, 28].map((day) => dayFrom(`${text}-${day}`)).find((day) => day !== undefined);
}
