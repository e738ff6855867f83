import { readLogin, secretFile, type LoginProps, type SecretKey, type Settings } from './login';
import type { Mistakes } from '../../core/problems';
import { DASHBOARDS } from './provisioning';

/** What decides Grafana's settings. */
export interface SettingsInput {
  readonly adminUser: string;
  readonly adminPassword: SecretKey | undefined;
  readonly secretKey: SecretKey | undefined;
  readonly login: LoginProps | undefined;
  /** Its address from outside; undefined without a route. */
  readonly url: string | undefined;
  /** Path of the dashboard that it starts with, below the directory of dashboards. */
  readonly home: string;
}

const ADMIN_FILE = '/etc/grafana/secrets/admin-password';
const KEY_FILE = '/etc/grafana/secrets/secret-key';

/** Nothing that calls home, changes itself or lets strangers in. */
const HARDENED = {
  GF_ANALYTICS_REPORTING_ENABLED: false,
  GF_ANALYTICS_CHECK_FOR_UPDATES: false,
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: false,
  GF_ANALYTICS_FEEDBACK_LINKS_ENABLED: false,
  GF_NEWS_NEWS_FEED_ENABLED: false,
  GF_PLUGINS_PREINSTALL_DISABLED: true,
  GF_PLUGINS_PLUGIN_ADMIN_ENABLED: false,
  GF_PUBLIC_DASHBOARDS_ENABLED: false,
  GF_SNAPSHOTS_EXTERNAL_ENABLED: false,
  GF_SECURITY_DISABLE_GRAVATAR: true,
  GF_SECURITY_COOKIE_SAMESITE: 'lax',
  GF_USERS_ALLOW_SIGN_UP: false,
  GF_AUTH_ANONYMOUS_ENABLED: false,
  GF_LOG_MODE: 'console',
  GF_LOG_CONSOLE_FORMAT: 'json',
};

/** Grafana's settings as variables, with secrets as the paths of files. */
export function grafanaSettings(problems: Mistakes, { adminUser, adminPassword, secretKey, login, url, home }: SettingsInput): Settings {
  const secure = url?.startsWith('https:') ?? false;
  const config = {
    ...HARDENED,
    GF_SECURITY_ADMIN_USER: adminUser,
    GF_SECURITY_ADMIN_PASSWORD__FILE: ADMIN_FILE,
    GF_SECURITY_COOKIE_SECURE: secure,
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${DASHBOARDS}/${home}`,
    ...(url === undefined ? {} : { GF_SERVER_ROOT_URL: `${url}/` }),
    ...(secretKey !== undefined ? { GF_SECURITY_SECRET_KEY__FILE: KEY_FILE } : {}),
  };
  const files = {
    ...secretFile(problems, 'adminPassword', adminPassword, ADMIN_FILE),
    ...(secretKey === undefined ? {} : secretFile(problems, 'secretKey', secretKey, KEY_FILE)),
  };
  const outside = login ? readLogin(problems, login) : { config: {}, files: {} };
  const texts = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
  return { config: { ...texts, ...outside.config }, files: { ...files, ...outside.files } };
}
