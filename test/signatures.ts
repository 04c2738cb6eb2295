import type { Article, FoldTools } from '../src/events/fold/article.ts';
import { tellingOf } from '../src/events/fold/groups.ts';
import { hashesOf, soundsOf } from '../src/events/likeness/wording.ts';
import type { Claim, Item, ItemId, Signature } from '../src/model.ts';
import { dayAt, parseDay } from '../src/time.ts';
import { kindBookOf } from '../src/topics/kinds.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';

let made = 0;

/** States by those who speak for them; what is rare enough to tell. */
export const foldTools: FoldTools = {
  topic: 'dprk-russia',
  actors: {
    rootOf: (actor) =>
      ({ nis: 'rok', kirby: 'us', pentagon: 'us', kremlin: 'russia', hur: 'ukraine' })[actor] ?? actor,
    isParty: (root) => root === 'dprk' || root === 'russia',
    isUnitedNations: (root) => root === 'un',
  },
  kinds: kindBookOf(loadTopic('src/topics/dprk-russia').kindList),
  weightOf: (fact) => (['dprk', 'russia', 'ukraine'].includes(fact) ? 0.3 : 3),
};

/** An English report of 23 October 2024 on what Seoul says; `text` gives its wording. */
export function aSignature({ text = '', ...given }: Partial<Signature> & { text?: string } = {}): Signature {
  made += 1;
  const day = parseDay('2024-10-23');
  return {
    item: `report-${made}` as ItemId,
    language: 'en',
    published: day,
    day,
    days: [],
    kinds: ['transfer'],
    direction: 'DPRK→Russia',
    denies: false,
    speakers: ['rok'],
    facts: [],
    amounts: [],
    counts: [],
    words: hashesOf(text),
    sounds: soundsOf(text),
    ...given,
  };
}

/** An article that makes these claims, as folding takes it: its title is its whole wording. */
export function anArticle(item: Partial<Item>, claims: readonly Claim[]): Article {
  const whole = anItem({ text: '', ...item });
  const own = claims.map((claim, index) => ({
    ...claim,
    id: `${whole.id}/${index}`,
    item: whole.id,
    offset: index,
  }));
  const told = own.filter(({ role }) => role === 'news');
  const day = whole.published && dayAt(whole.published, 'UTC');
  return {
    item: whole,
    claims: own,
    headline: whole.title,
    signature: aSignature({
      item: whole.id,
      language: whole.language,
      text: whole.title,
      ...(day === undefined ? {} : { published: day }),
      ...(told[0]?.when === undefined ? {} : { day: told[0].when.start }),
      ...tellingOf(told.slice(0, 1), foldTools.actors.rootOf),
      facts: [...new Set(own.flatMap(({ places, weapons, actors }) => [...places, ...weapons, ...actors]))],
      amounts: own.flatMap(({ quantities }) => quantities.map(({ value }) => value)),
    }),
  };
}
