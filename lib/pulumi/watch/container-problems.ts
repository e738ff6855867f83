import { oneLine, type ApiObject, type ContainerStatus } from './api-objects';
import { finder, type Finding, type Surroundings } from './finding';

const PULLING = ['ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable', 'ImageInspectError'];
const CREATING = ['CreateContainerError', 'RunContainerError', 'PreCreateHookError', 'PreStartHookError', 'PostStartHookError'];
/** Registries say so in their own words; a name server that does not find the registry may do so soon. */
const NO_SUCH_IMAGE = /\bnot found\b|manifest unknown|name unknown|no such (image|manifest)/i;
const NO_SUCH_HOST = /lookup |dial tcp|no such host/i;

/** Why a container does not start, or does not stay. */
export function containerProblem(container: ContainerStatus, pod: ApiObject, around: Surroundings): Finding | undefined {
  const { reason = '', message } = container.state?.waiting ?? {};
  const found = finder(pod);
  const who = `pod ${pod.metadata.name}, container ${container.name}`;
  const describe = `${around.kubectl} describe pod ${pod.metadata.name}`;
  const said = message ? `: ${oneLine(message)}` : '';
  if (PULLING.includes(reason)) return pullProblem(container, pod, around);
  if (reason === 'CrashLoopBackOff') return crashLoop(container, pod, around);
  if (CREATING.includes(reason)) return found('start', around.limits.other, `${who} can't be started${said}`, describe);
  switch (reason) {
    case 'InvalidImageName':
      return found('image', 0, `${who}: ${container.image} is no image name${said}`, 'mend the image in the configuration');
    case 'ErrImageNeverPull':
      return found('image', 0, `${who}: image ${container.image} is not on the node, and its pull policy is Never`, 'load the image into the node, or change the pull policy');
    case 'SignatureValidationFailed':
      return found('image', 0, `${who}: the signature of image ${container.image} is refused${said}`, describe);
    case 'CreateContainerConfigError':
      return found('config', /runAsNonRoot/.test(message ?? '') ? 0 : around.limits.config, `${who}: its config can't be read${said}`, `${around.kubectl} get configmaps,secrets`);
    default:
      return undefined;
  }
}

function pullProblem(container: ContainerStatus, pod: ApiObject, { view, limits, kubectl }: Surroundings): Finding {
  // Kubelets before 1.31 say only that they back off; their events say why.
  const event = view.events(pod, 'Failed').filter(({ message = '' }) => message.includes('pull') && message.includes(container.image)).at(-1);
  const texts = [container.state?.waiting?.message ?? '', event?.message ?? ''];
  const missing = texts.some((text) => NO_SUCH_IMAGE.test(text) && !NO_SUCH_HOST.test(text));
  const telling = texts.find((text) => text !== '' && !/^Back-off pulling image "[^"]*"$/.test(text)) ?? texts[0];
  const what = missing ? 'does not exist' : "can't be pulled";
  const next = missing ? `push the image, or mend its tag; then \`up\` again` : `${kubectl} describe pod ${pod.metadata.name}`;
  return finder(pod)('image', missing ? 0 : limits.imagePull, `pod ${pod.metadata.name}, container ${container.name}: image ${container.image} ${what}${telling ? `: ${oneLine(telling)}` : ''}`, next);
}

function crashLoop({ name, restartCount, lastState }: ContainerStatus, pod: ApiObject, { view, limits, kubectl }: Surroundings): Finding | undefined {
  if (restartCount < limits.restarts) return undefined;
  const probe = view.events(pod, 'Unhealthy').filter(({ message = '' }) => /^(Liveness|Startup) probe/.test(message)).at(-1);
  const ended = lastState?.terminated;
  const how = ended ? `; last exit code ${ended.exitCode}${ended.reason ? ` (${ended.reason})` : ''}${ended.message ? `: ${oneLine(ended.message)}` : ''}` : '';
  const why = probe ? `; ${oneLine(probe.message)}` : '';
  return finder(pod)('crash', 0, `pod ${pod.metadata.name}, container ${name}: crash loop, ${restartCount} restarts${how}${why}`, `${kubectl} logs ${pod.metadata.name} --container ${name} --previous`);
}
