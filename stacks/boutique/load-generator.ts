import type { Chart } from 'cdk8s';
import { Worker, type ReleaseTask } from '../../lib';
import type { Settings } from '../environment';
import { image } from './shared';

/** Waits until the shop answers, two minutes at most. */
const CHECK = `MAX_RETRIES=12
RETRY_INTERVAL=10
for i in $(seq 1 $MAX_RETRIES); do
  echo "Attempt $i: Pinging frontend: \${FRONTEND_ADDR}..."
  STATUSCODE=$(wget --server-response http://\${FRONTEND_ADDR} 2>&1 | awk '/^  HTTP/{print $2}')
  if [ $STATUSCODE -eq 200 ]; then
      echo "Frontend is reachable."
      exit 0
  fi
  echo "Error: Could not reach frontend - Status code: \${STATUSCODE}"
  sleep $RETRY_INTERVAL
done
echo "Failed to reach frontend after $MAX_RETRIES attempts."
exit 1
`;

/** Shoppers where there are no real ones. They wait for the shop, so they come when the cart does: after the check. */
export function addLoadGenerator(chart: Chart, settings: Settings, check: ReleaseTask): void {
  const { loadGenerator } = settings;
  if (loadGenerator === undefined) return;
  const address = { FRONTEND_ADDR: 'frontend:80' };
  new Worker(chart, 'loadgenerator', {
    description: 'Shops as people would',
    owner: 'shop',
    image: image(settings, 'loadgenerator'),
    containerName: 'main',
    replicas: 1,
    env: { ...address, USERS: String(loadGenerator.users), RATE: String(loadGenerator.rate) },
    connectsTo: ['frontend'],
    after: [check],
    initContainers: {
      'frontend-check': {
        image: 'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
        command: ['/bin/sh', '-exc', CHECK],
        env: address,
      },
    },
    resources: { requests: { cpu: '300m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
    shutdown: { drain: '4s', grace: '5s' },
    podAnnotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
  });
}
