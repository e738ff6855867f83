import { only, problemsOf, render } from '../support';
import { web } from '../builders';

const grpc = (route: object) => web({ ports: { grpc: 9000 }, route: { hosts: ['a.example.com'], tls: false, ...route } });

describe('an Ingress to a port that speaks gRPC', () => {
  it('says so in the words of ingress-nginx', () => {
    expect(only(render(grpc({ ingressClass: 'nginx' })), 'Ingress').metadata).toMatchObject({ annotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' } });
  });

  it('says so in the words of another controller where they are given', () => {
    const annotations = { 'alb.ingress.kubernetes.io/backend-protocol-version': 'GRPC' };
    expect(only(render(grpc({ ingressClass: 'alb', annotations })), 'Ingress').metadata).toMatchObject({ annotations });
  });

  it('is refused where nobody says how', () => {
    expect(problemsOf(grpc({ ingressClass: 'alb' }))).toEqual(["[chart/web] route.port: got \"grpc\"; an Ingress has no word for gRPC; use 'gateway', set ingressClass 'nginx', or give your controller's annotation for it in 'route.annotations'"]);
  });
});
