import type { Name } from '../topics/schema.ts';
import type { Topic } from '../topics/topic.ts';
import { buildAutomaton } from './automaton.ts';
import { fits } from './borders.ts';
import { readingForm, spellingOf } from './spelling.ts';
import type { Spelling } from './spelling.ts';

/** A term or a name where a text has it. Offsets are UTF-16 positions in the text that was searched. */
export interface Finding {
  /** As the list has it, with its marks. */
  readonly term: string;
  /** What the text speaks of here: the term's concept, or those of the name. */
  readonly concepts: readonly string[];
  /** Absent where a term was found, not a name. */
  readonly name?: Name;
  /** Language or script of the list; `und` for names. */
  readonly language: string;
  readonly start: number;
  readonly end: number;
}

/** All terms and names of a topic, ready to be looked for in any text. */
export interface Finder {
  readonly topic: Topic;
  /**
   * Finds every term and name, in text order. Of names of one type that lie within each other the longest
   * counts, and nothing counts that overlaps a look-alike (a term of a concept whose role is `mask`).
   */
  readonly find: (text: string) => Finding[];
}

/** A way of writing something, and what it stands for. */
interface Entry extends Spelling {
  readonly term: string;
  readonly concepts: readonly string[];
  readonly name?: Name;
  readonly language: string;
  readonly isMask: boolean;
}

/** Compiles the terms and names of a topic into one automaton. */
export function makeFinder(topic: Topic): Finder {
  const entries = entriesOf(topic).filter(({ key }) => key !== '');
  const automaton = buildAutomaton(entries.map(({ key }) => key));

  function find(text: string): Finding[] {
    const form = readingForm(text);
    const found: Finding[] = [];
    const masked: Finding[] = [];
    automaton.scan(form.units, form.length, (index, end) => {
      const entry = entries[index];
      if (entry === undefined) return;
      const span = fits(entry, form, end);
      if (span === undefined) return;
      const start = form.origin[span.start] ?? 0;
      const last = form.origin[span.end] ?? text.length;
      if (entry.exact !== undefined && !text.startsWith(entry.exact, start)) return;
      (entry.isMask ? masked : found).push(findingOf(entry, start, trimmedEnd(text, start, last)));
    });
    return settle(found, masked);
  }

  return { topic, find };
}

function entriesOf(topic: Topic): Entry[] {
  const masks = new Set(topic.concepts.filter(({ role }) => role === 'mask').map(({ id }) => id));
  const implied = new Map(topic.concepts.map(({ id, implies }) => [id, [id, ...implies]]));
  const terms = topic.terms.map(({ text, concept, language }) => ({
    ...spellingOf(text),
    term: text,
    concepts: implied.get(concept) ?? [concept],
    language,
    isMask: masks.has(concept),
  }));
  const names = topic.names.flatMap((name) =>
    Object.values(name.spellings)
      .flat()
      .map((text) => ({
        ...spellingOf(text),
        term: text,
        concepts: name.concepts,
        name,
        language: 'und',
        isMask: false,
      })),
  );
  return [...terms, ...names];
}

function findingOf(entry: Entry, start: number, end: number): Finding {
  const { term, concepts, name, language } = entry;
  return { term, concepts, ...(name && { name }), language, start, end };
}

/** The end of a finding without the space or hyphen that the next word's first unit was mapped behind. */
function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /[^\p{L}\p{M}\p{N}]/u.test(text[last - 1] ?? '')) last--;
  return last === start ? end : last;
}

/** Puts findings in text order and leaves out those that others hide. */
function settle(found: readonly Finding[], masked: readonly Finding[]): Finding[] {
  const sorted = found.toSorted(byPlace);
  const open = masked.length === 0 ? sorted : unmasked(sorted, masked.toSorted(byPlace));
  const reach = { actor: 0, weapon: 0, place: 0 };
  return open.filter((finding, index) => {
    if (isSaidBefore(finding, open, index)) return false;
    const { name, end } = finding;
    if (name === undefined) return true;
    if (end <= reach[name.type]) return false;
    reach[name.type] = end;
    return true;
  });
}

function byPlace(one: Finding, other: Finding): number {
  return one.start - other.start || other.end - one.end;
}

/** The findings that no mask overlaps; both lists in text order. */
function unmasked(found: readonly Finding[], masks: readonly Finding[]): Finding[] {
  let next = 0;
  let covered = 0;
  return found.filter(({ start, end }) => {
    for (; (masks[next]?.start ?? Infinity) <= start; next++)
      covered = Math.max(covered, masks[next]?.end ?? 0);
    return covered <= start && (masks[next]?.start ?? Infinity) >= end;
  });
}

/** Tells whether the same thing was found in the same place by another spelling of the same list. */
function isSaidBefore(finding: Finding, sorted: readonly Finding[], index: number): boolean {
  for (let before = index - 1; ; before--) {
    const other = sorted[before];
    if (other === undefined || other.start !== finding.start || other.end !== finding.end) return false;
    const isSame = other.name === finding.name && other.concepts[0] === finding.concepts[0];
    if (isSame && other.language === finding.language) return true;
  }
}
