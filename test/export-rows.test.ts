import { expect, test } from 'vitest';
import { rowsOf, type Writer } from '../commands/export-rows.ts';
import { speechIn } from '../digests/speech.ts';
import type { Claim } from '../src/model.ts';
import { aCitation, aClaim, aClaimant, anEvent } from './builders.ts';
import { aTopic } from './topic.ts';

const writer: Writer = { speech: speechIn('en'), topic: aTopic(), now: new Date('2024-11-01T10:00:00Z') };

test('who criticises a deed is not among those who say that it was done', () => {
  const criticism = aClaim({
    stance: 'condemns',
    claimants: [aClaimant({ id: 'russia', name: 'Russia' })],
  });
  expect(fieldsOf([aClaim(), criticism])).toMatchObject({
    claimants: ['South Korea'],
    attribution: 'according to South Korea; criticism by Russia',
  });
  expect(fieldsOf([criticism])).toMatchObject({ claimants: ['Russia'] });
});

test('amounts on which claimants do not agree stand with who gives them', () => {
  const counts = [6, 9].map((value) =>
    aClaim({
      claimants: [aClaimant({ id: `lab-${value}`, name: `Lab ${value}` })],
      quantities: [{ value, bound: 'exact', unit: 'ships' }],
    }),
  );
  expect(fieldsOf(counts)).toMatchObject({
    figures: ['6 ships according to Lab 6', '9 ships according to Lab 9'],
  });
  expect(fieldsOf(counts.slice(0, 1))).toMatchObject({ figures: ['6 ships'] });
});

test('outlets stand in the order of their pages', () => {
  const [row] = rowsOf(
    {
      of: 'events',
      told: [
        {
          event: anEvent({
            citations: ['b', 'a'].map((name) => aCitation({ outlet: name, url: `https://${name}.example/` })),
          }),
          claims: [],
        },
      ],
    },
    writer,
  );
  expect(row?.fields).toMatchObject({
    outlets: ['b', 'a'],
    pages: ['https://b.example/', 'https://a.example/'],
  });
});

function fieldsOf(claims: readonly Claim[]) {
  const [row] = rowsOf({ of: 'events', told: [{ event: anEvent({ claims }), claims }] }, writer);
  return row?.fields;
}
