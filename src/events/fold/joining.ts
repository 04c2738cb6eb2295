import type { NewsEvent, Signature } from '../../model.ts';
import { likenessBetween, likenessTo } from '../likeness/likeness.ts';
import type { Article, FoldTools } from './article.ts';
import { isShipped } from './assembly.ts';
import { anyDayKeys, undatedKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** Log-odds from which a report joins an event. */
const JOIN = -0.6;

/** The same for a report without a day; its odds count how much an event is told of (see `likenessTo`). */
const JOIN_UNDATED = -1.2;

/** By so much a report without a day must be liker to one event than to any other. */
const LEAD_UNDATED = 0.15;

/** Log-odds from which two events are one; higher than to join, as it cannot be told from one report alone. */
const MERGE = 1;

/** The events that a report is like enough to, most alike first; none where an undated report may as well mean two. */
export function alike(
  signature: Signature,
  candidates: readonly NewsEvent[],
  { barred = [] }: Pick<Article, 'barred'>,
  tools: FoldTools,
): NewsEvent[] {
  const isUndated = signature.day === undefined;
  const [least, lead] = isUndated ? [JOIN_UNDATED, LEAD_UNDATED] : [JOIN, 0];
  const ranked = candidates
    .filter(({ id }) => !barred.includes(id))
    .map((event) => ({ event, likeness: likenessTo(signature, event, tools) ?? -Infinity }))
    .toSorted((a, b) => b.likeness - a.likeness);
  const [best, next] = ranked;
  if (best !== undefined && next !== undefined && best.likeness - next.likeness < lead) return [];
  return ranked.filter(({ likeness }) => likeness > least).map(({ event }) => event);
}

/** An article that is like two events may show that they are one. */
export function mergeLate(
  joined: NewsEvent,
  likely: readonly NewsEvent[],
  ledger: Ledger,
  tools: FoldTools,
): NewsEvent {
  let whole = joined;
  for (const { id } of likely) {
    const other = ledger.get(id);
    if (other === undefined || other.id === whole.id || areApart(whole, other)) continue;
    const likeness = likenessBetween(whole, other, tools);
    if (likeness !== undefined && likeness > MERGE) whole = ledger.merge(whole, other);
  }
  return whole;
}

/**
 * What was told without a day, before anybody gave one, belongs to the event of a later report with a day where it
 * would join that now.
 */
export function takeUndated(
  event: NewsEvent,
  report: Signature,
  ledger: Ledger,
  tools: FoldTools,
): NewsEvent {
  if (report.day === undefined) return event;
  let whole = event;
  for (const { id } of ledger.closest(undatedKeys(report, tools.weightOf))) {
    const loose = ledger.get(id);
    if (loose === undefined || loose.id === whole.id || !hasNoDay(loose) || areApart(whole, loose)) continue;
    if (wouldJoin(loose, whole, ledger, tools)) whole = ledger.merge(whole, loose);
  }
  return whole;
}

function hasNoDay(event: NewsEvent): boolean {
  const { signatures = [] } = event;
  return !isShipped(event) && signatures.length > 0 && signatures.every(({ day }) => day === undefined);
}

/** Rivals are sought only where the event itself is like enough, so that most are never looked at. */
function wouldJoin(loose: NewsEvent, whole: NewsEvent, ledger: Ledger, tools: FoldTools): boolean {
  return (loose.signatures ?? []).every((signature) => {
    if (alike(signature, [whole], {}, tools).length === 0) return false;
    const rivals = nearUndated(signature, ledger, tools).filter(
      ({ id }) => id !== loose.id && id !== whole.id,
    );
    return alike(signature, [whole, ...rivals], {}, tools)[0]?.id === whole.id;
  });
}

/** The events that a report without a day may tell of: of any time, so that only those nearest to it are looked at. */
export function nearUndated(signature: Signature, ledger: Ledger, { weightOf }: FoldTools): NewsEvent[] {
  return ledger.closest(anyDayKeys(signature, weightOf));
}

/** Two shipped events are two, and so are events that a person has told apart. */
function areApart(one: NewsEvent, other: NewsEvent): boolean {
  if (isShipped(one) && isShipped(other)) return true;
  return (one.apart ?? []).includes(other.id) || (other.apart ?? []).includes(one.id);
}
