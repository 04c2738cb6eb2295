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
  const env = { SLACK_BOT_TOKEN: 'hunter2', ZONE: 'Europe/Atlantis' };
  expect(() => readConfig(env)).toThrow(/SLACK_BOT_TOKEN[^]*ZONE/);
  expect(() => readConfig(env)).not.toThrow(/hunter2|Atlantis/);
});

test('half of Slack is an error that names what is missing', () => {
  expect(() => readConfig({ SLACK_BOT_TOKEN: 'xoxb-1' })).toThrow(/SLACK_APP_TOKEN: Slack needs both/);
});
