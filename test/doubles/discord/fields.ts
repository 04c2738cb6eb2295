export const TOKEN = 'good.token.of-a-bot';
export const TEXT_CHANNEL = '400000000000000001';
export const FORUM = '400000000000000002';

export const APPLICATION = '100000000000000001';
export const GUILD = '200000000000000001';
export const PERSON = '300000000000000001';

export const botUser = {
  id: APPLICATION,
  username: 'tumen',
  discriminator: '0000',
  bot: true,
  avatar: null,
  global_name: null,
  flags: 0,
  public_flags: 0,
};

export function messageFields() {
  return {
    type: 0,
    author: botUser,
    content: '',
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
  };
}

export function interactionFields() {
  return {
    application_id: APPLICATION,
    guild_id: GUILD,
    guild: { id: GUILD, locale: 'fr', features: [] },
    channel_id: TEXT_CHANNEL,
    channel: { id: TEXT_CHANNEL, type: 0, name: 'general', guild_id: GUILD, permissions: '2147483647' },
    member: {
      user: { id: PERSON, username: 'ann', discriminator: '0', avatar: null, global_name: 'Ann' },
      roles: [],
      joined_at: new Date(0).toISOString(),
      deaf: false,
      mute: false,
      flags: 0,
      permissions: '2147483647',
    },
    version: 1,
    app_permissions: '2147483647',
    locale: 'fr',
    guild_locale: 'en-US',
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: { 0: GUILD },
    context: 0,
    attachment_size_limit: 10_000_000,
  };
}

export function guildFields() {
  const everyone = {
    id: GUILD,
    name: '@everyone',
    permissions: '2147483647',
    color: 0,
    hoist: false,
    position: 0,
    managed: false,
    mentionable: false,
    flags: 0,
  };
  const channels = [
    { id: TEXT_CHANNEL, type: 0, name: 'general', position: 0, permission_overwrites: [] },
    { id: FORUM, type: 15, name: 'events', position: 1, permission_overwrites: [], available_tags: [] },
  ];
  return {
    id: GUILD,
    name: 'Lighthouse',
    unavailable: false,
    owner_id: PERSON,
    preferred_locale: 'fr',
    roles: [everyone],
    emojis: [],
    stickers: [],
    features: [],
    channels,
    threads: [],
    members: [
      { user: botUser, roles: [], joined_at: new Date(0).toISOString(), deaf: false, mute: false, flags: 0 },
    ],
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
