import type { Day, When } from '../../model.ts';

/** What a date is resolved against. */
export interface Reference {
  /** When the text was published, or the latest day on which it can have been. */
  readonly day: Day | undefined;
  /** Whether `day` is the day of publication, so that "yesterday" means something. */
  readonly isPublication: boolean;
  /** The date named last before this one, in the same paragraph. */
  readonly mention: When | undefined;
  /** A date with its year in the same paragraph, which the years of others follow. */
  readonly dated: Day | undefined;
  readonly planned: boolean;
  readonly numericMonths: string | undefined;
  readonly monthFirst: boolean;
  readonly lastSkips: number;
}

/** Resolves against the day of publication, where that is known. */
export function relative(
  { day, isPublication }: Reference,
  resolved: (day: Day) => When | undefined,
): When | undefined {
  return day !== undefined && isPublication ? resolved(day) : undefined;
}
