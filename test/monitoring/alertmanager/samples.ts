import { fileFromSecret } from '../../../lib';
import type { AlertingProps, ReceiverProps } from '../../../lib/monitoring/alertmanager';
import { not, regex } from '../../../lib/monitoring/promql';

const key = (name: string) => fileFromSecret('alerting', name);

/** Every kind of receiver, with all that it takes. */
export const EVERY_KIND: Required<ReceiverProps> = {
  slack: [{ webhook: key('slack'), channel: '#alerts' }, { token: key('slack-bot'), channel: '#shop', sendResolved: false }],
  msteamsv2: { webhook: key('teams') },
  discord: { webhook: key('discord'), username: 'Fairlead' },
  telegram: { token: key('telegram'), chat: -100_200_300, thread: 7, silent: true },
  webex: { token: key('webex'), room: 'Y2lz' },
  mattermost: { webhook: key('mattermost'), channel: 'alerts' },
  rocketchat: { url: 'https://chat.example.com', token: key('rocket-token'), tokenId: key('rocket-id'), channel: '#alerts' },
  wechat: { secret: key('wechat'), corp: 'ww1', agent: '1000002', toUser: '@all', toParty: '1', toTag: '2' },
  email: { to: 'team@example.com', from: 'alerts@example.com', smarthost: 'smtp.example.com:587', username: 'alerts', password: key('smtp'), requireTls: true },
  pagerduty: { routingKey: key('pagerduty') },
  opsgenie: { apiKey: key('opsgenie'), url: 'https://api.eu.opsgenie.com/' },
  victorops: { apiKey: key('victorops'), routingKey: 'shop' },
  pushover: { userKey: key('pushover-user'), token: key('pushover-token') },
  sns: { region: 'eu-west-1', topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts' },
  jira: [{ url: 'https://acme.atlassian.net/rest/api/3/', project: 'OPS', issueType: 'Bug', username: 'bot@example.com', token: key('jira'), resolveTransition: 'Done' }, { url: 'https://jira.example.com/rest/api/2/', project: 'OPS', issueType: 'Bug', token: key('jira-pat') }],
  incidentio: { url: 'https://api.incident.io/v2/alert_events/alertmanager/01', token: key('incidentio') },
  webhook: [{ url: 'http://hooks.tools.svc:8080/alerts', token: key('hook-token'), maxAlerts: 10 }, { url: key('hook'), payload: { text: '{{ .CommonAnnotations.summary }}' } }],
};

/** An alerting with all of it: every kind of receiver, teams, severities, environments and times. */
export const ALERTING: AlertingProps = {
  receivers: {
    everybody: EVERY_KIND,
    shop: { slack: { webhook: key('slack') } }, 'shop-night': { pagerduty: { routingKey: key('pagerduty') } },
    data: { email: { to: 'data@example.com', from: 'alerts@example.com', smarthost: 'smtp.example.com:587' } },
    platform: { webhook: { url: key('hook') } }, search: { discord: { webhook: key('discord') } },
    heartbeat: { webhook: { url: fileFromSecret('heartbeat', 'url') } },
    nobody: {},
  },
  receiver: 'everybody',
  deadManSwitch: { receiver: 'heartbeat' },
  runbooks: 'https://example.com/runbooks/',
  times: { night: [{ from: '22:00', to: '24:00', timeZone: 'Europe/Zurich' }, { from: '00:00', to: '07:00', timeZone: 'Europe/Zurich' }], holidays: { daysOfMonth: ['24:26', '-1'], months: ['december'] }, weekend: { weekdays: ['saturday', 'sunday'] } },
  routes: [
    { environment: ['preview', 'local'], receiver: 'nobody' },
    { severity: 'critical', team: 'shop', receiver: 'shop-night', continue: true },
    { team: 'shop', receiver: 'shop', routes: [{ severity: ['warning', 'info'], mute: ['night', 'weekend'] }] },
    { team: 'data', receiver: 'data', groupBy: ['namespace'], groupWait: '1m', groupInterval: '10m', repeatInterval: '1d', active: ['holidays'] },
    { team: ['platform', 'search'], matchers: { alertname: not('TargetDown'), application: regex('a.*|') }, receiver: 'platform' },
    { team: 'search', receiver: 'search' },
    { team: 'platform', receiver: 'platform' },
  ],
  inhibitions: [{ source: { alertname: 'KubeStateMetricsDown' }, target: { alertname: regex('Replicas.*') } }],
};

/** Owners of the fixture's applications and of the platform, and that of none; with the receivers that hear of each severity. */
export const EXPECTED: readonly { readonly owner: string | undefined; readonly critical: readonly string[]; readonly warning: readonly string[]; readonly info: readonly string[] }[] = [
  { owner: 'shop', critical: ['shop-night', 'shop'], warning: ['shop'], info: ['shop'] },
  { owner: 'data', critical: ['data'], warning: ['data'], info: ['data'] },
  { owner: 'platform', critical: ['platform'], warning: ['platform'], info: ['platform'] },
  { owner: 'search', critical: ['platform'], warning: ['platform'], info: ['platform'] },
  { owner: undefined, critical: ['everybody'], warning: ['everybody'], info: ['everybody'] },
];
