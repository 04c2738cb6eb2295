import type { Topic } from '../src/topics/topic.ts';
import { claims } from './claims.ts';
import type { Command, Group } from './command.ts';
import { correct } from './correct.ts';
import { digest } from './digest.ts';
import { event } from './event.ts';
import { events } from './events.ts';
import { exportEvents } from './export.ts';
import { formOf } from './forms.ts';
import { help } from './help.ts';
import { language } from './language.ts';
import { search } from './search.ts';
import { sources } from './sources.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { subscription } from './subscription.ts';
import { timeline } from './timeline.ts';
import { why } from './why.ts';

/** All commands, in the order in which help tells them. */
export function commandsFor(topic: Topic): (Command | Group)[] {
  const all: (Command | Group)[] = [
    events(topic),
    event,
    timeline(topic),
    claims,
    search(topic),
    digest,
    subscribe,
    subscription,
    sources(topic),
    why,
    correct(topic),
    exportEvents(topic),
    status(topic),
    language,
    help(() => all.map(formOf)),
  ];
  return all;
}
