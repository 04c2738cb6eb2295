import { afterAll, expect, test } from 'vitest';

import { makeParsers } from '../src/feeds/parsers.ts';
import { hostileShapes } from './doubles/hostile-feeds.ts';

const BYTES = 1_000_000;
const parsers = makeParsers({ deadlineMs: 60_000 });
afterAll(() => parsers.close());

test('there are 31 of them', () => {
  expect(hostileShapes).toHaveLength(31);
});

// How long each takes is measured by bench/feeds-parse.ts; here a quadratic one would not end.
test.each(hostileShapes)(
  '$name: a megabyte of it is read or refused',
  async ({ make }) => {
    const parsed = await parsers.parse(Buffer.from(make(BYTES)), { contentType: 'text/xml' });
    expect(parsed.kind === 'feed' ? 'read' : parsed.reason).toMatch(/^(?:read|XML, but not a feed)$/);
  },
  120_000,
);
