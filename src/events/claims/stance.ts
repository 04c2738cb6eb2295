import type { SpeechCue } from '../../language/speech.ts';
import type { Stance } from '../../model.ts';
import type { Attribution } from './attribution.ts';
import type { KindFound } from './kinds.ts';
import { BELONGINGS } from './origin.ts';
import type { Passage } from './passages.ts';
import { holds, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';

/** The stance that each reporting word takes. */
const STANCES: Partial<Record<SpeechCue, Stance>> = {
  says: 'asserts',
  confirms: 'confirms',
  acknowledges: 'acknowledges',
  reports: 'reports',
  condemns: 'condemns',
  demands: 'demands',
  denies: 'denies',
};

/** A word of the future or of doubt bears on the words of a kind so near behind it (before it, where verbs come last). */
const MODAL_REACH = 70;
const NEGATION_REACH = 32;
/** A clause that opens with a modal verb ends so far behind it. */
const ALLEGED_REACH = 140;

/** How the speakers stand to what a passage tells: by their first reporting word, a denial before all others. */
export function stanceOf({ speakers, verbs }: Attribution, isParty: (root: string) => boolean): Stance {
  const labels = verbs.map(({ label }) => label);
  if (speakers.length === 0) return 'reports';
  if (labels.includes('doesNotDeny')) return 'asserts';
  if (labels.includes('denies')) return 'denies';
  const [first] = labels.flatMap((label) => STANCES[label] ?? []);
  if (first === 'confirms' || first === 'acknowledges') {
    return speakers.some(({ root }) => isParty(root)) ? 'acknowledges' : 'confirms';
  }
  return first ?? 'asserts';
}

/** Before a withdrawal (behind it, where verbs come last), these tell that there is none, or that it is asked of others. */
const HINDRANCES: ReadonlySet<SpeechCue> = new Set(['denies', 'doesNotDeny', 'demands', 'refuses']);
/** So do these, where they are near. */
const DOUBTS: ReadonlySet<SpeechCue> = new Set(['negation', 'future', 'hypothetical']);
/** A capital and at most two short words after it. */
const NAME_BEFORE = /(\p{Lu}[\p{L}\d’'-]*)(\s(?:\p{Ll}{1,6}\s){0,2})$/u;
const NAME_REACH = 48;

/** Tells whether a passage takes back what it tells: its speakers their own word or, where nobody speaks, the outlet. */
export function isTakenBack(
  passage: Passage,
  { speakers, verbs }: Attribution,
  isVerbLast: boolean,
): boolean {
  return passage.speech
    .filter(({ label }) => label === 'retracts')
    .filter(
      (cue) => !passage.quotes.some((quote) => holds(quote, cue)) && !isHindered(cue, passage, isVerbLast),
    )
    .some(
      (cue) =>
        !isStrangers(cue, passage) &&
        (speakers.length === 0 || (verbs.includes(cue) && (isVerbLast || isDoneBy(cue, passage, speakers)))),
    );
}

/** `urged Seoul to retract its claim`: who wants others to take something back denies it. */
export function isWantedBack({ speech }: Passage, { verbs }: Attribution, isVerbLast: boolean): boolean {
  return verbs.some(
    (verb) =>
      verb.label === 'demands' &&
      speech.some((cue) => cue.label === 'retracts' && cue.start >= verb.end !== isVerbLast),
  );
}

function isHindered(cue: Span, { speech }: Passage, isVerbLast: boolean): boolean {
  return speech.some(({ label, start, end }) => {
    const distance = isVerbLast ? start - cue.end : cue.start - end;
    const isNear = distance >= 0 && distance <= NEGATION_REACH;
    return (HINDRANCES.has(label) && distance >= 0) || (DOUBTS.has(label) && isNear);
  });
}

/** `Bloomberg has withdrawn its report`: a name that nothing else is known of stands right before the verb. */
function isStrangers(verb: Span, { text, start, mentions, dates, speech }: Passage): boolean {
  const found = NAME_BEFORE.exec(
    text.slice(Math.max(0, verb.start - start - NAME_REACH), verb.start - start),
  );
  if (found === null) return false;
  const end = verb.start - (found[2] ?? '').length;
  const name = { start: end - (found[1] ?? '').length, end };
  return ![...mentions, ...dates, ...speech].some((known) => overlaps(known, name));
}

/** Whoever is named last before a verb does what it says: the speakers themselves, or the state for which they speak. */
function isDoneBy(verb: Span, { mentions }: Passage, speakers: Attribution['speakers']): boolean {
  const doer = mentions.findLast(({ type, end }) => type === 'actor' && end <= verb.start);
  return doer === undefined || speakers.some(({ id, root }) => doer.id === id || doer.id === root);
}

/** Tells whether the speakers leave open what they speak of: "does not deny". */
export function isLeftOpen({ verbs }: Attribution): boolean {
  return verbs.some(({ label }) => label === 'doesNotDeny');
}

/** How the speakers judge what they speak of, where they do; what they say of themselves in quotation marks counts. */
export function judgementOf(
  { speakers, verbs }: Attribution,
  { speech, quotes }: Passage,
): 'condemns' | 'demands' | undefined {
  if (speakers.length === 0) return undefined;
  const quoted = speech.filter((cue) => quotes.some((quote) => holds(quote, cue)));
  const labels = [...verbs, ...quoted].map(({ label }) => label);
  if (labels.includes('condemns')) return 'condemns';
  return labels.includes('demands') ? 'demands' : undefined;
}

/** Tells whether a passage speaks of something as still to come, wished for or only possible. */
export function isExpected(kind: KindFound, passage: Passage, isVerbLast: boolean): boolean {
  const words = hull(kind.words);
  return passage.speech
    .filter(({ label }) => label === 'future' || label === 'hypothetical')
    .filter((cue) => !passage.dates.some((date) => overlaps(date, cue)))
    .filter((cue) => !isAlleged(cue, passage) && !isObjectMark(cue, passage))
    .some((cue) => bearsOn(cue, words, isVerbLast, MODAL_REACH));
}

/** `将20个集装箱运往`, `将炮弹运往`: the word of the future that touches a thing marks it as the object. */
function isObjectMark({ end }: Span, { quantities, cues }: Passage): boolean {
  return (
    quantities.some(({ start }) => start === end) ||
    cues.some(({ label, start }) => BELONGINGS.has(label) && start === end)
  );
}

/** "soll Raketen geliefert haben": what may have happened already is not still to come. */
function isAlleged(modal: Span, { speech }: Passage): boolean {
  return speech.some(
    ({ label, start }) => label === 'alleged' && start >= modal.end && start - modal.end <= ALLEGED_REACH,
  );
}

/** Tells whether a passage says that something did not happen. */
export function isNegated(kind: KindFound, passage: Passage, isVerbLast: boolean): boolean {
  const words = hull(kind.words);
  return passage.speech
    .filter(({ label }) => label === 'negation')
    .some((cue) => bearsOn(cue, words, isVerbLast, NEGATION_REACH));
}

function bearsOn(cue: Span, words: Span, isVerbLast: boolean, reach: number): boolean {
  const distance = isVerbLast ? cue.start - words.end : words.start - cue.end;
  return overlaps(cue, words) || (distance >= 0 && distance <= reach);
}

function hull(words: readonly Span[]): Span {
  return {
    start: Math.min(...words.map(({ start }) => start)),
    end: Math.max(...words.map(({ end }) => end)),
  };
}
