import { z } from 'zod';

const Word = z.string().trim().min(1);

/** What can hold of a kind of event, whatever it is called. */
export const kindTraits = [
  /** It tells what is said of a happening. */
  'talk',
  /** People meet: a capital is where they do, and that they will is news. */
  'meeting',
  /** A headline that tells of it in the present tells of the day of publication. */
  'visit',
  /** Something goes over: its way tells happenings apart. */
  'goods',
  /** Somebody hands it over: whose it is tells who gives, and what others are given is another matter. */
  'handed',
  /** It is given for the goods and people of the first party. */
  'return',
  /** It may go either way, so that the words decide. */
  'twoWay',
  /** What the first party fires by itself is a test of its own. */
  'fired',
] as const;
export type KindTrait = (typeof kindTraits)[number];

/** Kinds that every topic has: what somebody says of a happening, says against it, and whatever is left. */
export const STATEMENT = 'statement';
export const DENIAL = 'denial';
export const OTHER = 'other';

/** What the code asks about kinds of event; their names mean nothing to it. */
export interface KindBook {
  readonly is: (kind: string, trait: KindTrait) => boolean;
  readonly deedOf: (kind: string) => string | undefined;
  /** A kind without an occasion is one of its own. */
  readonly occasionOf: (kind: string) => string;
}

interface Described {
  readonly id: string;
  readonly deed?: string | undefined;
  readonly occasion?: string | undefined;
  readonly traits?: readonly KindTrait[] | undefined;
}

/** Makes a topic's list of kinds ready to be asked. A kind that it does not have has no trait. */
export function kindBookOf(kinds: readonly Described[]): KindBook {
  const known = new Map(kinds.map((kind) => [kind.id, kind]));
  return {
    is: (kind, trait) => known.get(kind)?.traits?.includes(trait) ?? false,
    deedOf: (kind) => known.get(kind)?.deed,
    occasionOf: (kind) => known.get(kind)?.occasion ?? kind,
  };
}

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
