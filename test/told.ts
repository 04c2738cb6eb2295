import { compose, type Edition } from '../digests/compose.ts';
import { speechIn } from '../digests/speech.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { parseDay } from '../src/time.ts';
import { aTopic } from './topic.ts';

/** The digest of 23 October 2024 in Paris, as a wide terminal shows it. */
export function told(given: Partial<Edition>, language = 'en', topic = aTopic()): string {
  const day = parseDay('2024-10-23');
  const edition: Edition = {
    period: { from: day, to: day, zone: 'Europe/Paris' },
    cutOff: new Date('2024-10-24T06:00:00Z'),
    events: [],
    told: new Map(),
    coverage: { read: 80, failing: [] },
    ...given,
  };
  const message = compose(edition, { speech: speechIn(language), topic });
  return renderTerminal(message, { width: 400, colour: false });
}
