import { canonicalUrl } from '../feeds/canonical-url.ts';
import type { Absorber } from './absorb.ts';

/** What commands about articles ask of the rooms that read them; see `ArticleTools` in commands/command.ts. */
export function makeArticleTools(absorber: Absorber): Pick<
  Absorber,
  'explain' | 'giveVerdict' | 'giveCorrection' | 'takeBack'
> & {
  keyOf(address: string): string | undefined;
} {
  return {
    explain: (item) => absorber.explain(item),
    giveVerdict: (db, item, opinion) => absorber.giveVerdict(db, item, opinion),
    giveCorrection: (db, wish, author) => absorber.giveCorrection(db, wish, author),
    takeBack: (db, id, at) => absorber.takeBack(db, id, at),
    keyOf(address) {
      const page = canonicalUrl(address);
      return page === undefined ? undefined : `url:${page}`;
    },
  };
}
