import { only, problemsOf, render, templateOf } from '../support';
import { stateful, web, worker } from '../builders';

const servicePorts = (ports: object) => (only(render(web({ ports })), 'Service').spec as { ports: unknown }).ports;
const containerPorts = (ports: object) => templateOf(only(render(web({ ports })), 'Deployment')).spec.containers[0]!.ports;

describe('ports', () => {
  it('become ports of the container and of the Service, under the same name', () => {
    expect(containerPorts({ http: 8080 })).toEqual([{ name: 'http', containerPort: 8080 }]);
    expect(servicePorts({ http: 8080 })).toEqual([{ name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP' }]);
  });

  it('keep the order in which they are written', () => {
    expect(containerPorts({ http: 8080, admin: 9000 })).toEqual([{ name: 'http', containerPort: 8080 }, { name: 'admin', containerPort: 9000 }]);
  });

  it('may have another number at the Service', () => {
    expect(servicePorts({ http: { port: 8080, servicePort: 80 } })).toEqual([{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }]);
  });

  it('are carried by UDP where their name or protocol says so', () => {
    expect(servicePorts({ http: 8080, 'udp-dns': 53, quic: { port: 443, protocol: 'udp' } })).toEqual([
      { name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP' },
      { name: 'udp-dns', port: 53, targetPort: 53, protocol: 'UDP' },
      { name: 'quic', port: 443, targetPort: 443, protocol: 'UDP' },
    ]);
    expect(containerPorts({ 'udp-dns': 53 })).toEqual([{ name: 'udp-dns', containerPort: 53, protocol: 'UDP' }]);
  });

  it('may share a number between TCP and UDP', () => {
    expect(problemsOf(web({ ports: { 'tcp-dns': 53, 'udp-dns': 53 } }))).toEqual([]);
  });

  it.each([
    ['http', 'httpGet'], ['http-api', 'httpGet'], ['web', 'httpGet'], ['grpc', 'grpc'], ['grpc-api', 'grpc'], ['tcp-smtp', 'tcpSocket'],
  ])('of a WebApp: %s is asked by %s', (name, handler) => {
    const { readinessProbe } = templateOf(only(render(web({ ports: { [name]: 8080 } })), 'Deployment')).spec.containers[0]!;
    expect(Object.keys(readinessProbe as object)[0]).toBe(handler);
  });

  it('of a StatefulService speak TCP unless the name says otherwise', () => {
    const probeOf = (ports: object) => Object.keys(templateOf(only(render(stateful({ ports })), 'StatefulSet')).spec.containers[0]!.readinessProbe as object)[0];
    expect(probeOf({ postgres: 5432 })).toBe('tcpSocket');
    expect(probeOf({ http: 9200 })).toBe('httpGet');
  });

  it('of a Worker make no Service', () => {
    expect(Object.keys(render(worker({ ports: { metrics: 9090 } }))).filter((key) => key.startsWith('Service/'))).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['none', {}, ['ports: got {}; at least one port is required, such as { http: 8080 }; a workload without one is a Worker']],
    ['a bare number', 8080, ['ports: got 8080; an object is allowed', 'ports: got 8080; at least one port is required, such as { http: 8080 }; a workload without one is a Worker']],
    ['a list', [8080], ['ports: got [8080]; an object is allowed', 'ports: got [8080]; at least one port is required, such as { http: 8080 }; a workload without one is a Worker']],
    ['number 0', { http: 0 }, ['ports.http: got 0; a whole number from 1 to 65535 is allowed']],
    ['a number too large', { http: 65536 }, ['ports.http: got 65536; a whole number from 1 to 65535 is allowed']],
    ['a fraction', { http: 80.5 }, ['ports.http: got 80.5; a whole number from 1 to 65535 is allowed']],
    ['text', { http: '8080' }, ['ports.http: got "8080"; a whole number from 1 to 65535 is allowed']],
    ['null', { http: null }, ['ports.http: got null; a whole number from 1 to 65535 is allowed']],
    ['no port', { http: { servicePort: 80 } }, ['ports.http.port: got nothing; a whole number from 1 to 65535 is allowed']],
    ['a bad Service port', { http: { port: 8080, servicePort: 0 } }, ['ports.http.servicePort: got 0; a whole number from 1 to 65535 is allowed']],
    ['an unknown protocol', { http: { port: 8080, protocol: 'https' } }, ['ports.http.protocol: got "https"; http, grpc, tcp and udp are allowed']],
    ['an unknown key', { http: { port: 8080, servicePorts: 80 } }, ['ports.http.servicePorts: got 80; no such prop here; did you mean "servicePort"?']],
    ['a name too long', { 'a-very-long-port': 80 }, ['ports.a-very-long-port: got "a-very-long-port"; at most 15 lower-case letters, digits and single "-" are allowed, with at least one letter in a port\'s name']],
    ['a name in capitals', { HTTP: 80 }, ['ports.HTTP: got "HTTP"; at most 15 lower-case letters, digits and single "-" are allowed, with at least one letter in a port\'s name']],
    ['a number twice', { http: 8080, admin: 8080 }, ["ports.admin: got 8080; 'http' has that port already; give each a number of its own"]],
    ['a Service port twice', { http: { port: 8080, servicePort: 80 }, admin: { port: 9000, servicePort: 80 } }, ["ports.admin: got 80; 'http' has that port of the Service already; give each a number of its own"]],
  ])('are refused with %s', (_, ports, messages) => {
    expect(problemsOf(web({ ports }))).toEqual(expect.arrayContaining(messages.map((message) => `[chart/web] ${message}`)));
  });

  it('must be given to a StatefulService', () => {
    expect(problemsOf(stateful({ ports: {} }))).toContain('[chart/db] ports: got {}; at least one port is required, such as { postgres: 5432 }');
  });
});
