import type { Day, When } from '../../model.ts';
import { daysBetween, onDay } from '../../time.ts';
import { isAsking } from './asking.ts';
import type { Draft } from './drafts.ts';
import type { Reading } from './reading.ts';

const VISIT = 'visit';
/** A body that dates something so many days from publication dates what its headline tells. */
const SAME_NEWS_DAYS = 3;

/**
 * Gives a headline's visit its day: the one that the body names for it, else, where the headline tells of it in the
 * present, the day of publication. Drafts keep their order.
 */
export function withHeadlineDay(drafts: readonly Draft[], reading: Reading, today: Day | undefined): Draft[] {
  if (today === undefined) return [...drafts];
  const named = drafts.find((draft) => draft.offset > 0 && isNews(draft) && isNear(draft.when, today))?.when;
  const when = named ?? (isPresent(reading) ? onDay(today) : undefined);
  if (when === undefined) return [...drafts];
  return drafts.map((draft) =>
    draft.offset === 0 && draft.when === undefined && isNews(draft) ? { ...draft, when } : draft,
  );
}

function isNews({ kind, stance, role }: Draft): boolean {
  return kind === VISIT && stance !== 'expects' && stance !== 'denies' && role === 'news';
}

function isNear(when: When | undefined, today: Day): boolean {
  return when?.precision === 'day' && Math.abs(daysBetween(when.start, today)) <= SAME_NEWS_DAYS;
}

function isPresent({ passages: [headline], isVerbLast }: Reading): boolean {
  if (headline === undefined || headline.start > 0 || isAsking(headline, isVerbLast)) return false;
  return headline.cues.some(({ label }) => label === 'now');
}
