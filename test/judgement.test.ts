import { expect, test } from 'vitest';
import type { Claim, NewsEvent } from '../src/model.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, aClaimant, anEvent } from './builders.ts';
import { told } from './told.ts';

const kyiv = aClaimant({ id: 'ukraine', name: 'Kyiv' });
const kremlin = aClaimant({ id: 'kremlin', name: 'the Kremlin' });

test('a state that says what its own minister says is not named beside him', () => {
  const claimants = [
    aClaimant({ id: 'kremlin', name: 'the Kremlin' }),
    aClaimant({ id: 'russia', name: 'Russia' }),
  ];
  expect(told({ events: [anEvent({ claims: [aClaim({ claimants })] })] })).toMatch(
    /according to the Kremlin$/m,
  );
});

test('a state that follows its own minister is no news', () => {
  const before = anEvent({ claims: [aClaim({ claimants: [kremlin] })] });
  const echo = aClaim({ claimants: [aClaimant({ id: 'russia', name: 'Russia' })], quantities: [] });
  const now = { ...before, claims: [...before.claims, echo] };
  expect(told({ events: [now], told: new Map([[now.id, before]]) })).toContain('Nothing new');
});

test('a state that denies what its own spokesman denied is no news', () => {
  const denial = aClaim({ stance: 'denies', claimants: [kremlin], quantities: [] });
  const before = anEvent({ claims: [aClaim(), denial] });
  const echo = { ...denial, id: 'echo', claimants: [aClaimant({ id: 'russia', name: 'Russia' })] };
  const now = { ...before, claims: [...before.claims, echo] };
  expect(told({ events: [now], told: new Map([[now.id, before]]) })).toContain('Nothing new');
});

test('nobody who vouches for an event is said to expect it too', () => {
  const claims = [aClaim({ claimants: [kyiv] }), aClaim({ claimants: [kyiv], stance: 'expects' })];
  const text = told({ events: [anEvent({ claims })] });
  expect(text).toContain('according to Ukraine');
  expect(text).not.toContain('expected by');
});

test.each<[string, Partial<NewsEvent>, readonly Claim['stance'][], string]>([
  ['acknowledges', {}, ['asserts', 'acknowledges'], 'acknowledged by Ukraine'],
  ['criticises', { kind: 'statement' }, ['asserts', 'condemns'], 'criticism by Ukraine'],
])('who %s is told once, with what says most', (_, given, stances, line) => {
  const claims = stances.map((stance) => aClaim({ claimants: [kyiv], stance, quantities: [] }));
  expect(told({ events: [anEvent({ ...given, claims })] }).match(/^.*by Ukraine|.*to Ukraine/gm)).toEqual([
    `  ${line}`,
  ]);
});

test('new claimants are told with what they do, not all as vouching', () => {
  const before = anEvent();
  const fresh = aClaim({ claimants: [kyiv], stance: 'expects', quantities: [] });
  const now = { ...before, claims: [...before.claims, fresh] };
  expect(told({ events: [now], told: new Map([[now.id, before]]) })).toContain(
    'Now also expected by Ukraine',
  );
});

test.each<[string, Partial<NewsEvent>, string]>([
  ['is only expected', { claims: [aClaim({ stance: 'expects' })] }, '· Expected: Arms transfer'],
  ['is only denied', { claims: [aClaim({ stance: 'denies' })] }, '· Denied: Arms transfer'],
  ['is only reacted to', { claims: [aClaim({ stance: 'demands' })] }, '· Reactions: Arms transfer'],
  ['somebody vouches for', { claims: [aClaim(), aClaim({ stance: 'expects' })] }, '· Arms transfer'],
])('what %s is not told as more than that', (_, given, line) => {
  expect(told({ events: [anEvent({ titles: {}, ...given })] })).toContain(line);
});

test.each<[string, Partial<NewsEvent>, string]>([
  ['somebody but a party confirms', { status: 'claimed' }, 'according to South Korea'],
  ['a party confirms', { status: 'confirmed' }, 'confirmed by South Korea'],
  ['somebody states', { kind: 'statement' }, 'said by South Korea'],
])('what %s is told as that', (_, given, line) => {
  expect(told({ events: [anEvent({ ...given, claims: [aClaim({ stance: 'confirms' })] })] })).toContain(line);
});

test('figures that claimants dispute are a range, with who gives which', () => {
  const claims = [
    aClaim({ claimants: [kyiv], quantities: [{ value: 30, bound: 'at_least', unit: 'containers' }] }),
    aClaim({ quantities: [{ value: 100, bound: 'about', unit: 'containers' }] }),
  ];
  const text = told({ events: [anEvent({ titles: {}, claims })] });
  expect(text).toContain('(30–100 containers; Rajin)');
  expect(text).toContain(
    'at least 30 containers according to Ukraine; about 100 containers according to South Korea',
  );
});

test('different figures of one claimant are no dispute', () => {
  const quantities = [
    { value: 1500, bound: 'about', unit: 'soldiers' },
    { value: 12_000, bound: 'exact', unit: 'soldiers' },
  ] as const;
  const text = told({ events: [anEvent({ titles: {}, claims: [aClaim({ quantities })] })] });
  expect(text).toContain('(about 1,500 soldiers; 12,000 soldiers; Rajin)');
  expect(text).not.toContain('soldiers according to');
});

test('what somebody only expects is no figure beside what others say is', () => {
  const quantities = [{ value: 300, bound: 'exact', unit: 'containers' }] as const;
  const before = anEvent({ titles: {} });
  const forecast = aClaim({ claimants: [kyiv], stance: 'expects', quantities });
  const now = { ...before, claims: [...before.claims, forecast] };
  const text = told({ events: [now], told: new Map([[now.id, before]]) });
  expect(text).toContain('(at least 20 containers; Rajin)');
  expect(text).not.toContain('New figures');
  const only = anEvent({ titles: {}, claims: [forecast] });
  expect(told({ events: [only] })).toContain(
    'Expected: Arms transfer from North Korea to Russia: artillery shells (300 containers',
  );
});

