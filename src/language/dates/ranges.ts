import { monthOf, yearOf } from '../../time.ts';
import type { When } from '../../model.ts';
import { between } from './calendar.ts';
import { dayOrWeekday } from './days.ts';
import { readParts, type Parts } from './parts.ts';
import { monthNamed } from './periods.ts';
import type { Reference } from './reference.ts';
import type { Token } from './token.ts';

/** Both ends of "8–13 October", "from Monday to Wednesday", "the night from the 29th to 30 December". */
export function rangeOf(_: Parts, reference: Reference, tokens: readonly Token[]): When | undefined {
  const cut = tokens.findLastIndex(
    ({ letter }, index) =>
      '-&>'.includes(letter) &&
      tokens.slice(0, index).some((token) => 'WvDMma'.includes(token.letter)) &&
      !'-&>'.includes(tokens[index - 1]?.letter ?? ''),
  );
  const first = readParts(tokens.slice(0, cut), reference);
  const left = { ...first, days: first.days.slice(0, 1) };
  const joined = joinEnds(left, readParts(tokens.slice(cut + 1), reference));
  const end = dayOrWeekday(joined.right, reference);
  if (end === undefined) return undefined;
  const start = dayOrWeekday(joined.left, {
    ...reference,
    day: end.start,
    isPublication: true,
    dated: undefined,
    planned: false,
    lastSkips: 0,
  });
  return start === undefined ? undefined : between(start.start, end.end);
}

/** From the first of one month to the last of another. */
export function monthsBetween(_: Parts, reference: Reference, tokens: readonly Token[]): When | undefined {
  const cut = tokens.findLastIndex(({ letter }) => '-&>'.includes(letter));
  const first = readParts(tokens.slice(0, cut), reference);
  const joined = joinEnds(first, readParts(tokens.slice(cut + 1), reference));
  const left = first.month ?? first.days[0];
  const end = monthNamed(joined.right, reference);
  if (end === undefined || left === undefined) return undefined;
  const endYear = Number(end.start.slice(0, 4));
  const startYear = first.year ?? (left > (joined.right.month ?? 0) ? endYear - 1 : endYear);
  return left > 12 ? undefined : between(monthOf(startYear, left).start, end.end);
}

/** "Between 2019 and 2023", "in 2022 and 2023". */
export function yearsBetween(_: Parts, __: Reference, tokens: readonly Token[]): When | undefined {
  const [first, last] = tokens.filter(({ letter }) => letter === 'Y');
  if (first === undefined || last === undefined) return undefined;
  return between(yearOf(first.value).start, yearOf(last.value).end);
}

/** Gives each end of a range what only the other one says. */
function joinEnds(left: Parts, right: Parts): { left: Parts; right: Parts } {
  const month = right.month ?? left.month;
  const year = right.year ?? (right.month === undefined || left.month === undefined ? left.year : undefined);
  return {
    right: { ...right, ...(month !== undefined && { month }), ...(year !== undefined && { year }) },
    left:
      left.month === undefined && month !== undefined
        ? { ...left, month, ...(year !== undefined && { year }) }
        : left,
  };
}
