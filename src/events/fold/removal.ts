import type { Citation, Claim, ItemId, NewsEvent, Signature } from '../../model.ts';
import { statusOf } from '../status.ts';
import type { FoldTools } from './article.ts';
import { assemble, retitled } from './assembly.ts';
import { laidOver } from './corrected.ts';

/** What an event has of some items. */
export interface Part {
  readonly claims: readonly Claim[];
  readonly citations: readonly Citation[];
  readonly signatures: readonly Signature[];
}

/** What an event has of some items. */
export function partOf({ claims, citations, signatures }: NewsEvent, items: ReadonlySet<ItemId>): Part {
  const isOfThese = ({ item }: { readonly item?: ItemId }) => item !== undefined && items.has(item);
  return {
    claims: claims.filter(isOfThese),
    citations: citations.filter(isOfThese),
    signatures: (signatures ?? []).filter(isOfThese),
  };
}

/**
 * Takes all that an event has of some items out of it, at a moment. An event with nothing left keeps its id, day and
 * titles, and is retracted: links to it still lead somewhere, and what it was stays in its history.
 */
export function withoutPart(event: NewsEvent, part: Part, changed: Date, tools: FoldTools): NewsEvent {
  const left = {
    ...event,
    changed,
    claims: event.claims.filter((claim) => !part.claims.includes(claim)),
    citations: event.citations.filter((citation) => !part.citations.includes(citation)),
    signatures: (event.signatures ?? []).filter((signature) => !part.signatures.includes(signature)),
  };
  if (left.claims.length > 0) return assemble(retitled(left, part), event, tools);
  return laidOver({ ...left, citations: [], signatures: [], newsrooms: 0, status: 'retracted' });
}

/** Puts back what was taken out. An event that was retracted because nothing was left has the status of its claims again. */
export function withPart(event: NewsEvent, part: Part, changed: Date, tools: FoldTools): NewsEvent {
  const { corrected: _, ...uncorrected } = event;
  const claims = [...event.claims, ...missingIn(event.claims, part.claims)];
  const before =
    event.claims.length > 0 ? event : { ...uncorrected, claims, status: statusOf(claims, tools.actors) };
  return assemble(
    {
      ...event,
      changed,
      claims,
      citations: [...event.citations, ...missingIn(event.citations, part.citations)],
      signatures: [...(event.signatures ?? []), ...missingIn(event.signatures ?? [], part.signatures)],
    },
    before,
    tools,
  );
}

/** Those of some parts whose items are not among what an event has. */
function missingIn<Owned extends { readonly item?: ItemId }>(
  owned: readonly Owned[],
  parts: readonly Owned[],
): Owned[] {
  const items = new Set(owned.flatMap(({ item }) => item ?? []));
  return parts.filter(({ item }) => item === undefined || !items.has(item));
}
