import type { Claim, Day, Signature } from '../../model.ts';
import type { KindBook } from '../../topics/kinds.ts';
import { overlaps } from '../consensus.ts';
import type { Article, FoldTools } from './article.ts';
import { isOpposite } from '../likeness/veto.ts';
import { hashesOf, soundsOf } from '../likeness/wording.ts';

/** The claims of one article that tell of one happening. */
export interface Group {
  /** The claim that the others were found to agree with. */
  readonly lead: Claim;
  readonly claims: readonly Claim[];
}

/** Parts the claims of an article into happenings; the first group is what the article is mainly about. */
export function groupsOf(claims: readonly Claim[], kinds: KindBook): Group[] {
  const inOrder = claims.toSorted(
    (a, b) => rank(a) - rank(b) || a.offset - b.offset || (a.id < b.id ? -1 : 1),
  );
  const groups: { lead: Claim; claims: Claim[] }[] = [];
  for (const claim of inOrder) {
    const group = groups.find(
      ({ lead, claims: some }) => isSameHappening(lead, claim, kinds) && isSameTime(some, claim),
    );
    if (group === undefined) groups.push({ lead: claim, claims: [claim] });
    else group.claims.push(claim);
  }
  return groups;
}

/** How a part of an article compares with others: by what its claims say and by their sentences. */
export function signatureOfGroup(
  { signature }: Article,
  { lead, claims }: Group,
  { actors }: FoldTools,
): Signature {
  const text = claims.map(({ sentence }) => sentence).join('\n');
  const { day: _, ...own } = signature;
  const day = dayOfStory(lead);
  return {
    ...own,
    ...(day !== undefined && { day }),
    isSide: true,
    days: [],
    ...tellingOf(claims, actors.rootOf),
    facts: [...new Set(claims.flatMap((claim) => [...claim.places, ...claim.weapons, ...claim.actors]))],
    amounts: claims.flatMap(({ quantities }) => quantities.map(({ value }) => value)),
    words: hashesOf(text),
    sounds: soundsOf(text),
  };
}

/** The day on which something happened, or was said where only that is told. */
export function dayOfStory({ when, said }: Claim): Day | undefined {
  return [when, said].find((known) => known?.precision === 'day')?.start;
}

/** What the claims of one happening say, as signatures hold it. */
export function tellingOf(
  claims: readonly Claim[],
  rootOf: (actor: string) => string,
): Pick<Signature, 'kinds' | 'direction' | 'denies' | 'speakers' | 'weapons' | 'counts' | 'done'> {
  const [lead] = claims;
  const done = claims.flatMap((claim) => dayDone(claim) ?? [])[0];
  return {
    ...(done !== undefined && { done }),
    kinds: [...new Set(claims.map(({ kind }) => kind))],
    direction: lead?.direction ?? 'none',
    denies: lead?.stance === 'denies',
    speakers: [...new Set(claims.flatMap(({ claimants }) => claimants.map(({ id }) => rootOf(id))))],
    weapons: [...new Set(claims.flatMap(({ weapons }) => weapons.map(rootOf)))],
    counts: claims.flatMap(({ quantities }) => quantities.map(({ value, unit }) => ({ value, unit }))),
  };
}

/** The day on which something is told to have been done; not one on which it is expected, nor one long past. */
function dayDone({ role, stance, when }: Claim): Day | undefined {
  const isDone = role === 'news' && stance !== 'expects' && stance !== 'denies';
  return isDone && when?.precision === 'day' ? when.start : undefined;
}

/** A claim without a day may belong to any; one with a day only where no other gives another. */
function isSameTime(some: readonly Claim[], { when }: Claim): boolean {
  return when === undefined || some.every((one) => one.when === undefined || overlaps(one.when, when));
}

/** News before what is expected, and both before history told again. */
function rank({ role, stance }: Claim): number {
  if (role === 'background') return 2;
  return stance === 'expects' ? 1 : 0;
}

function isSameHappening(a: Claim, b: Claim, { is }: KindBook): boolean {
  if (a.role !== b.role || isOpposite(a.direction, b.direction)) return false;
  if (a.kind !== b.kind && !is(a.kind, 'talk') && !is(b.kind, 'talk')) return false;
  return (a.stance === 'denies') === (b.stance === 'denies') || a.kind === b.kind;
}
