import { z } from 'zod';

const Word = z.string().trim().min(1);

const RuleFields = z.strictObject({
  /** The kind of event that a passage tells of when the rule holds. */
  kind: Word,
  /** Cues that must stand within `reach` characters of each other. */
  all: z.array(Word).min(1).readonly(),
  reach: z.int().positive(),
  /** `both`: both parties must be spoken of; `first`: the first, whose goods or people they are. */
  parties: z.enum(['both', 'first']),
  /** Which way it goes unless the words say otherwise. */
  direction: Word,
  /** A weak rule counts only where no strong one holds. */
  weak: z.boolean().default(false),
  /** Kinds beside which this one says nothing of its own. */
  unless: z.array(Word).readonly().default([]),
  /** What may be counted of it, by the unit names of language/numbers.ts. */
  units: z.array(Word).readonly(),
});

/** One way of telling that a passage is about a kind of event; the first that holds gives a kind. */
export type KindRule = Readonly<z.output<typeof RuleFields>>;

/** The rules, in order of weight. */
export const KindRulesFile = z.array(RuleFields).readonly();

/** cue → phrases with a bar between them; `*` stands for the rest of a word. */
export const KindWordsFile = z.record(z.string(), Word);

/** A phrase that hints at a kind of event. */
export interface KindCue {
  readonly text: string;
  readonly cue: string;
  /** BCP 47 language of the list that holds it. */
  readonly language: string;
}

/** The phrases of one language's list. */
export function kindCuesOf(lists: z.output<typeof KindWordsFile>, language: string): KindCue[] {
  return Object.entries(lists).flatMap(([cue, texts]) =>
    texts.split('|').map((text) => ({ text, cue, language })),
  );
}
