import type { Form } from '../../form.ts';
import { shorten } from '../shorten.ts';
import { changes } from './answering/changes.ts';
import { EVENTS_PATH, REDIRECT_PATH } from './paths.ts';
import { COMMAND, SHORTCUT } from './rendering/text.ts';
import { scopes } from './scopes.ts';

/** A value as YAML and JSON know it. */
export type Plain = string | boolean | readonly Plain[] | { readonly [name: string]: Plain };

/** How Slack is to reach Tumen. */
export interface Reach {
  /** Public address of this machine: `https://bot.example.org`; absent where nothing comes over HTTP. */
  readonly url?: string | undefined;
  /** Whether what people do comes over a connection that Tumen opens. */
  readonly isSocket: boolean;
}

const LONGEST_HINT = 1000;

/** What Slack is told about the app, so that everything is there that Tumen listens for (https://docs.slack.dev/reference/app-manifest). */
export function manifestOf(forms: readonly Form[], { url, isSocket }: Reach): Plain {
  const base = url?.replace(/\/+$/, '') ?? '';
  const events = `${base}${EVENTS_PATH}`;
  const withUrl = (values: Record<string, Plain>): Record<string, Plain> => (isSocket ? {} : values);
  const verbs = forms.map(({ name }) => name).join(' | ');
  return {
    display_information: {
      name: 'Tumen',
      description:
        'Dated news events about arms cooperation between North Korea and Russia, with who says so',
    },
    features: featuresWith(verbs, withUrl({ url: events })),
    oauth_config: {
      ...(url === undefined ? {} : { redirect_urls: [`${base}${REDIRECT_PATH}`] }),
      scopes: { bot: scopes },
    },
    settings: {
      event_subscriptions: {
        ...withUrl({ request_url: events }),
        bot_events: ['app_home_opened', ...changes].toSorted(),
      },
      interactivity: {
        is_enabled: true,
        ...withUrl({ request_url: events, message_menu_options_url: events }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: isSocket,
      token_rotation_enabled: false,
    },
  };
}

function featuresWith(verbs: string, url: Record<string, Plain>): Plain {
  return {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    },
    bot_user: { display_name: 'tumen', always_online: true },
    shortcuts: [
      {
        name: 'Find event',
        type: 'message',
        callback_id: SHORTCUT,
        description: 'What Tumen knows about this message',
      },
    ],
    slash_commands: [
      {
        command: COMMAND,
        ...url,
        description: 'Dated news events, with who says so',
        usage_hint: shorten(verbs, LONGEST_HINT),
        should_escape: true,
      },
    ],
  };
}