test('an outlet that gives another figure in its own words is named with it', () => {
  const page = aCitation({ outlet: 'El Faro' });
  const own = aClaim({ claimants: [], quantities: [{ value: 7, bound: 'exact', unit: 'containers' }] });
  const claims = [aClaim(), { ...own, ...(page.item !== undefined && { item: page.item }) }];
  const text = told({ events: [anEvent({ claims, citations: [aCitation(), page] })] });
  expect(text).toContain(
    'at least 20 containers according to South Korea; 7 containers according to El Faro',
  );
});

test('an event of unknown day tells when it was first seen', () => {
  const { when: _, ...undated } = anEvent();
  expect(told({ events: [undated] })).toContain('day not known (first seen 23 Oct 2024) · ');
});

test('what one newsroom tells alone, of a day and by somebody unknown, is counted and left to the look-up', () => {
  const { when: _, ...undated } = anEvent({ claims: [aClaim({ claimants: [] })] });
  const text = told({ events: [undated] });
  expect(text).toContain('Nothing new in this period.');
  expect(text).toContain(
    '1 report without a known day or claimant: /events when:2024-10-23..2024-10-23 by:seen',
  );
  expect(text).not.toContain(undated.id);
});

test('a passing remark, of a day that nobody tells, in an article about another event is left to the look-up', () => {
  const page = aCitation();
  const main = anEvent({ citations: [page] });
  const { when: _, ...remark } = anEvent({ citations: [page] });
  const text = told({ events: [main, remark] });
  expect(text).toContain(main.id);
  expect(text).not.toContain(remark.id);
  expect(text).toContain('1 report without a known day or claimant');
});

test('what no page carries yet is told when one does; what lost its pages is told as taken back', () => {
  const before = anEvent({ citations: [], newsrooms: 0 });
  expect(told({ events: [before] })).toContain('Nothing new');
  const now = { ...before, citations: [aCitation()], newsrooms: 1 };
  expect(told({ events: [now], told: new Map([[now.id, before]]) })).toContain('New\n');
  const known = anEvent();
  const gone = { ...known, citations: [], status: 'retracted' as const };
  expect(told({ events: [gone], told: new Map([[gone.id, known]]) })).toContain('Now retracted; was claimed');
});

test('a lead that somebody stands behind later is new then', () => {
  const { when: _, ...lead } = anEvent({ claims: [aClaim({ claimants: [] })] });
  const now = { ...lead, claims: [...lead.claims, aClaim()] };
  expect(told({ events: [now], told: new Map([[now.id, lead]]) })).toContain('New\n');
});

test('what was long past when it was first told, by nobody in particular, is no news', () => {
  const event = anEvent({ when: onDay(parseDay('2023-01-05')), claims: [aClaim({ claimants: [] })] });
  expect(told({ events: [event] })).not.toContain(event.id);
  expect(told({ events: [{ ...event, claims: [aClaim()] }] })).toContain(event.id);
});

test('a page without an address is named by its outlet', () => {
  const { url: _, ...page } = aCitation({ outlet: 'El Faro', family: 'faro' });
  expect(told({ events: [anEvent({ citations: [aCitation(), page] })] })).toContain(' · El Faro');
});

test('pages of no item, such as those of the shipped history, are all named', () => {
  const citations = ['A', 'B', 'C'].map((outlet) => {
    const { item: _, ...page } = aCitation({ outlet, family: outlet });
    return page;
  });
  expect(told({ events: [anEvent({ citations })] })).toMatch(
    /\(A, en\) https:\S+\n\s*B https:\S+\n\s*C https:/,
  );
});

test('a copy is not named beside the page that it repeats; a newsroom’s later version is', () => {
  const page = aCitation();
  const original = page.item === undefined ? {} : { copyOf: page.item };
  const copy = aCitation({ ...original, outlet: 'The Reprint', family: 'reprint' });
  const version = aCitation({ ...original, title: 'A ship docks, corrected' });
  const before = anEvent({ citations: [page] });
  const now = { ...before, status: 'confirmed' as const, citations: [page, copy, version] };
  const text = told({ events: [now], told: new Map([[now.id, before]]) });
  expect(text).toContain('A ship docks, corrected');
  expect(text).not.toContain('The Reprint');
});

test('one page under two names of its outlet is linked once', () => {
  const page = aCitation();
  const same = { ...page, outlet: 'lighthouse.example', family: 'lighthouse.example' };
  expect(told({ events: [anEvent({ citations: [page, same] })] })).not.toContain('· lighthouse.example');
});

test.each<[string, Partial<NewsEvent>, Partial<NewsEvent>]>([
  ['kind', { kind: 'transfer' }, { kind: 'other' }],
  ['status', { status: 'corroborated' }, { status: 'claimed' }],
  ['independent newsrooms', { newsrooms: 9 }, { newsrooms: 2 }],
])('weight comes from the %s', (_, heavy, light) => {
  const [first, second] = [anEvent(light), anEvent(heavy)];
  const text = told({ events: [first, second] });
  expect(text.indexOf(second.id)).toBeLessThan(text.indexOf(first.id));
});

test('what is new outweighs what only developed', () => {
  const [fresh, before] = [anEvent(), anEvent()];
  const now = { ...before, claims: [...before.claims, aClaim({ claimants: [kyiv] })] };
  const text = told({ events: [now, fresh], told: new Map([[now.id, before]]), most: 1 });
  expect(text).toContain(fresh.id);
  expect(text).not.toContain(now.id);
});
