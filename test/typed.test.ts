import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTyped } from '../commands/typed.ts';
import { packRequest, typedRequest, unpackRequest, type Form, type FormOption } from '../src/form.ts';

const forms: readonly Form[] = [
  aForm('events', ['when', 'kind', 'text']),
  aForm('status', []),
  { ...aForm('digest', []), subcommands: [aForm('now', []), aForm('last', ['window'])] },
];

test.each([
  ['/events', 'events', {}],
  ['events when:2024-01 kind:use', 'events', { when: '2024-01', kind: 'use' }],
  ['/EVENTS When:2024-01', 'events', { when: '2024-01' }],
  ['/tumen events when:7d', 'events', { when: '7d' }],
  ['/events when:last month kind:use', 'events', { when: 'last month', kind: 'use' }],
  ['/events last month', 'events', { when: 'last month' }],
  ['/events when: 2024-01', 'events', { when: '2024-01' }],
  ['/events text:"two words" kind:use', 'events', { text: 'two words', kind: 'use' }],
  ['/events text:“two words”', 'events', { text: 'two words' }],
  ['/events text:"say \\"no\\""', 'events', { text: 'say "no"' }],
  ['/events text:"kind:use"', 'events', { text: 'kind:use' }],
  ['/events text:see https://x.example/a:b', 'events', { text: 'see https://x.example/a:b' }],
  ['/events text:Kim said: no', 'events', { text: 'Kim said: no' }],
  ['/events when：2024', 'events', { when: '2024' }],
  ['/events when:2023 when:2024', 'events', { when: '2024' }],
  ['/events text:"never closed', 'events', { text: 'never closed' }],
])('%s', (line, command, options) => {
  expect(readTyped(line, forms)).toEqual({ kind: 'request', request: { command, options } });
});

test('a subcommand is the second word', () => {
  expect(readTyped('/digest last 7d', forms)).toEqual({
    kind: 'request',
    request: { command: 'digest', subcommand: 'last', options: { window: '7d' } },
  });
});

test.each([
  ['', 'empty'],
  ['/', 'no-command'],
  ['/evnets', 'no-command'],
  ['/digest', 'no-subcommand'],
  ['/digest tomorrow', 'no-subcommand'],
  ['/events colour:red', 'no-option'],
  ['/status now', 'no-option'],
])("'%s' asks for nothing that there is", (line, kind) => {
  expect(readTyped(line, forms).kind).toBe(kind);
});

test('whatever is typed is read, one way or another', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(['request', 'no-option']).toContain(readTyped(`/events ${text}`, forms).kind);
    }),
  );
});

test('a request comes back from its button as it went in', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.string()), (options) => {
      const request = { command: 'digest', subcommand: 'last', options };
      expect(unpackRequest(packRequest(request))).toEqual(request);
    }),
  );
});

test('a request reads back from what a person would type for it', () => {
  const values = fc
    .stringMatching(/^[A-Za-z0-9:][A-Za-z0-9: .|]{0,20}[a-z]$/)
    .map((text) => text.replaceAll(/ +/g, ' '));
  fc.assert(
    fc.property(values, values, (when, text) => {
      const request = { command: 'events', options: { when, text } };
      expect(readTyped(typedRequest(request), forms)).toEqual({ kind: 'request', request });
    }),
  );
});

test.each(['', '|', 'events|when'])("'%s' is no packed request", (packed) => {
  expect(unpackRequest(packed)).toBeUndefined();
});

function aForm(name: string, options: readonly string[]): Form {
  return {
    name,
    description: name,
    descriptions: {},
    options: options.map(anOption),
    subcommands: [],
    audience: 'asker',
    managers: false,
  };
}

function anOption(name: string): FormOption {
  return {
    name,
    description: name,
    descriptions: {},
    type: 'text',
    required: false,
    choices: [],
    completes: false,
  };
}
