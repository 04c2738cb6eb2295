import type { DateMention } from '../../language/dates.ts';
import type { Claim, Day, Stance, When } from '../../model.ts';
import { daysBetween } from '../../time.ts';
import { DENIAL, OTHER, STATEMENT } from '../../topics/kinds.ts';
import type { KindRule } from '../../topics/kinds.ts';
import { isAsking, isGuess, isWanted } from './asking.ts';
import type { Attribution } from './attribution.ts';
import { directionOf } from './direction.ts';
import { kindsIn } from './kinds.ts';
import type { KindFound } from './kinds.ts';
import type { Passage } from './passages.ts';
import { holds, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';
import { concerns, isOthers, LEAD } from './relevance.ts';
import type { Frame } from './relevance.ts';
import {
  isExpected,
  isLeftOpen,
  isNegated,
  isTakenBack,
  isWantedBack,
  judgementOf,
  stanceOf,
} from './stance.ts';
import { dateOf, saidIn } from './timing.ts';

/** A claim before it has a number. */
export type Draft = Omit<Claim, 'id' | 'item' | 'language'>;

/** What a passage's claims depend on beside its words. */
export interface Setting {
  readonly rules: readonly KindRule[];
  readonly frame: Frame;
  /** Passages about the topic that stand before it. */
  readonly earlier: readonly Passage[];
  readonly attribution: Attribution;
  readonly isVerbLast: boolean;
  /** The day from which what is long past is told. */
  readonly today: Day | undefined;
}

/** What happened longer ago is history when it is told after the lead. */
const NEWS_DAYS = 45;
/** Cues of a passage whose speakers judge or greet: where nothing else is told, their saying so is the event. */
const SPEECH_ACTS = new Set(['judge', 'letter']);

interface Told {
  readonly passage: Passage;
  readonly setting: Setting;
  readonly kinds: readonly KindFound[];
  readonly said: DateMention | undefined;
  readonly stance: Stance;
}

/** Everything that one passage claims: what is said about it, and what it says happened. */
export function claimsIn(passage: Passage, setting: Setting): Draft[] {
  const { attribution, frame, earlier, rules } = setting;
  const isLead = passage.position <= LEAD;
  const isOpen = isAsking(passage, setting.isVerbLast);
  const kinds = kindsIn(
    passage,
    rules,
    (kind) =>
      !(isOpen && isGuess(kind)) &&
      (isLead || !kind.rule.weak || attribution.speakers.length > 0) &&
      concerns(kind, passage, frame, earlier),
  );
  const told = toldIn(passage, setting, kinds);
  const act = speechAct(told);
  const content = kinds.filter(
    ({ rule }) => act === undefined || (rule.kind !== STATEMENT && !(act.kind === DENIAL && rule.weak)),
  );
  const happenings = content.flatMap((kind) => happening(told, kind, act) ?? []);
  const inOrder = happenings.toSorted((a, b) => rank(a, frame) - rank(b, frame));
  return act === undefined ? inOrder : [act, ...inOrder];
}

/** What is told as a fact comes first, then the meetings that are to come, then what is to come of them. */
function rank({ role, stance, kind }: Draft, { kinds }: Frame): number {
  if (role === 'background') return 3;
  if (stance !== 'expects') return 0;
  return kinds.is(kind, 'meeting') ? 1 : 2;
}

/** What a passage tells whoever it concerns; where no words say of which kind, a `statement` of its speakers or `other`. */
export function anyClaimIn(passage: Passage, setting: Setting): Draft {
  const { rules, frame } = setting;
  const unknown = unknownKind(passage, setting.attribution.speakers.length > 0 ? STATEMENT : OTHER);
  const isOpen = isAsking(passage, setting.isVerbLast);
  const [kind = unknown] = kindsIn(
    passage,
    rules,
    (one) => !isOthers(one, passage, frame) && !(isOpen && isGuess(one)),
  );
  const told = toldIn(passage, setting, [kind]);
  return happening(told, kind, undefined) ?? claimOf(told, unknown, undefined);
}

function toldIn(passage: Passage, setting: Setting, kinds: readonly KindFound[]): Told {
  const { attribution, frame } = setting;
  const isParty = (root: string) => frame.sides.some(({ actor }) => actor === root);
  const said = saidIn(passage, attribution);
  const stance = stanceIn(passage, setting, isParty);
  const isRefusal =
    stance === 'asserts' &&
    !isLeftOpen(attribution) &&
    attribution.speakers.some(({ root }) => isParty(root)) &&
    kinds.some((kind) => !kind.rule.weak && isNegated(kind, passage, setting.isVerbLast));
  return { passage, setting, kinds, said, stance: isRefusal ? 'denies' : stance };
}

function stanceIn(
  passage: Passage,
  { attribution, isVerbLast }: Setting,
  isParty: (root: string) => boolean,
): Stance {
  if (isTakenBack(passage, attribution, isVerbLast)) return 'retracts';
  const isDenied = attribution.speakers.length > 0 && isWantedBack(passage, attribution, isVerbLast);
  return isDenied ? 'denies' : stanceOf(attribution, isParty);
}

function unknownKind({ start }: Passage, kind: string): KindFound {
  const rule = {
    kind,
    all: [],
    reach: 1,
    direction: 'none',
    weak: true,
    unless: [],
    units: [],
  } as const;
  return { rule: { ...rule, parties: 'first' }, words: [{ start, end: start + 1 }] };
}

/** The claim that is made by saying it: a denial, a condemnation, a joint statement. */
function speechAct(told: Told): Draft | undefined {
  const { passage, setting, stance, kinds, said } = told;
  const { attribution } = setting;
  if (attribution.speakers.length === 0 || kinds.length === 0 || stance === 'retracts') return undefined;
  const judgement = judgementOf(attribution, passage);
  const isDenial = stance === 'denies';
  const roots = new Set(attribution.speakers.map(({ root }) => root));
  const isAct =
    isDenial ||
    isLeftOpen(attribution) ||
    judgement !== undefined ||
    (roots.size > 1 && (said !== undefined || !attribution.isNamed)) ||
    passage.cues.some(({ label }) => label === 'joint') ||
    (kinds.every(({ rule }) => rule.weak) && passage.cues.some(({ label }) => SPEECH_ACTS.has(label)));
  const [main] = kinds;
  if (!isAct || main === undefined) return undefined;
  const kind = isDenial ? DENIAL : STATEMENT;
  const rule = { ...main.rule, kind, direction: kind === DENIAL ? main.rule.direction : 'none' };
  const when =
    said ?? (kinds.every((other) => other.rule.weak) ? dateOf(main, kinds, passage, said) : undefined);
  return {
    ...common(told),
    kind,
    direction: directionOf({ ...main, rule: isDenial ? main.rule : rule }, passage, setting.frame),
    ...(when !== undefined && { when: when.when }),
    ...(said !== undefined && { said: said.when }),
    stance: judgement ?? stance,
    role: roleOf(told, when?.when),
    places: placesOf(passage, setting.frame.kinds.is(kind, 'meeting')),
    quantities: quantitiesOf(passage, ['countries', 'ministers']),
  };
}

/** What a passage says happened, or will; `undefined` for what it says did not. */
function happening(told: Told, kind: KindFound, act: Draft | undefined): Draft | undefined {
  const { passage, setting, stance } = told;
  const isNot = stance !== 'denies' && stance !== 'retracts' && isNegated(kind, passage, setting.isVerbLast);
  return isNot ? undefined : claimOf(told, kind, act);
}

function claimOf(told: Told, kind: KindFound, act: Draft | undefined): Draft {
  const { passage, setting, kinds, said, stance } = told;
  const { is } = setting.frame.kinds;
  const date = dateOf(kind, kinds, passage, said) ?? (is(kind.rule.kind, 'talk') ? said : undefined);
  const isOutlet =
    kind.rule.kind !== STATEMENT && (isLeftOpen(setting.attribution) || isOutside(kind, setting.attribution));
  const isMeeting = is(kind.rule.kind, 'meeting');
  const isOpen = !isMeeting && isAsking(passage, setting.isVerbLast);
  const isPlanned =
    date?.planned === true || isOpen || isWanted(kind) || isExpected(kind, passage, setting.isVerbLast);
  const isPresupposed = stance === 'denies' || stance === 'condemns' || stance === 'demands' || isOutlet;
  return {
    ...common(told),
    kind: kind.rule.kind,
    direction: directionOf(kind, passage, setting.frame),
    ...(date !== undefined && { when: date.when }),
    ...(said !== undefined && { said: said.when }),
    ...(isOutlet && { claimants: [] }),
    stance: contentStance(stance, isPlanned, isOutlet),
    role: act !== undefined && date === undefined && isPresupposed ? 'background' : roleOf(told, date?.when),
    places: placesOf(passage, isMeeting),
    quantities: stance === 'retracts' ? [] : quantitiesOf(passage, kind.rule.units),
  };
}

/** What is told between the speakers' name and their verb, the outlet says itself. */
function isOutside({ words }: KindFound, { aside }: Attribution): boolean {
  return aside !== undefined && words.every((word) => holds(aside, word));
}

/** Who condemns a delivery or wants it to end says that there is one. */
function contentStance(stance: Stance, isPlanned: boolean, isOutlet: boolean): Stance {
  if (stance === 'denies' || stance === 'retracts') return stance;
  if (isPlanned) return 'expects';
  if (isOutlet) return 'reports';
  return stance === 'condemns' || stance === 'demands' ? 'asserts' : stance;
}

function common({
  passage,
  setting,
}: Told): Pick<Draft, 'claimants' | 'weapons' | 'actors' | 'sentence' | 'offset'> {
  const { speakers } = setting.attribution;
  const isParty = (root: string) => setting.frame.sides.some(({ actor }) => actor === root);
  const saysOnly = new Set(speakers.filter(({ root }) => !isParty(root)).map(({ id }) => id));
  const actors = passage.mentions.filter(({ type }) => type === 'actor').map(({ id }) => id);
  return {
    claimants: speakers.map(({ id, name }) => ({ id, name })),
    weapons: weaponsOf(passage),
    actors: [...new Set(actors)].filter((id) => !saysOnly.has(id)),
    sentence: passage.sentence.text,
    offset: passage.sentence.start,
  };
}

/** Which weapons are spoken of: "satellite images" only tell how one knows. */
function weaponsOf({ mentions, cues }: Passage): string[] {
  const isSource = (name: Span) => cues.some((cue) => cue.label === 'report' && holds(cue, name));
  const weapons = mentions.filter((mention) => mention.type === 'weapon' && !isSource(mention));
  return [...new Set(weapons.map(({ id }) => id))];
}

/** Where it happened: a capital that stands for its government is a place only where people meet, one in somebody's name never. */
function placesOf({ mentions }: Passage, isMeeting: boolean): string[] {
  const isNamed = (place: Span) =>
    mentions.some(
      (name) =>
        name.type === 'actor' && holds(name, place) && name.end - name.start > place.end - place.start,
    );
  const places = mentions.filter(
    (mention) => mention.type === 'place' && (isMeeting || !mention.isGovernment) && !isNamed(mention),
  );
  return [...new Set(places.map(({ id }) => id))];
}

/** History is what happened long ago, or is marked as looking back, and is told after the lead. */
function roleOf({ passage, setting }: Told, when: When | undefined): Draft['role'] {
  if (passage.position <= LEAD) return 'news';
  const { today } = setting;
  if (when !== undefined && today !== undefined) {
    return daysBetween(when.end, today) > NEWS_DAYS ? 'background' : 'news';
  }
  return passage.speech.some(({ label }) => label === 'background') ? 'background' : 'news';
}

function quantitiesOf(passage: Passage, units: readonly string[]): Draft['quantities'] {
  return passage.quantities
    .filter(({ unit }) => units.includes(unit))
    .filter((quantity) => !passage.dates.some((date) => overlaps(date, quantity)))
    .map(({ value, bound, unit }) => ({ value, bound, unit }));
}
