/** Where a workspace begins to let Tumen in, and where Slack sends people back to. */
export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';
/** Where Slack sends what people do. */
export const EVENTS_PATH = '/slack/events';
