/** stacks/index.ts as `pulumi up` runs it: in a process of its own, started the way Pulumi's language host for Node does. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { load } from 'js-yaml';
import { Project } from './project';
import { ROOT } from './rendered';

/* eslint-disable @typescript-eslint/no-require-imports -- Pulumi's generated code has no types for these */
const services = { ...require('@pulumi/pulumi/proto/resource_grpc_pb'), ...require('@pulumi/pulumi/proto/engine_grpc_pb') };
const messages = { ...require('@pulumi/pulumi/proto/resource_pb'), ...require('@pulumi/pulumi/proto/engine_pb') };
const { InvokeResponse } = require('@pulumi/pulumi/proto/provider_pb');
const { Struct } = require('google-protobuf/google/protobuf/struct_pb.js');
const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js');
/* eslint-enable @typescript-eslint/no-require-imports */

type Call<T> = { readonly request: T };
type Answer = (error: null, response: unknown) => void;

/** Answers a program like the engine in a preview, and keeps what it asked for. */
class RecordingEngine {
  public readonly registered: string[] = [];
  public readonly outputs: Record<string, unknown>[] = [];
  public readonly logged: string[] = [];
  private readonly server = new Server();

  public async start(): Promise<string> {
    this.server.addService(services.ResourceMonitorService, {
      supportsFeature: (_: unknown, answer: Answer) => answer(null, new messages.SupportsFeatureResponse()),
      registerResource: ({ request }: Call<{ getType(): string; getName(): string; getObject(): unknown }>, answer: Answer) => {
        this.registered.push(`${request.getType()}::${request.getName()}`);
        const response = new messages.RegisterResourceResponse();
        response.setUrn(`urn:pulumi:stack::fairlead::${request.getType()}::${request.getName()}`);
        response.setObject(request.getObject());
        answer(null, response);
      },
      registerResourceOutputs: ({ request }: Call<{ getUrn(): string; getOutputs(): { toJavaScript(): Record<string, unknown> } }>, answer: Answer) => {
        if (request.getUrn().includes('pulumi:pulumi:Stack')) this.outputs.push(request.getOutputs().toJavaScript());
        answer(null, new Empty());
      },
      // The program asks what the state has of its releases; in a new stack that is nothing.
      invoke: (_: unknown, answer: Answer) => {
        const response = new InvokeResponse();
        response.setReturn(Struct.fromJavaScript({ state: {} }));
        answer(null, response);
      },
      signalAndWaitForShutdown: (_: unknown, answer: Answer) => answer(null, new Empty()),
    } as never);
    this.server.addService(services.EngineService, {
      log: ({ request }: Call<{ getMessage(): string; getSeverity(): number }>, answer: Answer) => {
        if (request.getSeverity() !== messages.LogSeverity.DEBUG) this.logged.push(request.getMessage());
        answer(null, new Empty());
      },
      getRootResource: (_: unknown, answer: Answer) => answer(null, new messages.GetRootResourceResponse()),
      setRootResource: (_: unknown, answer: Answer) => answer(null, new messages.SetRootResourceResponse()),
    } as never);
    const port = await promisify((address: string, done: (error: Error | null, port: number) => void) => this.server.bindAsync(address, ServerCredentials.createInsecure(), done))('127.0.0.1:0');
    return `127.0.0.1:${port}`;
  }

  public stop(): void {
    this.server.forceShutdown();
  }
}

const { main, runtime } = load(readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8')) as { main: string; runtime: { options: { typescript: boolean; nodeargs: string } } };

/** Starts the program named by Pulumi.yaml, with the options that it gives Node. */
async function run(stack: string, directory: string) {
  const engine = new RecordingEngine();
  const address = await engine.start();
  const folder = join(directory, dirname(main));
  const flags = { pwd: folder, project: 'fairlead', stack, 'root-directory': directory, parallel: '8', monitor: address, engine: address };
  const host = [...runtime.options.nodeargs.split(' '), join(ROOT, 'node_modules/@pulumi/pulumi/cmd/run'), '--dry-run', ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]), basename(main)];
  const env = { ...process.env, PULUMI_NODEJS_TYPESCRIPT: String(runtime.options.typescript), PULUMI_CONFIG: '{}', NODE_OPTIONS: '' };
  const failed = await promisify(execFile)(process.execPath, host, { cwd: folder, env }).then(() => false, () => true);
  engine.stop();
  return { failed, engine };
}

describe('the program behind `pulumi up`', () => {
  const project = new Project();
  afterAll(() => project.remove());

  it('registers every object and exports what people look for', async () => {
    const text = readFileSync(join(ROOT, 'Pulumi.preview.yaml'), 'utf8').replace(/^config:\n/, 'config:\n  fairlead:cluster:\n    context: the-cluster\n');
    project.write('Pulumi.demo.yaml', text);
    const { failed, engine } = await run('demo', project.directory);
    expect({ failed, logged: engine.logged }).toEqual({ failed: false, logged: [] });
    expect(engine.registered).toEqual(expect.arrayContaining(['pulumi:providers:kubernetes::cluster-provider', 'kubernetes:core/v1:Namespace::Namespace/boutique-preview', 'kubernetes:apps/v1:Deployment::Deployment/boutique-preview/frontend']));
    expect(engine.outputs).toEqual([{ url: 'https://preview.boutique.example.com', grafana: 'https://grafana.preview.boutique.example.com', namespace: 'boutique-preview', version: 'v0.10.6', logs: expect.stringContaining('kubectl --context the-cluster --namespace boutique-preview logs') }]);
  }, 300_000);

  it('refuses an environment without a cluster with the key path, and registers nothing but its stack', async () => {
    const { failed, engine } = await run('staging', project.directory);
    expect(failed).toBe(true);
    // The message alone, without a stack.
    expect(engine.logged).toEqual([expect.stringMatching(/^Pulumi\.staging\.yaml: fairlead:cluster: got nothing; allowed: the cluster to deploy to.*$/)]);
    expect(engine.registered).toEqual(['pulumi:pulumi:Stack::fairlead-staging']);
  }, 300_000);
});
