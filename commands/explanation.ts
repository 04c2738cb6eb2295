import { labelIn, nameOf } from '../digests/names.ts';
import { foreign, words, type Line } from '../src/message.ts';
import type { Evidence } from '../src/model.ts';
import type { Explanation } from '../src/matches/explain.ts';
import { matchedText, type Matchable } from '../src/matches/match.ts';
import type { Context } from './command.ts';

const MOST_SENTENCES = 3;
const MOST_PIECES = 12;
const LONGEST_SENTENCE = 240;

/**
 * Tells why an article counts as it does, a line each: its score, the sentences that spoke for it with the words found
 * in them, the words found elsewhere, and what was missing or spoke against it.
 */
export function explanationLines(item: Matchable, explanation: Explanation, context: Context): Line[] {
  const { speech } = context;
  const { evidence, score, zone } = explanation;
  const sentences = explanation.sentences.slice(0, MOST_SENTENCES);
  const text = matchedText(item);
  const elsewhere = evidence.filter((found) => !sentences.some((sentence) => isIn(found, sentence)));
  const phrase = sentences.length === 0 ? 'why.found' : 'why.elsewhere';
  return [
    [words(scoreText({ score, zone }, context))],
    ...sentences.map((sentence): Line => {
      const sentenceText = text.slice(sentence.start, sentence.end);
      const found = evidence.filter((one) => isIn(one, sentence));
      return [foreign(shortened(sentenceText)), words(' · ', 'quiet'), ...foundLine(found, text, context)];
    }),
    ...(elsewhere.length > 0
      ? [[words(`${speech.say(phrase)} `), ...foundLine(elsewhere, text, context)]]
      : []),
    ...doubtLines(explanation, context),
  ];
}

/** `Score 0.91: about the topic`. */
export function scoreText(
  { score, zone }: Pick<Explanation, 'score' | 'zone'>,
  { speech }: Pick<Context, 'speech'>,
): string {
  return speech.say('why.score', {
    score: speech.number(Math.round(score * 100) / 100),
    zone: speech.say(`zone.${zone}`),
  });
}

/** What was found in a text, each piece once and as it is written there, with what it stands for. */
export function foundLine(evidence: readonly Evidence[], text: string, context: Context): Line {
  const pieces = evidence.map(({ start, end, concept }) => ({ piece: text.slice(start, end), concept }));
  const distinct = [...new Map(pieces.map((one) => [one.piece.toLowerCase(), one])).values()];
  const spans = distinct
    .slice(0, MOST_PIECES)
    .flatMap(({ piece, concept }, index): Line => [
      words(index === 0 ? '' : ', '),
      foreign(piece),
      words(` (${meaningOf(concept, context)})`, 'quiet'),
    ]);
  const others = distinct.length - MOST_PIECES;
  return others > 0 ? [...spans, words(` ${context.speech.say('others', { count: others })}`)] : spans;
}

function doubtLines({ missing, isScattered, against }: Explanation, context: Context): Line[] {
  const { speech } = context;
  const named = (concepts: readonly string[]) =>
    speech.list(concepts.map((concept) => meaningOf(concept, context)));
  const lines = [
    ...(missing.length > 0 ? [speech.say('why.missing', { concepts: named(missing) })] : []),
    ...(isScattered ? [speech.say('why.scattered')] : []),
    ...against.map(({ concepts, factor }) =>
      speech.say('why.against', {
        concepts: named(concepts),
        percent: speech.number(Math.round(factor * 100)),
      }),
    ),
  ];
  return lines.map((line) => [words(line)]);
}

function meaningOf(concept: string, context: Context): string {
  const known = context.topic.concepts.find(({ id }) => id === concept);
  return known === undefined
    ? (nameOf(concept, context) ?? concept)
    : labelIn(known, context.speech.language);
}

function isIn({ start }: Evidence, sentence: { readonly start: number; readonly end: number }): boolean {
  return sentence.start <= start && start < sentence.end;
}

function shortened(text: string): string {
  return text.length <= LONGEST_SENTENCE ? text : `${text.slice(0, LONGEST_SENTENCE - 1).toWellFormed()}…`;
}
