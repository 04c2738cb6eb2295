import { expect, test } from 'vitest';
import type { ItemId, NewsEvent } from '../src/model.ts';
import type { Wishes } from '../src/subscription.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, aClaimant, anEvent } from './builders.ts';
import { told } from './told.ts';
import { aTopic } from './topic.ts';

const kyiv = aClaimant({ id: 'ukraine', name: 'Kyiv' });
const kremlin = aClaimant({ id: 'kremlin', name: 'the Kremlin' });

test('an event never told before is new, one told before and unchanged is not mentioned', () => {
  const [known, fresh] = [anEvent(), anEvent()];
  const text = told({ events: [known, fresh], told: new Map([[known.id, known]]) });
  expect(text).toContain(`New\n`);
  expect(text).toContain(fresh.id);
  expect(text).not.toContain(known.id);
});

test('more coverage of the same is no news', () => {
  const before = anEvent({ newsrooms: 1 });
  const now = { ...before, newsrooms: 40, claims: [...before.claims, aClaim()] };
  expect(told({ events: [now], told: new Map([[now.id, before]]) })).toContain('Nothing new in this period.');
});

test('history told again is no news', () => {
  const event = anEvent({ claims: [aClaim({ role: 'background' })] });
  expect(told({ events: [event] })).toContain('Nothing new in this period.');
});

test.each<[string, Partial<NewsEvent>, string]>([
  ['another status', { status: 'corroborated' }, 'Now corroborated; was claimed'],
  ['another day', { when: onDay(parseDay('2024-10-22')) }, 'Now dated 22 October 2024; was 23 October 2024'],
  [
    'another figure',
    { claims: [aClaim({ quantities: [{ value: 3000, bound: 'at_most', unit: 'soldiers' }] })] },
    'New figures: at most 3,000 soldiers',
  ],
  [
    'another claimant',
    { claims: [aClaim({ claimants: [kyiv], quantities: [] })] },
    'Now also according to Ukraine',
  ],
])('%s is a development, told as what it was and is', (_, change, line) => {
  const before = anEvent();
  const now = { ...before, ...change, claims: [...before.claims, ...(change.claims ?? [])] };
  const text = told({ events: [now], told: new Map([[now.id, before]]) });
  expect(text).toContain('Developments\n');
  expect(text).toContain(line);
});

test('a denial of what was told stands under denials, with who denies', () => {
  const before = anEvent();
  const denial = aClaim({ stance: 'denies', claimants: [kremlin] });
  const now = { ...before, status: 'contested' as const, claims: [...before.claims, denial] };
  const text = told({ events: [now], told: new Map([[now.id, before]]) });
  expect(text).toContain('Denials\n');
  expect(text).toContain('Now denied by the Kremlin');
  expect(text).toContain('according to South Korea; denied by the Kremlin');
});

test('statements stand apart from what happened', () => {
  const event = anEvent({ kind: 'statement', claims: [aClaim({ stance: 'condemns', kind: 'statement' })] });
  expect(told({ events: [event] })).toContain('Statements\n');
});

test('a denial in which nobody denies anything is told as what is spoken of', () => {
  const claims = [
    aClaim({ kind: 'denial', stance: 'demands', claimants: [kyiv] }),
    aClaim({ kind: 'troops', stance: 'expects', claimants: [kyiv] }),
  ];
  const text = told({ events: [anEvent({ kind: 'denial', claims, titles: {} })] });
  expect(text).toMatch(/Statements\n.*Reactions: North Korean troops for Russia/);
  expect(text).not.toContain('Denial');
});

test('what is surer and more widely carried comes first, whatever the order in which it came in', () => {
  const weak = anEvent();
  const strong = anEvent({ status: 'confirmed', newsrooms: 12 });
  const text = told({ events: [weak, strong] });
  expect(text.indexOf(strong.id)).toBeLessThan(text.indexOf(weak.id));
  expect(told({ events: [strong, weak] })).toBe(text);
});

test('what there is no room for is counted, with the look-up that shows it', () => {
  const events = [anEvent(), anEvent(), anEvent()];
  expect(told({ events, most: 1 })).toContain('… and 2 more: /events when:2024-10-23..2024-10-23 by:seen');
});

test('the footer tells the period with its zone, the cut-off, and the sources read and failing', () => {
  const text = told({ coverage: { read: 80, failing: ['KCNA', 'TASS'] } });
  expect(text).toContain(
    'Period: Wednesday, 23 October 2024 (Europe/Paris) · known until 24 Oct 2024, 08:00',
  );
  expect(text).toContain('80 sources read · 2 failing: KCNA, TASS');
});

