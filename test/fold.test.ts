import { describe, expect, test } from 'vitest';
import { foldRound } from '../src/events/fold/fold.ts';
import type { Article, Folding } from '../src/events/fold/article.ts';
import type { Claim, Item, NewsEvent } from '../src/model.ts';
import { addDays, onDay, parseDay } from '../src/time.ts';
import { aClaim, aClaimant } from './builders.ts';
import { anArticle, foldTools } from './signatures.ts';

const day = parseDay('2024-10-23');

/** An article of that day, or of some days later, with one claim. */
function told(
  title: string,
  claim: Partial<Claim> = {},
  item: Partial<Item> & { later?: number } = {},
): Article {
  const { later = 0, ...rest } = item;
  const when = onDay(addDays(day, later));
  const published = new Date(Date.parse('2024-10-23T09:00:00Z') + later * 86_400_000);
  return anArticle({ title, published, seen: published, ...rest }, [aClaim({ when, ...claim })]);
}

/** Folds articles one after another, as they would arrive over time. */
function inTurn(...articles: readonly Article[]): { events: NewsEvent[]; foldings: Folding[] } {
  const events = new Map<string, NewsEvent>();
  const foldings = articles.map((article) => {
    const folding = foldRound([article], events.values(), foldTools);
    for (const { from } of folding.merged) events.delete(from);
    for (const event of folding.events) events.set(event.id, event);
    return folding;
  });
  return { events: [...events.values()], foldings };
}

const ships = 'Seoul: three freighters carried artillery shells from Rajin to Vostochny';
const bateaux = 'Séoul : trois cargos ont transporté des obus de Rajin à Vostotchny';

test('reports of one happening in two languages become one event with both claims', () => {
  const { events } = inTurn(
    told(ships),
    told(bateaux, { language: 'fr' }, { language: 'fr', source: lighthouse('fr') }),
  );

  expect(events).toHaveLength(1);
  expect(events[0]?.claims).toHaveLength(2);
  expect(events[0]?.titles).toEqual({ en: ships, fr: bateaux });
  expect(events[0]?.newsrooms).toBe(2);
});

describe('vetoes: however alike two reports read, they stay apart when', () => {
  test.each<[string, [string, Partial<Claim>], [string, Partial<Claim>]]>([
    [
      'the goods go the other way',
      ['Missiles went from Pyongyang to Moscow, Seoul says', { direction: 'DPRK→Russia' }],
      ['Missiles went from Moscow to Pyongyang, Seoul says', { direction: 'Russia→DPRK' }],
    ],
    [
      'one denies what the other says',
      [
        'Kremlin confirms North Korean shells',
        { stance: 'confirms', claimants: [aClaimant({ id: 'kremlin' })] },
      ],
      ['Kremlin denies North Korean shells', { stance: 'denies', claimants: [aClaimant({ id: 'kremlin' })] }],
    ],
    [
      'one counts ten times as many',
      ['30 North Korean soldiers killed in Kursk', casualties(30)],
      ['300 North Korean soldiers killed in Kursk', casualties(300)],
    ],
    [
      'one is about missiles and the other about troops',
      ['North Korea sends missiles to Russia, Seoul says', { kind: 'transfer' }],
      ['North Korea sends troops to Russia, Seoul says', { kind: 'troops', quantities: [], weapons: [] }],
    ],
  ])('%s', (_, [first, one], [second, another]) => {
    expect(inTurn(told(first, one), told(second, another)).events).toHaveLength(2);
  });

  test('they come from one template in two months', () => {
    const template = 'North Korea fires missile delivered to Russia, Seoul says';
    expect(inTurn(told(template), told(template, {}, { later: 35 })).events).toHaveLength(2);
  });
});

test('10,000, 11,000 and 12,000 soldiers are one track, not three events', () => {
  const { events } = inTurn(
    told('Seoul: 10,000 North Korean soldiers are training in Russia', troops(10_000)),
    told('North Korea has 11,000 soldiers training in Russia, Seoul says', troops(11_000)),
    told('Seoul says 12,000 North Korean soldiers train in Russia', troops(12_000)),
  );
  expect(events).toHaveLength(1);
});

test('one article may feed several events of one day', () => {
  const live = anArticle({ title: 'Live: Seoul on shells, Kyiv on casualties' }, [
    aClaim({ when: onDay(day) }),
    aClaim({ when: onDay(day), ...casualties(40), claimants: [aClaimant({ id: 'hur', name: 'HUR' })] }),
    aClaim({
      when: onDay(addDays(day, -1)),
      kind: 'visit',
      direction: 'both',
      quantities: [],
      places: ['pyongyang'],
    }),
  ]);
  const { foldings } = inTurn(live);
  expect(foldings[0]?.placements[0]?.events).toHaveLength(3);
  expect(foldings[0]?.events.map(({ kind }) => kind).toSorted()).toEqual(['casualties', 'transfer', 'visit']);
});

