import type { Citation } from './model.ts';

/** The newsroom behind a citation: the wire whose dispatch it carries, else its publisher's house. */
export function newsroomOf({ wire, family }: Citation): string {
  return wire ?? family;
}

/** How many newsrooms carry an event that are independent of each other: forty reprints of one dispatch are one. */
export function countNewsrooms(citations: readonly Citation[]): number {
  return new Set(citations.filter(({ copyOf }) => copyOf === undefined).map(newsroomOf)).size;
}
