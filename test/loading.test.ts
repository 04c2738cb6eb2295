import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** What is loaded as soon as a file is: each costs half a second and tens of megabytes. */
const heavy = ['discord.js', '@slack/bolt', '@slack/web-api'];

test.each(['src/main.ts', 'src/cli.ts', 'src/jobs/doctor.ts'])(
  '%s loads no library of a chat platform by itself',
  (file) => {
    expect([...packagesOf(file)].filter((name) => heavy.includes(name))).toEqual([]);
  },
);

test('the room of a platform does load its library', () => {
  expect([...packagesOf('src/channels/discord/discord.ts')]).toContain('discord.js');
});

/** The packages that a file brings in, with all that it imports; what is imported on demand is not among them. */
function packagesOf(file: string): Set<string> {
  const packages = new Set<string>();
  const waiting = [file];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next) || !existsSync(next)) continue;
    seen.add(next);
    for (const target of importsOf(next)) {
      if (target.startsWith('.')) waiting.push(normalize(join(dirname(next), target)));
      else packages.add(target);
    }
  }
  return packages;
}

/** What is imported at once; a whole `import type` is erased. */
function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8');
  const found = code.matchAll(/^(?:import|export)\s+(?!type\s)(?:[^;]*?from\s+)?'([^']+)'/gm);
  return [...found].flatMap(([, target]) => target ?? []);
}
