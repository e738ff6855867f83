import { fileFromConfig, fileFromSecret } from '../../../lib';
import { Mistakes } from '../../../lib/core/problems';
import { alertmanagerConfig, alertmanagerConfigSpec, readAlerting, receiversOf, RECEIVER_KINDS, type AlertingProps, type ReceiverKind } from '../../../lib/monitoring/alertmanager';
import { regex } from '../../../lib/monitoring/promql';
import { SEVERITIES } from '../../../lib/monitoring/rules';
import { fixtureApplications } from '../fixture';
import { ALERTING, EVERY_KIND, EXPECTED } from './samples';

const applications = fixtureApplications();
const SECRET = 'xoxb-very-secret';
const hook = { webhook: { url: fileFromSecret('hooks', 'url') } };
const SMALL: AlertingProps = { receivers: { team: hook }, receiver: 'team', deadManSwitch: { declined: 'a test needs none' }, runbooks: 'https://example.com' };

function read(changes: object = {}, base: AlertingProps = SMALL) {
  const mistakes = new Mistakes();
  const alerting = readAlerting(mistakes, 'alerting', { ...base, ...changes } as AlertingProps, applications, 'platform');
  return { alerting, messages: mistakes.messages };
}
const configOf = (changes: object = {}, base?: AlertingProps) => alertmanagerConfig(read(changes, base).alerting, '/t/*.tmpl') as { receivers: Record<string, Record<string, unknown>[]>[]; route: Record<string, unknown>; time_intervals: unknown };
const receiverOf = (kind: string, props: object) => configOf({ receivers: { team: { [kind]: props } } }).receivers[0]![`${kind}_configs`]![0]!;

describe('the configuration', () => {
  test('every kind of receiver is read without a mistake, and has its credentials in files', () => {
    const { alerting, messages } = read({}, ALERTING);
    expect(messages).toEqual([]);
    const [everybody] = configOf({}, ALERTING).receivers;
    expect(Object.keys(everybody!).sort()).toEqual(['name', ...RECEIVER_KINDS.map((kind) => `${kind}_configs`)].sort());
    expect(RECEIVER_KINDS).toHaveLength(17);
    const files = [...JSON.stringify(alertmanagerConfig(alerting, 't')).matchAll(/"(\w+_file)":"([^"]+)"/g)].map(([, , file]) => file!);
    expect(files.every((file) => /^\/etc\/alertmanager\/secrets\/[^/]+\/[^/]+$/.test(file))).toBe(true);
    expect(new Set(files).size).toBe(22);
  });

  test.each([
    ['slack', EVERY_KIND.slack, { api_url_file: '/etc/alertmanager/secrets/alerting/slack', channel: '#alerts', send_resolved: true }],
    ['webex', EVERY_KIND.webex, { http_config: { authorization: { credentials_file: '/etc/alertmanager/secrets/alerting/webex' } }, room_id: 'Y2lz' }],
    ['jira', EVERY_KIND.jira, { http_config: { basic_auth: { username: 'bot@example.com', password_file: '/etc/alertmanager/secrets/alerting/jira' } }, issue_type: 'Bug' }],
    ['sns', EVERY_KIND.sns, { sigv4: { region: 'eu-west-1' } }],
    ['webhook', EVERY_KIND.webhook, { url: 'http://hooks.tools.svc:8080/alerts', http_config: { authorization: { credentials_file: '/etc/alertmanager/secrets/alerting/hook-token' } } }],
    ['email', EVERY_KIND.email, { auth_password_file: '/etc/alertmanager/secrets/alerting/smtp', smarthost: 'smtp.example.com:587' }],
  ])('%s', (kind, props, expected) => {
    expect(receiverOf(kind, props)).toMatchObject(expected);
  });

  test('what is kept quiet by itself', () => {
    expect(configOf()).toMatchObject({ inhibit_rules: [
      { source_matchers: ['severity="critical"', 'application!=""'], target_matchers: ['severity=~"warning|info"', 'application!=""'], equal: ['environment', 'namespace', 'application'] },
      { source_matchers: ['alertname="NodeNotReady"'], target_matchers: ['alertname!="NodeNotReady"', 'node!=""'], equal: ['environment', 'node'] },
    ] });
  });

  test('times', () => {
    expect(configOf({}, ALERTING).time_intervals).toEqual([
      { name: 'night', time_intervals: [{ times: [{ start_time: '22:00', end_time: '24:00' }], location: 'Europe/Zurich' }, { times: [{ start_time: '00:00', end_time: '07:00' }], location: 'Europe/Zurich' }] },
      { name: 'holidays', time_intervals: [{ days_of_month: ['24:26', '-1'], months: ['december'] }] },
      { name: 'weekend', time_intervals: [{ weekdays: ['saturday', 'sunday'] }] },
    ]);
    expect(configOf({ times: { morning: { to: '12:00' } } }).time_intervals).toEqual([{ name: 'morning', time_intervals: [{ times: [{ start_time: '00:00', end_time: '12:00' }] }] }]);
  });

  test('the top of the routes may be changed', () => {
    expect(configOf({ groupBy: ['namespace'], repeatInterval: '12h' }).route).toMatchObject({ group_by: ['namespace'], group_wait: '30s', repeat_interval: '12h' });
  });
});

