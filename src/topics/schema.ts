import { z } from 'zod';
import { stances, statuses } from '../model.ts';
import { kindTraits } from './kinds.ts';

const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'not an id (letters, digits and hyphens)');
const Words = z.string().trim().min(1);
/** A text in several languages: language → text. English is always there. */
const Label = z.record(z.string(), Words).refine(({ en }) => en !== undefined, {
  path: ['en'],
  message: 'must be given',
});
const Concepts = z.array(Id).readonly();
/** A day, a month or a year. */
const Date = z
  .string()
  .regex(/^\d{4}(-\d{2}){0,2}$/, 'not a day, month or year like 2024-10-23, 2024-10 or 2024');

/** One of the two sides whose dealings a topic watches. Directions are written with its id: `DPRK→Russia`. */
const PartyRow = z.strictObject({
  id: Id,
  /** Its id in names.json. */
  actor: Id,
  label: Label,
});
export type Party = Readonly<z.output<typeof PartyRow>>;

const KindRow = z.strictObject({
  id: Id,
  label: Label,
  /** What is done: happenings of different deeds are two. Absent for meetings, which may be about any, and for words. */
  deed: Words.optional(),
  /** Under which one happening may be told as this kind or as another with the same occasion. */
  occasion: Words.optional(),
  traits: z.array(z.enum(kindTraits)).readonly().optional(),
});
export type Kind = Readonly<z.output<typeof KindRow>>;

/** A thing that texts speak of, found by its terms and names. */
const ConceptRow = z.strictObject({
  id: Id,
  /** What it stands for, and what a reader should call it when it is missing. */
  label: Label,
  /** `mask` hides every other finding that it overlaps: look-alikes and false friends. */
  role: z.enum(['evidence', 'context', 'mask']).default('evidence'),
  /**
   * Whether its terms count in texts of any language. Others count only in texts of their own list's language,
   * where that is known: "die" is a German article and an English death.
   */
  anyLanguage: z.boolean().default(false),
  /** Concepts that it speaks of besides itself. */
  implies: Concepts.default([]),
});
export type Concept = Readonly<z.output<typeof ConceptRow>>;

/** Which concepts must meet, and what that is worth. */
const Rule = {
  /** Every one of these. */
  all: Concepts.default([]),
  /** At least one of these, where the list is not empty. */
  any: Concepts.default([]),
  /** None of these. */
  none: Concepts.default([]),
};

const CombinationRow = z.strictObject({
  ...Rule,
  /** Where the concepts are sought: in one sentence, in it and those next to it, or in it and the title. */
  reach: z.enum(['sentence', 'neighbours', 'title']).default('sentence'),
  /** What one such place is worth; 1 makes a sure hit of it. */
  weight: z.number().positive(),
});
export type Combination = Readonly<z.output<typeof CombinationRow>>;

/** Where a text is about something else: the score is multiplied by `factor`. */
const ContextRow = z.strictObject({
  ...Rule,
  /** Where it is looked for: in the title, in the title and the first sentences, in each sentence for itself. */
  where: z.enum(['title', 'lead', 'sentence']),
  factor: z.number().min(0).max(1),
});
export type Context = Readonly<z.output<typeof ContextRow>>;

const ScoringRow = z.strictObject({
  /** A title counts as so many sentences. */
  titleWeight: z.number().positive(),
  /** The first sentences of the text count so much. */
  leadWeight: z.number().positive(),
  /** How many sentences the lead has. */
  leadSentences: z.int().min(0),
});
export type Scoring = Readonly<z.output<typeof ScoringRow>>;

const ThresholdsRow = z.strictObject({
  hit: z.number().min(0).max(1),
  related: z.number().min(0).max(1),
});
export type Thresholds = Readonly<z.output<typeof ThresholdsRow>>;

export const TopicFile = z.strictObject({
  id: Id,
  label: Label,
  enabled: z.boolean().default(true),
  parties: z.array(PartyRow).length(2).readonly(),
  kinds: z.tuple([KindRow], KindRow).readonly(),
  concepts: z.array(ConceptRow).readonly(),
  combinations: z.array(CombinationRow).readonly(),
  contexts: z.array(ContextRow).readonly(),
  scoring: ScoringRow,
  thresholds: ThresholdsRow,
});

/** language → concept → terms; see docs/topics.md for the marks in a term. */
export const TermsFile = z.record(Id, z.array(Words).readonly());

/** what is meant → language → ways of saying it, with a bar between them. */
export const SearchFile = z.record(Id, z.record(Id, Words));

const NameRow = z.strictObject({
  id: Id,
  type: z.enum(['actor', 'weapon', 'place']),
  /**
   * What it belongs to, of the same type: the actor for which this one speaks (a minister's state, a lawmaker's
   * agency), the sort of weapon, the region of a place.
   */
  of: Id.optional(),
  label: Label,
  /** Concepts that a text speaks of when it names this. */
  concepts: Concepts.default([]),
  /** Ways of writing it, by language or script; see docs/topics.md for the marks in a spelling. */
  spellings: z.record(z.string(), z.array(Words).min(1).readonly()),
});
export type Name = Readonly<z.output<typeof NameRow>>;
export const NamesFile = z.array(NameRow).readonly();

const SourceFields = z.strictObject({
  id: Id,
  url: z.url({ protocol: /^https?$/ }),
  source: Words,
  family: Words,
  country: z.string().length(2).exactOptional(),
  kind: z.enum(['wire', 'press', 'official', 'state-media', 'specialist', 'aggregator']),
  stance: Words.exactOptional(),
  language: z.string().min(2),
  section: Words.optional(),
  enabled: z.boolean(),
  /** False for a house whose pages refuse us, or whose feed holds its articles whole. */
  fullText: z.boolean().optional(),
  windowHours: z.number().positive().optional(),
  republishes: z.array(Words).readonly(),
});
export type SourceRow = Readonly<z.output<typeof SourceFields>>;
export const SourcesFile = z.array(SourceFields).readonly();

const QuantityFields = z.strictObject({
  value: z.number().nonnegative(),
  unit: z.string().regex(/^[a-z_]+$/, 'not a unit like killed_or_wounded'),
  bound: z.enum(['exact', 'at_least', 'at_most', 'about']),
  claimant: Id.optional(),
});

const ClaimFields = z.strictObject({
  /** Absent where no one is named. */
  claimant: Id.optional(),
  stance: z.enum(stances),
  said: Date.optional(),
});

const HistoryFields = z.strictObject({
  id: Id,
  day: Date,
  end: Date.optional(),
  precision: z.enum(['day', 'range', 'week', 'month', 'year']),
  kind: Id,
  direction: Words,
  titles: Label,
  summary: Words,
  actors: z.array(Id).readonly(),
  places: z.array(Id).readonly(),
  weapons: z.array(Id).readonly(),
  quantities: z.array(QuantityFields).readonly(),
  claims: z.array(ClaimFields).readonly(),
  status: z.enum(statuses),
  sources: z
    .array(
      z.strictObject({
        url: z.url(),
        outlet: Words,
        language: z.string().min(2),
        published: Date.optional(),
      }),
    )
    .readonly(),
  related: z.array(Id).readonly(),
  confidence: z.enum(['low']).optional(),
});
export type HistoryFileRow = z.output<typeof HistoryFields>;
export const HistoryFile = z.array(HistoryFields).readonly();
