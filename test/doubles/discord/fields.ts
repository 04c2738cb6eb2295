export const TOKEN = 'good.token.of-a-bot';
export const TEXT_CHANNEL = '400000000000000001';
export const FORUM = '400000000000000002';
export const ANNOUNCEMENTS = '400000000000000003';
export const THREAD = '400000000000000004';

export const APPLICATION = '100000000000000001';
export const GUILD = '200000000000000001';
export const PERSON = '300000000000000001';
const OWNER = '300000000000000002';

/** What a bot may do that was invited as the guide says: see, write, write in threads, link, read what was, open threads. */
export const INVITED = String(
  (1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 14n) | (1n << 16n) | (1n << 35n),
);
const EVERYTHING = '2147483647';

export const botUser = {
  id: APPLICATION,
  username: 'tumen',
  discriminator: '0000',
  bot: true,
  avatar: null,
  global_name: null,
  primary_guild: null,
  flags: 0,
  public_flags: 0,
};

/** A channel or thread as the double keeps it. */
export interface Place {
  readonly id: string;
  readonly type: number;
  readonly guild_id: string;
  readonly name: string;
  readonly flags: number;
  readonly parent_id?: string;
  readonly owner_id?: string;
  readonly available_tags?: readonly ForumTag[];
  readonly permission_overwrites?: readonly object[];
  readonly thread_metadata?: { readonly archived: boolean; readonly locked: boolean };
}

export interface ForumTag {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
  readonly emoji_id: null;
  readonly emoji_name: null;
}

export function aTag(id: string, name: string, moderated = false): ForumTag {
  return { id, name, moderated, emoji_id: null, emoji_name: null };
}

export function aPlace(id: string, type: number, name: string): Place {
  const channel = { id, type, name, flags: 0, guild_id: GUILD, position: 0, permission_overwrites: [] };
  return type === 15 ? { ...channel, available_tags: [] } : channel;
}

export function aThread(id: string, parent: string, name: string, now: Date): Place {
  const counts = { message_count: 0, member_count: 1, total_message_sent: 0 };
  const state = { archived: false, locked: false };
  const archiving = { auto_archive_duration: 1440, archive_timestamp: now.toISOString() };
  return {
    id,
    type: 11,
    name,
    flags: 0,
    guild_id: GUILD,
    parent_id: parent,
    owner_id: APPLICATION,
    ...counts,
    thread_metadata: { ...state, ...archiving },
  };
}

/** The channels that are there at first. */
export function firstPlaces(now: Date): Place[] {
  return [
    aPlace(TEXT_CHANNEL, 0, 'general'),
    aPlace(FORUM, 15, 'events'),
    aPlace(ANNOUNCEMENTS, 5, 'news'),
    aThread(THREAD, TEXT_CHANNEL, 'aside', now),
  ];
}

export function messageFields(now: Date) {
  return {
    type: 0,
    author: botUser,
    content: '',
    timestamp: now.toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
  };
}

export function interactionFields() {
  return {
    application_id: APPLICATION,
    guild_id: GUILD,
    guild: { id: GUILD, locale: 'fr', features: [] },
    channel_id: TEXT_CHANNEL,
    channel: { id: TEXT_CHANNEL, type: 0, name: 'general', guild_id: GUILD, permissions: EVERYTHING },
    member: {
      user: { id: PERSON, username: 'ann', discriminator: '0', avatar: null, global_name: 'Ann' },
      roles: [],
      joined_at: new Date(0).toISOString(),
      deaf: false,
      mute: false,
      flags: 0,
      permissions: EVERYTHING,
    },
    version: 1,
    app_permissions: EVERYTHING,
    locale: 'fr',
    guild_locale: 'en-US',
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: { 0: GUILD },
    context: 0,
    attachment_size_limit: 10_000_000,
  };
}

/** A member without any right, for `interact`. */
export function strangerFields(permissions = '0') {
  return { member: { ...interactionFields().member, permissions } };
}

export function applicationFields() {
  return {
    id: APPLICATION,
    name: 'Tumen',
    icon: null,
    description: '',
    type: null,
    verify_key: 'a'.repeat(64),
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: { ...botUser, id: PERSON, username: 'ann', bot: false },
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}

export function roleFields(permissions: string) {
  return {
    id: GUILD,
    name: '@everyone',
    permissions,
    color: 0,
    hoist: false,
    position: 0,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

export function memberFields() {
  return {
    user: botUser,
    roles: [],
    joined_at: new Date(0).toISOString(),
    deaf: false,
    mute: false,
    flags: 0,
  };
}

export function guildFields(places: readonly Place[], permissions: string) {
  return {
    id: GUILD,
    name: 'Lighthouse',
    unavailable: false,
    owner_id: OWNER,
    preferred_locale: 'fr',
    roles: [roleFields(permissions)],
    emojis: [],
    stickers: [],
    features: [],
    channels: places.filter(({ type }) => type !== 11),
    threads: places.filter(({ type }) => type === 11),
    members: [memberFields()],
    presences: [],
    voice_states: [],
    member_count: 2,
    joined_at: new Date(0).toISOString(),
    large: false,
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    system_channel_flags: 0,
    premium_tier: 0,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    afk_timeout: 300,
    afk_channel_id: null,
    system_channel_id: null,
    rules_channel_id: null,
    public_updates_channel_id: null,
  };
}
