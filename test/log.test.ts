import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { makeLog } from '../src/log.ts';

function logged(write: (log: ReturnType<typeof makeLog>) => void, env: Record<string, string> = {}): string {
  let text = '';
  write(makeLog(readConfig(env), { write: (line) => (text += line) }));
  return text;
}

test('a line is JSON with its moment, message and fields', () => {
  const line = JSON.parse(logged((log) => log.info({ feed: 'yonhap-ko', items: 12 }, 'feed visited')));
  expect(line).toMatchObject({ msg: 'feed visited', feed: 'yonhap-ko', items: 12 });
  expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test('a secret setting is hidden wherever its value turns up', () => {
  const env = {
    DISCORD_TOKEN: 'MTIz.very.secret',
    SLACK_BOT_TOKEN: 'xoxb-very.secret',
    SLACK_APP_TOKEN: 'xapp-very.secret',
    DATABASE_URL: 'postgres://me:hunter2@db/tumen',
  };
  const said = Object.values(env).join(' ');
  expect(logged((log) => log.error({ cause: `401 for ${said}` }, 'failed'), env)).not.toMatch(
    /very\.secret|hunter2/,
  );
});

test('fields that are named like secrets are hidden', () => {
  expect(logged((log) => log.info({ request: { authorization: 'Bearer abc' } }, 'x'))).not.toMatch(/Bearer/);
});