describe('routing', () => {
  const { route } = read({}, ALERTING).alerting;
  const cases = EXPECTED.flatMap(({ owner, ...receivers }) => SEVERITIES.map((severity) => [severity, owner, receivers[severity]] as const));

  test.each(cases)('%s of %s: %j', (severity, owner, receivers) => {
    expect(receiversOf(route, { alertname: 'X', severity, environment: 'production', ...(owner === undefined ? {} : { owner }) })).toEqual(receivers);
  });

  test('by environment, other labels, and the sign of life first of all', () => {
    expect(receiversOf(route, { severity: 'critical', owner: 'shop', environment: 'preview' })).toEqual(['nobody']);
    expect(receiversOf(route, { owner: 'search', alertname: 'TargetDown' })).toEqual(['search']);
    expect(receiversOf(route, { owner: 'search', alertname: 'X', application: 'bbb' })).toEqual(['search']);
    expect(receiversOf(route, { alertname: 'Watchdog', environment: 'preview' })).toEqual(['heartbeat']);
  });
});

describe('the sign of life', () => {
  test('goes to a receiver of its own, or is declined for a reason', () => {
    expect(read({}, ALERTING).alerting.watchdog).toEqual({ on: true });
    expect(read().alerting.watchdog).toEqual({ on: false, reason: 'a test needs none' });
    expect(configOf({ receivers: { team: hook, beat: hook }, deadManSwitch: { receiver: 'beat', every: '5m' } }).route).toMatchObject({ routes: [{ receiver: 'beat', matchers: ['alertname="Watchdog"'], group_wait: '0s', group_interval: '5m', repeat_interval: '5m' }] });
  });

  test.each([
    [undefined, "alerting.deadManSwitch: got nothing; somebody outside must notice when the alerting itself fails: { receiver: 'name' }, or { declined: 'the reason why not' }, is required"],
    [{ declined: 'x', receiver: 'team' }, expect.stringContaining('is required')],
    [{ declined: '  ' }, 'alerting.deadManSwitch.declined: got "  "; a sentence that says why is required'],
    [{ receiver: 'beet' }, 'alerting.deadManSwitch.receiver: got "beet"; there is no receiver of this name; there are team, beat, within and mute; did you mean "beat"?'],
    [{ receiver: 'team' }, "alerting.deadManSwitch.receiver: got \"team\"; other alerts go there too, and would look like a sign of life; give the dead man's switch a receiver of its own"],
    [{ receiver: 'within' }, 'alerting.deadManSwitch.receiver: got "within"; its address lies within the cluster, and fails with it; name one outside'],
    [{ receiver: 'mute' }, 'alerting.deadManSwitch.receiver: got "mute"; this receiver tells nobody; give it a webhook or another way of notifying'],
    [{ receiver: 'beat', every: 'often' }, expect.stringContaining('got "often"')],
  ])('%j is refused', (deadManSwitch, message) => {
    expect(read({ receivers: { team: hook, beat: hook, within: { webhook: { url: 'http://watch.tools.svc:80/x' } }, mute: {} }, deadManSwitch }).messages).toContainEqual(message);
  });
});

