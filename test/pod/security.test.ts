import { only, problemsOf, render, templateOf, type AnyProps } from '../support';
import { cron, IMAGE, release, stateful, web, worker } from '../builders';

const containers = { sidecars: { side: { image: IMAGE } }, initContainers: { init: { image: IMAGE } } };
const RESTRICTED = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
const POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const pod = (security?: AnyProps) => templateOf(only(render(web({ ...containers, ...(security ? { security } : {}) })), 'Deployment'));
const allOf = ({ spec }: ReturnType<typeof pod>) => [...spec.containers, ...spec.initContainers!];
const refused = (security: unknown) => problemsOf(web({ security })).filter((problem) => problem.startsWith('[chart/web] '));

describe('security', () => {
  it.each([['Deployment', web], ['Deployment', worker], ['StatefulSet', stateful], ['CronJob', cron], ['Job', release]] as const)('is restricted by construction, in every container of a %s, and leaves the user to the image', (kind, build) => {
    const { spec } = templateOf(only(render(build(containers)), kind));
    expect(spec.securityContext).toEqual(POD);
    expect([...spec.containers, ...spec.initContainers!].map(({ securityContext }) => securityContext)).toEqual([RESTRICTED, RESTRICTED, RESTRICTED]);
    expect(spec).toMatchObject({ automountServiceAccountToken: false });
  });

  it.each<[AnyProps, AnyProps, AnyProps]>([
    [{ runAsUser: 1000 }, { ...POD, runAsUser: 1000 }, RESTRICTED],
    [{ runAsGroup: 0 }, { ...POD, runAsGroup: 0 }, RESTRICTED],
    [{ fsGroup: 2000 }, { ...POD, fsGroup: 2000, fsGroupChangePolicy: 'OnRootMismatch' }, RESTRICTED],
    [{ supplementalGroups: [1, 2] }, { ...POD, supplementalGroups: [1, 2] }, RESTRICTED],
    [{ supplementalGroups: [] }, POD, RESTRICTED],
    [{ readOnlyRootFilesystem: false }, POD, { ...RESTRICTED, readOnlyRootFilesystem: false }],
    [{ bindLowPorts: true }, POD, { ...RESTRICTED, capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } }],
    [{ bindLowPorts: false }, POD, RESTRICTED],
  ])('takes %j, for every container', (security, expectedPod, container) => {
    const template = pod(security);
    expect(template.spec.securityContext).toEqual(expectedPod);
    for (const { securityContext } of allOf(template)) expect(securityContext).toEqual(container);
  });

  it.each<[AnyProps, AnyProps, AnyProps]>([
    [{ root: true }, { ...POD, runAsNonRoot: false }, RESTRICTED],
    [{ capabilities: ['NET_ADMIN', 'NET_ADMIN'] }, POD, { ...RESTRICTED, capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] } }],
    [{ privileged: true }, { ...POD, runAsNonRoot: false }, { privileged: true, allowPrivilegeEscalation: true, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }],
  ])('has exceptions, with a reason that stands in the manifest: %j', (exception, expectedPod, container) => {
    const template = pod({ exception: { reason: 'It needs it.', ...exception } });
    expect(template.metadata.annotations).toEqual({ 'fairlead.dev/security-exception': 'It needs it.' });
    expect(template.spec.securityContext).toEqual(expectedPod);
    for (const { securityContext } of allOf(template)) expect(securityContext).toEqual(container);
  });

  it('adds each capability once', () => {
    expect(allOf(pod({ bindLowPorts: true, exception: { reason: 'x', capabilities: ['NET_BIND_SERVICE', 'SYS_TIME'] } }))[0]!.securityContext).toMatchObject({ capabilities: { add: ['NET_BIND_SERVICE', 'SYS_TIME'] } });
  });

  it('may run as root with an exception', () => expect(pod({ runAsUser: 0, exception: { reason: 'x', root: true } }).spec.securityContext).toMatchObject({ runAsNonRoot: false, runAsUser: 0 }));
  it('may be a default', () => expect(templateOf(only(render(web(), { defaults: { security: { runAsUser: 7 } } }), 'Deployment')).spec.securityContext).toMatchObject({ runAsUser: 7 }));

  const ID = 'a whole number from 0 to 2147483647 is allowed';
  it.each<[unknown, string]>([
    ['restricted', 'security: got "restricted"; an object is allowed'],
    [{ runAsuser: 1 }, 'security.runAsuser: got 1; no such prop here; did you mean "runAsUser"?'],
    [{ runAsUser: -1 }, `security.runAsUser: got -1; ${ID}`],
    [{ runAsGroup: '1000' }, `security.runAsGroup: got "1000"; ${ID}`],
    [{ fsGroup: 1.5 }, `security.fsGroup: got 1.5; ${ID}`],
    [{ fsGroup: 2_147_483_648 }, `security.fsGroup: got 2147483648; ${ID}`],
    [{ supplementalGroups: [1, -1] }, `security.supplementalGroups[1]: got -1; ${ID}`],
    [{ supplementalGroups: 5 }, 'security.supplementalGroups: got 5; a list is allowed'],
    [{ readOnlyRootFilesystem: 'no' }, 'security.readOnlyRootFilesystem: got "no"; true and false are allowed'],
    [{ bindLowPorts: 1 }, 'security.bindLowPorts: got 1; true and false are allowed'],
    [{ runAsUser: 0 }, "security.runAsUser: got 0; root is refused by the restricted Pod Security level; name another user, or give 'security.exception' with 'root: true' and a reason"],
    [{ exception: true }, 'security.exception: got true; an object is allowed'],
    [{ exception: { root: true } }, 'security.exception.reason: got nothing; a sentence that says why is required'],
    [{ exception: { root: true, reason: ' ' } }, 'security.exception.reason: got " "; a sentence that says why is required'],
    [{ exception: { reason: 'x' } }, "security.exception: got {\"reason\":\"x\"}; 'root', 'capabilities' or 'privileged' must be asked for; an exception of nothing would change nothing"],
    [{ exception: { reason: 'x', root: 'yes' } }, 'security.exception.root: got "yes"; true and false are allowed'],
    [{ exception: { reason: 'x', rot: true, root: true } }, 'security.exception.rot: got true; no such prop here; did you mean "root"?'],
    [{ exception: { reason: 'x', capabilities: ['CAP_NET_ADMIN'] } }, 'security.exception.capabilities: got "CAP_NET_ADMIN"; a name such as NET_ADMIN is allowed, without CAP_'],
    [{ exception: { reason: 'x', capabilities: 'NET_ADMIN', root: true } }, 'security.exception.capabilities: got "NET_ADMIN"; a list of text is allowed'],
  ])('%j is refused', (security, message) => expect(refused(security)).toContain(`[chart/web] ${message}`));
});
