import type { When } from '../../model.ts';
import {
  dayFromMention,
  dayInYear,
  figuresDay,
  nightOf,
  numberedDay,
  partialFiguresDay,
  relativeDay,
  weekdayNamed,
  weekdayOfWeek,
} from './days.ts';
import type { Rule } from './grammar.ts';
import { readParts, type Parts } from './parts.ts';
import {
  countedFrom,
  monthNamed,
  quarterNamed,
  seasonNamed,
  spanUpTo,
  weekNamed,
  weekendNamed,
  yearNamed,
  partOfYearNamed,
} from './periods.ts';
import { monthsBetween, rangeOf, yearsBetween } from './ranges.ts';
import type { Reference } from './reference.ts';
import type { Token } from './token.ts';

/** Turns the words of a date into days; `undefined` where they make no date, or none that can be told. */
export function resolve(rule: Rule, tokens: readonly Token[], reference: Reference): When | undefined {
  return rules[rule](readParts(tokens, reference), reference, tokens);
}

type Resolver = (parts: Parts, reference: Reference, tokens: readonly Token[]) => When | undefined;

const rules: Record<Rule, Resolver> = {
  figures: figuresDay,
  nightBetween: rangeOf,
  night: nightOf,
  count: countedFrom,
  span: spanUpTo,
  dayRange: rangeOf,
  day: dayInYear,
  partialFigures: partialFiguresDay,
  weekdayInWeek: weekdayOfWeek,
  weekdayRange: rangeOf,
  weekday: weekdayNamed,
  dayOfMonth: numberedDay,
  monthRange: monthsBetween,
  partOfMonth: monthNamed,
  partOfWeek: weekNamed,
  month: monthNamed,
  partOfYear: partOfYearNamed,
  year: yearNamed,
  yearRange: yearsBetween,
  season: seasonNamed,
  quarter: quarterNamed,
  week: weekNamed,
  weekend: weekendNamed,
  relativeDay: relativeDay,
  sinceMention: dayFromMention,
};
