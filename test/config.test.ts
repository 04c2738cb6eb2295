import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { Environment, readConfig } from '../src/config.ts';

const example = readFileSync('.env.example', 'utf8');

test('.env.example, copied and left as it is, works', () => {
  expect(readConfig(parseEnv(example))).toEqual(readConfig({}));
});

test('.env.example names every setting and no other', () => {
  expect(Object.keys(parseEnv(example)).toSorted()).toEqual(Object.keys(Environment.shape).toSorted());
});

test('a bad setting is named, and its value is not shown', () => {
  const env = { DATABASE_URL: 'mysql://hunter2', ZONE: 'Europe/Atlantis' };
  expect(() => readConfig(env)).toThrow(/DATABASE_URL[^]*ZONE/);
  expect(() => readConfig(env)).not.toThrow(/hunter2|Atlantis/);
});

test.each([
  ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: 'xapp-hunter2' }],
  ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: 'xoxb-hunter2' }],
  ['SLACK_BOT_TOKEN', { SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: 'xapp-1' }],
])('of half or wrong tokens for Slack, %s is named and none is shown', (name, env) => {
  expect(() => readConfig(env)).toThrow(new RegExp(name));
  expect(() => readConfig(env)).not.toThrow(/hunter2/);
});
