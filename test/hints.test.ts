import { expect, test } from 'vitest';
import { hintsIn } from '../src/feeds/visits/hints.ts';

test.each([
  ['ttl', '<rss><channel><ttl> 60 </ttl><item/></channel></rss>', { ttlMinutes: 60 }],
  ['a ttl that is no number', '<ttl>soon</ttl>', {}],
  ['a ttl inside an item, which is somebody else’s', '<channel><item><ttl>5</ttl></item></channel>', {}],
  [
    'hourly, twice',
    '<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>',
    { updateEveryMinutes: 30 },
  ],
  [
    'daily, in capitals and with attributes',
    '<x:updatePeriod a="b">\nDaily\n</x:updatePeriod>',
    { updateEveryMinutes: 1440 },
  ],
  [
    'a base',
    '<sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>',
    { updateBase: new Date('2000-01-01T12:00Z') },
  ],
  [
    'a base without a zone, as UTC',
    '<sy:updateBase>2000-01-01T12:00</sy:updateBase>',
    { updateBase: new Date('2000-01-01T12:00Z') },
  ],
  [
    'skipped hours, 24 being midnight',
    '<skipHours><hour>24</hour><hour>3</hour><hour>99</hour></skipHours>',
    { skipHours: [0, 3] },
  ],
  [
    'skipped days',
    '<skipDays><day>Saturday</day><day>Sunday</day><day>Someday</day></skipDays>',
    { skipDays: [6, 7] },
  ],
  ['an element that is not closed', '<ttl>60', {}],
  ['nothing', '', {}],
])('reads %s', (_, text, hints) => {
  expect(hintsIn(Buffer.from(text))).toEqual(hints);
});

test('reads UTF-16 too', () => {
  expect(hintsIn(Buffer.from('\ufeff<rss><ttl>15</ttl>', 'utf16le'))).toEqual({ ttlMinutes: 15 });
});
