import { matchedText } from '../matches/match.ts';
import type { Finder } from '../matches/finder.ts';
import type { Claim, Day, Item, Match } from '../model.ts';
import { kindBookOf } from '../topics/kinds.ts';
import type { KindBook } from '../topics/kinds.ts';
import type { Topic } from '../topics/topic.ts';
import { attributionOf } from './claims/attribution.ts';
import type { Side } from './claims/direction.ts';
import { anyClaimIn, claimsIn } from './claims/drafts.ts';
import type { Draft } from './claims/drafts.ts';
import type { Mention } from './claims/mentions.ts';
import { withHeadlineDay } from './claims/headline.ts';
import type { Passage } from './claims/passages.ts';
import { makeReader } from './claims/reading.ts';
import type { Reading } from './claims/reading.ts';
import { frameOf, isAbout } from './claims/relevance.ts';
import { withoutRepeats } from './claims/repeats.ts';
import type { Speaker } from './claims/scene.ts';

/** Reads what items claim. */
export interface ClaimReader {
  /**
   * Everything that an item says happened, or that somebody says in it, in text order.
   *
   * An item gives at least one claim, if only of the kind `other`, unless it has no words: whether it is about the
   * topic at all is for the match to say.
   * Offsets of claims count in `matchedText(item)`. Words are understood in the item's language.
   */
  readonly claimsOf: (item: Item, match: Match) => Claim[];
}

/** Makes a reader of claims for a topic; `finder` finds the topic's names. */
export function makeClaimReader(topic: Topic, finder: Finder): ClaimReader {
  const read = makeReader(topic, finder);
  const kinds = kindBookOf(topic.kindList);
  const names = new Map(topic.names.map(({ id, label }) => [id, label]));
  const speakerIn =
    (language: string) =>
    ({ id, root }: Mention): Speaker => {
      const label = names.get(id);
      return { id, root, name: label?.[language] ?? label?.en ?? id };
    };
  return {
    claimsOf(item, match) {
      const published = dayOf(item);
      const reading = read(matchedText(item), item.language, published);
      const found = draftsIn(reading, {
        topic,
        kinds,
        match,
        today: published,
        speakerOf: speakerIn(item.language),
      });
      const drafts = withoutRepeats(withHeadlineDay(found, reading, { today: published, kinds }));
      return drafts.map((draft, index) => ({
        id: `${item.id}#${index + 1}`,
        item: item.id,
        ...draft,
        language: item.language,
      }));
    },
  };
}

/** The day of publication in UTC; `undefined` where it is not known to the day. */
function dayOf({ published, publishedPrecision = 'day' }: Item): Day | undefined {
  return published === undefined || publishedPrecision !== 'day'
    ? undefined
    : (published.toISOString().slice(0, 10) as Day);
}

interface Given {
  readonly topic: Topic;
  readonly kinds: KindBook;
  readonly match: Match;
  readonly today: Day | undefined;
  /** Gives a speaker the name by which readers of the item's language know it. */
  readonly speakerOf: (mention: Mention) => Speaker;
}

function draftsIn(reading: Reading, { topic, kinds, match, today, speakerOf }: Given): Draft[] {
  const { text, isVerbLast, passages } = reading;
  const frame = frameOf(passages, { sides: sidesOf(topic), kinds }, match);
  const isParty = ({ root }: { readonly root: string }) => frame.sides.some(({ actor }) => actor === root);
  const earlier: Passage[] = [];
  const drafts: Draft[] = [];
  let before: readonly Speaker[] = [];
  let together: readonly Speaker[] = [];
  let lead: (() => Draft) | undefined;
  for (const passage of passages) {
    const attribution = attributionOf({ passage, text, before, together, isVerbLast, speakerOf, isParty });
    if (attribution.isNamed) before = attribution.speakers;
    if (attribution.isNamed && isAlliance(before, isParty)) together = before;
    const setting = { rules: topic.kindRules, frame, earlier, attribution, isVerbLast, today };
    lead ??= () => anyClaimIn(passage, setting);
    if (!isAbout(passage, frame, earlier)) continue;
    drafts.push(...claimsIn(passage, setting));
    earlier.push(passage);
  }
  return drafts.length > 0 || lead === undefined ? drafts : [lead()];
}

/** Several who speak together, the parties themselves aside. */
function isAlliance(speakers: readonly Speaker[], isParty: (speaker: Speaker) => boolean): boolean {
  return speakers.length > 1 && !speakers.every(isParty);
}

function sidesOf({ parties }: Topic): [Side, Side] {
  const [first, second] = parties;
  if (first === undefined || second === undefined) throw new RangeError('A topic has two parties');
  return [first, second];
}
