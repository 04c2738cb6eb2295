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

const oneWorkspace = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const several = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'hunter2',
  SLACK_URL: 'https://bot.example.org',
  TOKEN_KEY: 'a1'.repeat(32),
};

test.each([
  ['one workspace over Socket Mode', oneWorkspace],
  ['one workspace over HTTP', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }],
  ['several workspaces over Socket Mode', { ...several, SLACK_APP_TOKEN: 'xapp-1' }],
  [
    'several workspaces over HTTP, and our own',
    { ...several, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' },
  ],
  ['two keys', { ...oneWorkspace, ...several, TOKEN_KEY: `${'a1'.repeat(32)},${'B2'.repeat(32)}` }],
])('the settings of %s are taken', (_, env) => {
  expect(() => readConfig(env)).not.toThrow();
});

test.each([
  ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: 'xapp-hunter2' }],
  ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: 'xoxb-hunter2' }],
  ['SLACK_BOT_TOKEN', { SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: 'xapp-1' }],
  ['SLACK_BOT_TOKEN', { SLACK_SIGNING_SECRET: 'hunter2' }],
  ['SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: 'xoxb-hunter2' }],
  ['SLACK_SIGNING_SECRET.*leave one empty', { ...oneWorkspace, SLACK_SIGNING_SECRET: 'hunter2' }],
  ['SLACK_CLIENT_SECRET', { ...oneWorkspace, ...several, SLACK_CLIENT_SECRET: '' }],
  ['SLACK_CLIENT_ID', { ...oneWorkspace, ...several, SLACK_CLIENT_ID: '' }],
  ['SLACK_URL', { ...oneWorkspace, ...several, SLACK_URL: '' }],
  ['SLACK_URL', { ...oneWorkspace, ...several, SLACK_URL: 'http://hunter2.example.org' }],
  ['TOKEN_KEY', { ...oneWorkspace, ...several, TOKEN_KEY: '' }],
  ['TOKEN_KEY.*openssl', { ...oneWorkspace, ...several, TOKEN_KEY: 'hunter2' }],
  ['SLACK_MANAGERS', { SLACK_MANAGERS: '@hunter2' }],
])('of half or wrong tokens for Slack, %s is named and none is shown', (name, env) => {
  expect(() => readConfig(env)).toThrow(new RegExp(name));
  expect(() => readConfig(env)).not.toThrow(/hunter2/);
});
