import type { Direction, Quantity, Stance, Status, When } from '../model.ts';
import { monthOf, onDay, parseDay, weekOf, yearOf } from '../time.ts';
import type { HistoryFileRow } from './schema.ts';

/** What somebody said about a past event. */
export interface HistoryClaim {
  /** An actor of the topic; absent where nobody is named. */
  readonly claimant?: string;
  readonly stance: Stance;
  readonly said?: When;
}

/** A page on which a past event can be read. */
export interface HistorySource {
  readonly url: string;
  readonly outlet: string;
  /** BCP 47. */
  readonly language: string;
  readonly published?: When;
}

/** A past event that ships with the topic: facts and links, in our own words. Ids are those of the topic's names. */
export interface HistoryRow {
  readonly id: string;
  readonly when: When;
  readonly kind: string;
  readonly direction: Direction;
  /** One a language. */
  readonly titles: Readonly<Record<string, string>>;
  /** In English. */
  readonly summary: string;
  readonly actors: readonly string[];
  readonly places: readonly string[];
  readonly weapons: readonly string[];
  /** What was counted, and by which actor. */
  readonly quantities: readonly (Quantity & { readonly claimant?: string | undefined })[];
  readonly claims: readonly HistoryClaim[];
  readonly status: Status;
  readonly sources: readonly HistorySource[];
  /** Ids of other rows. */
  readonly related: readonly string[];
  /** Whether the row rests on thin sources. */
  readonly isUncertain: boolean;
}

/** Reads one row of history.jsonl, checked before by its schema. */
export function historyOf(row: HistoryFileRow): HistoryRow {
  return {
    id: row.id,
    when: whenOf(row),
    kind: row.kind,
    direction: row.direction,
    titles: row.titles,
    summary: row.summary,
    actors: row.actors,
    places: row.places,
    weapons: row.weapons,
    quantities: row.quantities,
    claims: row.claims.map(({ claimant, stance, said }) => ({
      ...(claimant !== undefined && { claimant }),
      stance,
      ...(said !== undefined && { said: dateOf(said) }),
    })),
    status: row.status,
    sources: row.sources.map(({ published, ...source }) => ({
      ...source,
      ...(published !== undefined && { published: dateOf(published) }),
    })),
    related: row.related,
    isUncertain: row.confidence === 'low',
  };
}

function whenOf({ day, end, precision }: HistoryFileRow): When {
  const when = dateOf(day);
  if (precision === 'week') return weekOf(when.start);
  if (precision === 'range') return { start: when.start, end: dateOf(end ?? day).end, precision };
  return when;
}

/** Reads a day, a month or a year. */
function dateOf(text: string): When {
  const [year, month, day] = text.split('-');
  if (month === undefined) return yearOf(Number(year));
  return day === undefined ? monthOf(Number(year), Number(month)) : onDay(parseDay(text));
}