test('a late digest says when it was due', () => {
  expect(told({ dueAt: new Date('2024-10-24T04:00:00Z') })).toContain('Late: was due 24 Oct 2024, 06:00');
});

test('claimants that nobody knows are quoted, the ones beyond three are counted', () => {
  const claimants = ['a', 'b', 'c', 'd', 'e'].map((id) =>
    aClaimant({ id, name: `${id.toUpperCase()} officials` }),
  );
  expect(told({ events: [anEvent({ claims: [aClaim({ claimants })] })] })).toContain(
    'according to A officials, B officials, C officials and 2 others',
  );
});

test('where nobody is named, the outlets stand in', () => {
  const event = anEvent({ claims: [aClaim({ claimants: [] })] });
  expect(told({ events: [event] })).toContain('reported by The Daily Lighthouse');
});

test('who only expects does not hide the outlets that tell it as done', () => {
  const page = aCitation({ item: 'item-1' as ItemId });
  const claims = [
    aClaim({ item: 'item-1' as ItemId, claimants: [], stance: 'reports' }),
    aClaim({ claimants: [kyiv], stance: 'expects' }),
  ];
  const text = told({ events: [anEvent({ claims, citations: [page] })] });
  expect(text).toContain('reported by The Daily Lighthouse; expected by Ukraine');
});

test('an outlet that has taken its report back is told as that', () => {
  const [first, second] = ['item-1' as ItemId, 'item-2' as ItemId];
  const before = anEvent({
    claims: [aClaim({ item: first, claimants: [], stance: 'reports' })],
    citations: [aCitation({ item: first })],
  });
  const now: NewsEvent = {
    ...before,
    status: 'retracted',
    claims: [...before.claims, aClaim({ item: second, claimants: [], stance: 'retracts' })],
    citations: [...before.citations, aCitation({ item: second })],
  };
  const text = told({ events: [now], told: new Map([[now.id, before]]) });
  expect(text).toContain('Now retracted; was claimed');
  expect(text).toContain('taken back by The Daily Lighthouse');
  expect(text).not.toContain('reported by');
});

test('who says that it is so and criticises it is named once', () => {
  const claims = [aClaim({ claimants: [kyiv] }), aClaim({ claimants: [kyiv], stance: 'condemns' })];
  expect(told({ events: [anEvent({ claims })] })).not.toContain('criticism');
});

test('who speaks for the first time and is the only one is named once', () => {
  const before = anEvent({ claims: [aClaim({ claimants: [] })] });
  const now = { ...before, claims: [...before.claims, aClaim({ claimants: [kyiv] })] };
  const text = told({ events: [now], told: new Map([[now.id, before]]) });
  expect(text.match(/according to Ukraine/g)).toHaveLength(1);
});

test('a preposition that melts with one name is said again before the others', () => {
  const denial = aClaim({
    stance: 'denies',
    claimants: [kremlin, aClaimant({ id: 'un-security-council' }), kyiv],
  });
  const text = told({ events: [anEvent({ kind: 'casualties', claims: [denial] })] }, 'de');
  expect(text).toContain('dementiert vom Kreml, vom UN-Sicherheitsrat und von');
});

test('what is counted of other things than the event is left out', () => {
  const claims = [
    aClaim({ kind: 'visit', quantities: [{ value: 3, bound: 'exact', unit: 'ministers' }] }),
    aClaim({ kind: 'transfer', quantities: [{ value: 5, bound: 'exact', unit: 'drones' }] }),
  ];
  const visit = anEvent({ kind: 'visit', claims });
  expect(told({ events: [visit] })).toContain('3 ministers');
  expect(told({ events: [visit] })).not.toContain('drones');
  const before = { ...visit, claims: claims.slice(0, 1) };
  expect(told({ events: [visit], told: new Map([[visit.id, before]]) })).not.toContain('New figures');
});

test('a lower and an upper bound of one claimant are a range', () => {
  const quantities = [
    { value: 10_000, bound: 'at_least', unit: 'soldiers' },
    { value: 12_000, bound: 'at_most', unit: 'soldiers' },
  ] as const;
  const text = told({ events: [anEvent({ claims: [aClaim({ quantities })] })] });
  expect(text).toContain('10,000–12,000 soldiers');
  expect(text).not.toContain('at least');
});

