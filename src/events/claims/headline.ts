import type { Day, When } from '../../model.ts';
import { daysBetween, onDay } from '../../time.ts';
import type { KindBook } from '../../topics/kinds.ts';
import { isAsking } from './asking.ts';
import type { Draft } from './drafts.ts';
import type { Reading } from './reading.ts';

/** A body that dates something so many days from publication dates what its headline tells. */
const SAME_NEWS_DAYS = 3;

/**
 * Gives a headline's visit its day: the one that the body names for it, else, where the headline tells of it in the
 * present, the day of publication. Drafts keep their order.
 */
export function withHeadlineDay(
  drafts: readonly Draft[],
  reading: Reading,
  { today, kinds }: { readonly today: Day | undefined; readonly kinds: KindBook },
): Draft[] {
  if (today === undefined) return [...drafts];
  const isVisit = (draft: Draft) => isNews(draft) && kinds.is(draft.kind, 'visit');
  const named = drafts.find((draft) => draft.offset > 0 && isVisit(draft) && isNear(draft.when, today))?.when;
  const when = named ?? (isPresent(reading) ? onDay(today) : undefined);
  if (when === undefined) return [...drafts];
  return drafts.map((draft) =>
    draft.offset === 0 && draft.when === undefined && isVisit(draft) ? { ...draft, when } : draft,
  );
}

function isNews({ stance, role }: Draft): boolean {
  return stance !== 'expects' && stance !== 'denies' && role === 'news';
}

function isNear(when: When | undefined, today: Day): boolean {
  return when?.precision === 'day' && Math.abs(daysBetween(when.start, today)) <= SAME_NEWS_DAYS;
}

function isPresent({ passages: [headline], isVerbLast }: Reading): boolean {
  if (headline === undefined || headline.start > 0 || isAsking(headline, isVerbLast)) return false;
  return headline.cues.some(({ label }) => label === 'now');
}
