import { expect } from 'vitest';
import { z } from 'zod';

/** Rules of STIX 2.1 (OASIS Standard, 10 June 2021) for the objects that Tumen writes; anything else is refused. */
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const id = (type: string) => z.string().regex(new RegExp(`^${type}--${UUID}$`));
const anyId = z.string().regex(new RegExp(`^[a-z][a-z0-9-]+--${UUID}$`));
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const words = z.string().min(1);
const list = <Part extends z.ZodType>(part: Part) => z.array(part).min(1);

/** Section 2.5: a source, and a description, address or id of its own. */
const reference = z
  .strictObject({
    source_name: words,
    url: z.url({ protocol: /^https?$/ }).optional(),
    external_id: words.optional(),
  })
  .refine(({ url, external_id }) => url !== undefined || external_id !== undefined);

/** Section 3.2: what all objects share but observables. */
const common = {
  spec_version: z.literal('2.1'),
  created: moment,
  modified: moment,
  created_by_ref: id('identity').optional(),
  revoked: z.boolean().optional(),
  labels: list(words).optional(),
  confidence: z.int().min(0).max(100).optional(),
  lang: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  external_references: list(reference).optional(),
};

const object = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...common,
      type: z.literal('identity'),
      id: id('identity'),
      name: words,
      identity_class: z
        .enum(['individual', 'group', 'system', 'organization', 'class', 'unknown'])
        .optional(),
    }),
    z.strictObject({
      ...common,
      type: z.literal('extension-definition'),
      id: id('extension-definition'),
      created_by_ref: id('identity'),
      name: words,
      description: words.optional(),
      schema: words,
      version: z.string().regex(/^\d+\.\d+\.\d+$/),
      extension_types: list(z.enum(['property-extension'])),
    }),
    z.strictObject({
      ...common,
      type: z.literal('report'),
      id: id('report'),
      name: words,
      report_types: list(z.enum(['observed-data', 'threat-report'])).optional(),
      published: moment,
      object_refs: list(anyId),
      extensions: z.record(
        id('extension-definition'),
        z.looseObject({ extension_type: z.literal('property-extension') }),
      ),
    }),
    z.strictObject({
      ...common,
      type: z.literal('note'),
      id: id('note'),
      content: words,
      authors: list(words).optional(),
      object_refs: list(anyId),
    }),
    z.strictObject({
      ...common,
      type: z.literal('opinion'),
      id: id('opinion'),
      opinion: z.enum(['strongly-disagree', 'disagree', 'neutral', 'agree', 'strongly-agree']),
      explanation: words.optional(),
      authors: list(words).optional(),
      object_refs: list(anyId),
    }),
    z.strictObject({
      ...common,
      type: z.literal('observed-data'),
      id: id('observed-data'),
      first_observed: moment,
      last_observed: moment,
      number_observed: z.int().min(1).max(999_999_999),
      object_refs: list(id('url')),
    }),
    z.strictObject({
      type: z.literal('url'),
      spec_version: z.literal('2.1'),
      id: id('url'),
      value: z.url(),
    }),
  ])
  .refine((one) => !('created' in one) || one.created <= one.modified, 'modified before it was created')
  .refine(
    (one) => one.type !== 'observed-data' || one.first_observed <= one.last_observed,
    'ends before it begins',
  );

const bundle = z.strictObject({ type: z.literal('bundle'), id: id('bundle'), objects: list(object) });

type StixObject = { readonly type: string; readonly id: string } & Readonly<Record<string, unknown>>;

/** Reads a bundle of STIX 2.1, with every rule checked: also that no id comes twice and each that is named is there. */
export function aStixBundle(text: string): { readonly objects: readonly StixObject[] } {
  const { objects } = bundle.parse(JSON.parse(text));
  const ids = objects.map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  const named = [...text.matchAll(new RegExp(`"((?!bundle)[a-z-]+--${UUID})"`, 'g'))].flatMap(
    ([, one]) => one ?? [],
  );
  expect(named.filter((one) => !ids.includes(one))).toEqual([]);
  return { objects };
}