test('talks that nobody is named for are no news beside the visit that the same article tells, with who says so', () => {
  const item = 'item-1' as ItemId;
  const citations = [aCitation({ item })];
  const visit = anEvent({ kind: 'visit', citations, claims: [aClaim({ item, claimants: [kremlin] })] });
  const talks = anEvent({ kind: 'talks', citations, claims: [aClaim({ item, claimants: [] })] });
  const meetings = ['visit', 'talks'].map((id) => ({ id, occasion: 'meeting', label: { en: id } }));
  const text = told({ events: [visit, talks] }, 'en', aTopic({ kindList: meetings }));
  expect(text).toContain(visit.id);
  expect(text).not.toContain(talks.id);
  expect(text).toContain('1 report without a known day or claimant');
});

test('one newsroom is linked once, the page in the language of the reader first', () => {
  const citations = [
    aCitation({ url: 'https://lighthouse.example/en' }),
    aCitation({ url: 'https://lighthouse.example/en-2' }),
    aCitation({
      url: 'https://phare.example/fr',
      outlet: 'Le Phare',
      family: 'phare',
      language: 'fr',
      title: 'Un cargo',
    }),
  ];
  const text = told({ events: [anEvent({ citations })] }, 'fr');
  expect(text).toContain('Un cargo (Le Phare, fr) https://phare.example/fr\n  The Daily Lighthouse https');
  expect(text).not.toContain('en-2');
});

test('of two pages in one language, that whose headline tells the event comes first', () => {
  const [first, second] = ['item-1' as ItemId, 'item-2' as ItemId];
  const roundUp = aCitation({ item: first, title: 'The war at a glance', family: 'a' });
  const report = aCitation({ item: second, title: 'North Korea ships shells', family: 'b' });
  const claims = [aClaim({ item: first }), aClaim({ item: second, sentence: 'North Korea ships shells' })];
  const text = told({ events: [anEvent({ claims, citations: [roundUp, report] })] });
  expect(text).toContain('North Korea ships shells (The Daily Lighthouse, en)');
});

test('in French the same edition reads as French', () => {
  const events = [
    anEvent({
      when: onDay(parseDay('2024-10-01')),
      claims: [aClaim({ claimants: [kyiv] })],
      newsrooms: 1200,
    }),
  ];
  const text = told({ events }, 'fr');
  expect(text).toContain(
    '1er octobre 2024 · Livraison d’armes de la Corée du Nord à la Russie\u00a0: obus d’artillerie (au moins 20 conteneurs\u202f; Rajin)',
  );
  expect(text).toContain('selon l’Ukraine');
  expect(text).toContain('1\u202f200 rédactions');
});

test('a title of our own is told as it is; an outlet’s headline only beside its outlet', () => {
  const ours = anEvent({ titles: { en: 'Our own words' }, citations: [aCitation({ title: 'Theirs' })] });
  expect(told({ events: [ours] })).toContain('· transfer · Our own words');
  const theirs = anEvent({ titles: { en: 'Theirs' }, citations: [aCitation({ title: 'Theirs' })] });
  expect(told({ events: [theirs] })).toContain('Theirs (The Daily Lighthouse, en)');
  expect(told({ events: [theirs] })).not.toContain('· transfer · Theirs');
});

test.each<[string, Wishes, boolean]>([
  ['every event without wishes', {}, true],
  ['its kind', { kinds: ['transfer'] }, true],
  ['another kind', { kinds: ['troops'] }, false],
  ['its direction', { direction: 'DPRK→Russia' }, true],
  ['the other direction', { direction: 'Russia→DPRK' }, false],
  ['events that are surer', { leastStatus: 'corroborated' }, false],
])('a channel that wants %s: %j', (_, wishes, isTold) => {
  const event = anEvent();
  expect(told({ events: [event], wishes }).includes(event.id)).toBe(isTold);
});

test('an event that has become sure enough for a channel is new to it', () => {
  const before = anEvent();
  const now = { ...before, status: 'confirmed' as const };
  const edition = {
    events: [now],
    told: new Map([[now.id, before]]),
    wishes: { leastStatus: 'confirmed' } as const,
  };
  expect(told(edition)).toContain('New\n');
});

test('a channel that heard of an event hears that it was taken back', () => {
  const before = anEvent({ status: 'confirmed' });
  const now = { ...before, status: 'retracted' as const };
  const edition = {
    events: [now],
    told: new Map([[now.id, before]]),
    wishes: { leastStatus: 'confirmed' } as const,
  };
  expect(told(edition)).toContain('Now retracted; was confirmed');
});