describe('bad input', () => {
  /** Of each kind the least that it takes, but for its credentials. */
  const WITHOUT: readonly (readonly [ReceiverKind, object, string])[] = [
    ['slack', {}, "slack: one of 'webhook' and 'token' is required"], ['msteamsv2', {}, 'msteamsv2.webhook: got nothing'], ['discord', {}, 'discord.webhook: got nothing'], ['telegram', { chat: 1 }, 'telegram.token: got nothing'],
    ['webex', { room: 'r' }, 'webex.token: got nothing'], ['mattermost', {}, 'mattermost.webhook: got nothing'], ['rocketchat', { url: 'https://x.example', channel: '#a', tokenId: fileFromSecret('a', 'b') }, 'rocketchat.token: got nothing'],
    ['wechat', { corp: 'c', agent: '1', toUser: 'u' }, 'wechat.secret: got nothing'], ['email', { to: 'a@b.c', from: 'a@b.c', smarthost: 'a.b:25', username: 'u' }, 'email.password: got nothing'],
    ['pagerduty', {}, 'pagerduty.routingKey: got nothing'], ['opsgenie', {}, 'opsgenie.apiKey: got nothing'], ['victorops', { routingKey: 'r' }, 'victorops.apiKey: got nothing'],
    ['pushover', { token: fileFromSecret('a', 'b') }, 'pushover.userKey: got nothing'], ['jira', { url: 'https://x.example', project: 'P', issueType: 'Bug' }, 'jira.token: got nothing'],
    ['incidentio', { url: 'https://x.example' }, 'incidentio.token: got nothing'], ['webhook', {}, 'webhook.url: got nothing'],
  ];

  test.each(WITHOUT)('%s without its credentials', (kind, props, message) => {
    const { messages } = read({ receivers: { team: { [kind]: props } } });
    expect(messages).toEqual([expect.stringContaining(`alerting.receivers.team.${message}`)]);
    expect(messages[0]).toContain("fileFromSecret('name', 'key')");
  });

  test('every kind that has credentials is tried', () => {
    expect([...WITHOUT.map(([kind]) => kind), 'sns'].sort()).toEqual([...RECEIVER_KINDS].sort());
  });

  test.each([
    ['slack', { webhook: SECRET }], ['slack', { token: SECRET, channel: '#a' }], ['pagerduty', { routingKey: { value: SECRET } }], ['pagerduty', { routingKey: fileFromConfig('map', 'key') }], ['webhook', { url: `https://u:${SECRET}@example.com` }],
    ['webhook', { url: `https://example.com/?token=${SECRET}` }], ['pagerduty', { rootingKey: SECRET, routingKey: fileFromSecret('a', 'b') }], ['slak', SECRET], ['slack', SECRET],
  ])('a secret in the program is refused and not shown: %s %#', (kind, props) => {
    const { messages } = read({ receivers: { team: { [kind]: props } } });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^alerting\.receivers\.team\.sla?c?k|^alerting\.receivers\.team\.(pagerduty|webhook)/);
    expect(messages[0]).not.toContain(SECRET);
  });

  test.each([
    ['telegram', { token: fileFromSecret('a', 'b'), chat: 1.5 }, 'telegram.chat: got 1.5; a whole number other than 0 is allowed'],
    ['telegram', { token: fileFromSecret('a', 'b') }, 'telegram.chat: got nothing; a value is required'],
    ['email', { to: 'a@b.c', from: 'a@b.c', smarthost: 'mail.example.com' }, 'email.smarthost: got "mail.example.com"; a server with its port is allowed, such as "smtp.example.com:587"'],
    ['sns', { region: 'eu-west-1', topicArn: 'alerts' }, 'sns.topicArn: got "alerts"; the ARN of a topic is allowed, such as "arn:aws:sns:eu-west-1:123456789012:alerts"'],
    ['slack', { webhook: fileFromSecret('a', 'b'), token: fileFromSecret('a', 'c') }, "slack: got 'webhook' and 'token'; one of them is allowed"],
    ['slack', { token: fileFromSecret('a', 'c') }, 'slack.channel: got nothing; a bot writes where it is told: a channel such as "#alerts" is required'],
    ['wechat', { secret: fileFromSecret('a', 'b'), corp: 'c', agent: '1' }, "wechat: got nothing; somebody to tell is required: 'toUser', 'toParty' or 'toTag'"],
    ['webhook', { url: 'https://example.com', payload: 'x', maxAlerts: 0 }, 'webhook.payload: got "x"; an object is allowed'],
    ['webhook', { url: 'ftp://example.com' }, 'webhook.url: an address is allowed, such as "https://example.com/hook"'],
    ['pagerduty', { routingKey: fileFromSecret('Not A Name', 'b') }, expect.stringContaining('pagerduty.routingKey.secret: got "Not A Name"')],
    ['slack', { webhook: fileFromSecret('a', 'b'), chanel: '#a' }, 'slack.chanel: no such prop here; did you mean "channel"?'],
    ['opsgenie', { apiKey: fileFromSecret('a', 'b'), url: 'eu' }, 'opsgenie.url: got "eu"; an address is allowed, such as "https://example.com/hook"'],
  ])('%s %#', (kind, props, message) => {
    const { messages } = read({ receivers: { team: { [kind]: props } } });
    expect(messages).toContainEqual(typeof message === 'string' ? `alerting.receivers.team.${message}` : message);
  });

  test('routes, teams, times and all else: every mistake at once', () => {
    const { messages } = read({
      receivers: { 'shop-chat': hook, pager: hook, odd: { slck: {} } },
      receiver: 'shop-chta',
      routes: [
        { team: 'shpo', receiver: 'shop-chat' }, { severity: 'criticl', receiver: 'pagr' }, { team: ['data', 'platform', 'search'] }, { receiver: 'pager', mute: ['nihgt'], active: ['night'], groupWait: 'soon', matchers: { 'a-b': 'x', c: 7, d: regex('(') } },
        { teem: 'x', receiver: 'pager' }, { team: [], receiver: 'pager', routes: [{ receiver: 'nobody' }] },
      ],
      times: { night: { from: '22:00', to: '07:00' }, never: {}, bad: { weekdays: ['mon'], months: ['13'], daysOfMonth: ['0'], timeZone: 'Mars', from: '7' } },
      inhibitions: [{ source: {}, target: { a: 'b' } }],
      runbooks: 'docs',
      groupInterval: '5',
      extra: true,
    });
    expect(messages).toEqual([
      'alerting.extra: got true; no such prop here',
      expect.stringMatching(/^alerting\.receivers\.odd\.slck: there is no such kind of receiver; slack, msteamsv2, .* are allowed; did you mean "slack"\?$/),
      'alerting.times.night.to: got "07:00"; it must come after 22:00; an interval over midnight is two, one to 24:00 and one from 00:00',
      'alerting.times.never: got {}; at least one of from, to, weekdays, daysOfMonth and months is required',
      'alerting.times.bad.weekdays[0]: got "mon"; a day of the week or a range is allowed, such as "monday:friday"',
      'alerting.times.bad.daysOfMonth[0]: got "0"; a day of the month or a range is allowed, such as "1:5" or "-1"',
      'alerting.times.bad.months[0]: got "13"; a month or a range is allowed, such as "january" or "6:8"',
      'alerting.times.bad.from: got "7"; a time of day such as "09:00" is allowed',
      'alerting.times.bad.timeZone: got "Mars"; the name of a time zone is allowed, such as "Europe/Zurich"',
      'alerting.routes[1].severity: got "criticl"; critical, warning and info are allowed; did you mean "critical"?',
      'alerting.routes[1].receiver: got "pagr"; there is no receiver of this name; there are shop-chat, pager and odd; did you mean "pager"?',
      "alerting.routes[2]: got {\"team\":[\"data\",\"platform\",\"search\"]}; a 'receiver', or 'routes' within it, is required: else it changes nothing",
      'alerting.routes[3].mute[0]: got "nihgt"; there is no time of this name; there are night, never and bad; did you mean "night"?',
      'alerting.routes[3].matchers.a-b: got "a-b"; the name of a label is allowed',
      'alerting.routes[3].matchers.c: got 7; text, not(…), regex(…) or notRegex(…) is allowed',
      'alerting.routes[3].matchers.d: got "("; a regular expression is allowed',
      'alerting.routes[3].groupWait: got "soon"; a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed',
      'alerting.routes[4].teem: got "x"; no such prop here; did you mean "team"?',
      'alerting.routes[5].team: got []; at least one is required; leave it out for any',
      'alerting.routes[5].routes[0].receiver: got "nobody"; there is no receiver of this name; there are shop-chat, pager and odd',
      'alerting.receiver: got "shop-chta"; there is no receiver of this name; there are shop-chat, pager and odd; did you mean "shop-chat"?',
      "alerting.routes: no route is for the team 'shop', which owns shop/web, shop/mailer and shop/migrate; add { team: 'shop', receiver: … }; did you mean \"shpo\"?",
      'alerting.groupInterval: got "5"; a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed',
      'alerting.inhibitions[0].source: got {}; at least one label is required: without one every alert would be meant',
      'alerting.runbooks: got "docs"; the address of the folder with the runbooks is required, such as "https://github.com/acme/shop/blob/main/docs/runbooks"',
    ]);
  });

  test('nothing at all', () => {
    const mistakes = new Mistakes();
    readAlerting(mistakes, 'alerting', {} as AlertingProps, []);
    expect(mistakes.messages.map((message) => message.split(':')[0])).toEqual(['alerting.receivers', 'alerting.receiver', 'alerting.deadManSwitch', 'alerting.runbooks']);
  });

  test('without a route for a team, all go to one receiver; the platform\'s team needs a route too', () => {
    expect(read().messages).toEqual([]);
    expect(read({ routes: [{ team: ['shop', 'data', 'search'], receiver: 'team' }] }).messages).toEqual(["alerting.routes: no route is for the team 'platform', which owns ops/agent and the platform; add { team: 'platform', receiver: … }"]);
  });
});

