/** Fetches one address in a process of its own, and prints what came of it and the most memory that it took. */
import { makeGuardedFetch } from '../../src/feeds/http.ts';

const fetch = makeGuardedFetch({ userAgent: 'Tumen/test', allowLoopback: true });
const answer = await fetch(process.argv[2] ?? '');
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(
  JSON.stringify({ kind: answer.kind, code: answer.kind === 'none' ? answer.code : '', megabytes }),
);
await fetch.close();
