import { canonicalUrl } from '../feeds/canonical-url.ts';
import type { Explanation } from '../matches/explain.ts';
import type { Matchable } from '../matches/match.ts';
import type { Absorber } from './absorb.ts';

/** What commands about articles ask of the rooms that read them; see `ArticleTools` in commands/command.ts. */
export function makeArticleTools({ explain }: Pick<Absorber, 'explain'>): {
  explain(item: Matchable): Explanation;
  keyOf(address: string): string | undefined;
} {
  return {
    explain,
    keyOf(address) {
      const page = canonicalUrl(address);
      return page === undefined ? undefined : `url:${page}`;
    },
  };
}