describe('as a resource of the operator', () => {
  const specOf = (changes: object = {}, base?: AlertingProps) => {
    const mistakes = new Mistakes();
    const spec = alertmanagerConfigSpec(mistakes, 'alerting', read(changes, base).alerting);
    return { spec, messages: mistakes.messages };
  };

  test('the same receivers, with the keys of Secrets', () => {
    const { mattermost: _, jira: __, incidentio: ___, ...others } = EVERY_KIND;
    const { spec, messages } = specOf({ receivers: { team: { ...others, slack: others.slack && { webhook: fileFromSecret('alerting', 'slack') }, webhook: { url: fileFromSecret('alerting', 'hook') } } } });
    expect(messages).toEqual([]);
    const [team] = spec.receivers as Record<string, Record<string, unknown>[]>[];
    expect(Object.keys(team!).filter((key) => key !== 'name')).toHaveLength(14);
    expect(team!.slackConfigs![0]).toMatchObject({ apiURL: { name: 'alerting', key: 'slack' }, sendResolved: true });
    expect(team!.webhookConfigs![0]).toMatchObject({ urlSecret: { name: 'alerting', key: 'hook' } });
    expect(JSON.stringify(spec)).not.toContain('_file');
  });

  test('routes name their receivers', () => {
    const { spec } = specOf({ routes: [{ team: 'shop', groupBy: ['namespace'], routes: [{ severity: ['warning', 'info'], matchers: { application: regex('a.*') }, mute: ['night'], continue: true }] }, { team: ['data', 'platform', 'search'], receiver: 'team' }], times: { night: { from: '22:00', weekdays: ['monday'], daysOfMonth: ['1:5', '-1'] } } });
    expect(spec).toMatchObject({
      route: { receiver: 'team', groupBy: ['environment', 'namespace', 'application', 'alertname'], routes: [{
        receiver: 'team', matchers: [{ name: 'owner', matchType: '=', value: 'shop' }], groupBy: ['namespace'],
        routes: [{ receiver: 'team', matchers: [{ name: 'severity', matchType: '=~', value: 'warning|info' }, { name: 'application', matchType: '=~', value: 'a.*' }], muteTimeIntervals: ['night'], continue: true }],
      }, {}] },
      muteTimeIntervals: [{ name: 'night', timeIntervals: [{ times: [{ startTime: '22:00', endTime: '24:00' }], weekdays: ['monday'], daysOfMonth: [{ start: 1, end: 5 }, { start: -1, end: -1 }] }] }],
    });
  });

  test('what it can\'t say is refused, all at once', () => {
    const { messages } = specOf({}, ALERTING);
    expect([...new Set(messages.map((message) => message.split(': ')[0]))]).toEqual([
      'alerting.receivers.everybody.slack[1].token', 'alerting.receivers.everybody.mattermost', 'alerting.receivers.everybody.jira[0]', 'alerting.receivers.everybody.jira[1]', 'alerting.receivers.everybody.incidentio',
      'alerting.receivers.everybody.webhook[1].payload', 'alerting.times.night.timeZone',
    ]);
    expect(messages[1]).toBe("alerting.receivers.everybody.mattermost: the AlertmanagerConfig resource has no receivers of this kind; give the operator the whole configuration as a Secret with configuration: 'secret', or take another receiver");
  });
});
