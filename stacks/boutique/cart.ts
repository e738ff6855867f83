import type { Chart } from 'cdk8s';
import { CronTask, fromSecret, ReleaseTask, StatefulService, Volume } from '../../lib';
import { SECRETS, type Settings } from '../environment';
import { grpcService } from './services';
import { QUICK, REDIS_IMAGE } from './shared';

/** Small, for a client that runs now and then. */
const CLIENT = { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '64Mi' } };

/** A cart store that can't be written would take the shop down with the next release; this says so before. */
const CHECK = `set -eu
redis-cli -h redis-cart -e ping
redis-cli -h redis-cart -e set boutique:release-check ok EX 60
echo "The cart store answers and takes writes."
`;

/** Carts have no end of their own: those that nobody touched get thirty days from now. */
const EXPIRE = `set -euo pipefail
redis-cli -h redis-cart -e --scan | while IFS= read -r cart; do
  redis-cli -h redis-cart -e expire "$cart" 2592000 NX > /dev/null
done
echo "Every cart has an end."
if [ -n "\${HEARTBEAT_URL:-}" ]; then wget -q -O /dev/null "$HEARTBEAT_URL"; fi
`;

/** The cart: its service, its store, the check before a release (given back) and the nightly clean-up. */
export function addCart(chart: Chart, settings: Settings): ReleaseTask {
  addStore(chart, settings);
  const check = addCheck(chart, settings);
  grpcService(chart, settings, 'cartservice', {
    description: 'Puts things in carts and takes them out', port: 7070, shutdown: QUICK, cpu: ['200m', '300m'], memory: ['64Mi', '128Mi'],
    readiness: { initialDelay: '15s' }, liveness: { initialDelay: '15s', period: '10s' },
    env: { REDIS_ADDR: 'redis-cart:6379' },
    connectsTo: ['redis-cart'],
    after: [check],
  });
  addExpiry(chart, settings);
  return check;
}

function addStore(chart: Chart, { redis }: Settings): void {
  const data = redis.storage ? Volume.claim('redis-data', redis.storage) : Volume.emptyDir('redis-data');
  new StatefulService(chart, 'redis-cart', {
    description: 'Keeps the carts',
    owner: 'shop',
    image: REDIS_IMAGE,
    containerName: 'redis',
    ports: { 'tcp-redis': 6379 },
    mounts: { '/data': data },
    resources: { requests: { cpu: '70m', memory: '200Mi' }, limits: { cpu: '125m', memory: '256Mi' } },
    probes: { readiness: { tcp: true, period: '5s' }, liveness: { tcp: true, period: '5s' } },
  });
}

function addCheck(chart: Chart, { images }: Settings): ReleaseTask {
  return new ReleaseTask(chart, 'cart-store-check', {
    description: 'Refuses a release whose cart store cannot be written',
    owner: 'shop',
    image: REDIS_IMAGE,
    command: ['sh', '/scripts/check.sh'],
    files: { '/scripts/check.sh': CHECK },
    connectsTo: ['redis-cart'],
    resources: CLIENT,
    deadline: '5m',
    rerun: images.tag,
  });
}

function addExpiry(chart: Chart, { secrets, workingHours }: Settings): void {
  const watched = secrets.heartbeatUrl !== undefined;
  new CronTask(chart, 'cart-expiry', {
    description: 'Gives abandoned carts an end',
    owner: 'shop',
    schedule: '15 3 * * *',
    timeZone: 'Europe/Zurich',
    // It has no store to talk to while the environment sleeps.
    suspend: workingHours !== undefined,
    image: REDIS_IMAGE,
    command: ['sh', '/scripts/expire.sh'],
    files: { '/scripts/expire.sh': EXPIRE },
    env: watched ? { HEARTBEAT_URL: fromSecret(SECRETS, 'heartbeatUrl') } : {},
    connectsTo: ['redis-cart'],
    egress: watched ? [{ cidrs: ['0.0.0.0/0'], except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'], ports: [443] }] : [],
    resources: CLIENT,
    deadline: '30m',
  });
}