test('a background paragraph joins the old event and never makes one', () => {
  const old = told(ships);
  const article = anArticle(
    { title: 'Kim receives a Russian minister', published: new Date('2024-12-02T08:00:00Z') },
    [
      aClaim({ when: onDay(parseDay('2024-12-02')), kind: 'visit', direction: 'both', quantities: [] }),
      aClaim({ when: onDay(day), role: 'background' }),
      aClaim({ when: onDay(parseDay('2024-08-15')), role: 'background' }),
    ],
  );
  const { events, foldings } = inTurn(old, article);
  const [first] = foldings[0]?.events ?? [];

  expect(events.map(({ kind }) => kind).toSorted()).toEqual(['transfer', 'visit']);
  expect(foldings[1]?.placements[0]?.events).toContain(first?.id);
  expect(foldings[1]?.placements[0]?.main).not.toBe(first?.id);
});

test('an article that only tells history makes no event', () => {
  const article = anArticle({ title: 'Looking back' }, [aClaim({ when: onDay(day), role: 'background' })]);
  expect(inTurn(article).events).toEqual([]);
});

test('the id of an event stays when others join', () => {
  const { foldings } = inTurn(
    told(ships),
    told(`${ships}, again`),
    told('Three freighters took shells, says Seoul'),
  );
  const ids = foldings.map(({ placements }) => placements[0]?.main);
  expect(new Set(ids).size).toBe(1);
});

test('an item that comes again changes nothing', () => {
  const article = told(ships);
  const { events, foldings } = inTurn(article, article);
  expect(events).toEqual(foldings[0]?.events);
});

test('a newer version of an item takes its place', () => {
  const first = told(ships);
  const second = told('Seoul: four freighters carried shells', {}, { replaces: first.item.id });
  const { events } = inTurn(first, second);

  expect(events).toHaveLength(1);
  expect(events[0]?.citations.map(({ item }) => item)).toEqual([second.item.id]);
  expect(events[0]?.claims.map(({ item }) => item)).toEqual([second.item.id]);
});

test('the order of items inside a round does not matter', () => {
  const articles = [
    told(ships),
    told(bateaux, { language: 'fr' }, { language: 'fr' }),
    told('30 North Koreans killed in Kursk, says Kyiv', casualties(30)),
    told('Kyiv: 30 North Korean soldiers died in Kursk', casualties(30), { later: 1 }),
    told('Kim meets Putin', { kind: 'visit', direction: 'both', quantities: [] }, { later: 2 }),
  ];
  const expected = shapeOf(articles);
  for (let turn = 0; turn < articles.length; turn++) {
    const order = [...articles.slice(turn), ...articles.slice(0, turn)].toReversed();
    expect(shapeOf(order)).toEqual(expected);
  }
});

test('an event kept as JSON between two items is the same to the second', () => {
  const first = foldRound([told(ships)], [], foldTools).events;
  const revived = JSON.parse(JSON.stringify(first), (key, value: unknown) =>
    ['published', 'firstSeen', 'changed'].includes(key) && String(value).includes('T')
      ? new Date(String(value))
      : value,
  ) as NewsEvent[];
  const article = told('Three freighters carried shells from Rajin, says Seoul');
  expect(foldRound([article], revived, foldTools)).toEqual(foldRound([article], first, foldTools));
});

test('a person may put an item into an event, or take it out', () => {
  const [event] = foldRound([told(ships)], [], foldTools).events;
  if (event === undefined) throw new Error('no event');
  const stranger = told('Kim meets Putin', { kind: 'visit', direction: 'both', quantities: [] });
  const alike = told(`${ships}, again`);

  expect(foldRound([{ ...stranger, pinned: event.id }], [event], foldTools).placements[0]?.main).toBe(
    event.id,
  );
  expect(foldRound([{ ...alike, barred: [event.id] }], [event], foldTools).placements[0]?.main).not.toBe(
    event.id,
  );
});

function casualties(value: number): Partial<Claim> {
  return {
    kind: 'casualties',
    weapons: [],
    places: ['kursk-region'],
    quantities: [{ value, unit: 'killed', bound: 'exact' }],
    claimants: [aClaimant({ id: 'hur', name: 'HUR' })],
  };
}

function lighthouse(country: string): Item['source'] {
  return { name: `Lighthouse ${country}`, family: `lighthouse-${country}`, kind: 'press' };
}

function troops(value: number): Partial<Claim> {
  return { kind: 'troops', weapons: [], quantities: [{ value, unit: 'soldiers', bound: 'about' }] };
}

function shapeOf(order: readonly Article[]) {
  const { events, merged } = foldRound(order, [], foldTools);
  return { merged, events: events.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}
