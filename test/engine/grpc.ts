/** What the stand-ins for provider plugins share: how they talk to the engine. */
import * as grpc from '@grpc/grpc-js';
import { Struct, type JavaScriptValue } from 'google-protobuf/google/protobuf/struct_pb';
import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb';
import { reveal, type Props } from './kubernetes/values';
import type * as proto from '@pulumi/pulumi/proto/provider_pb';

/** Messages may be as long as they need. */
export const OPTIONS = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** The properties of a message. */
export const propsOf = (struct: Struct | undefined): Props => (struct?.toJavaScript() ?? {}) as Props;

/** Properties for a message. */
export const structOf = (props: Props): Struct => Struct.fromJavaScript(JSON.parse(JSON.stringify(props)) as Record<string, JavaScriptValue>);

type Call<Request> = grpc.ServerUnaryCall<Request, unknown>;

const plainError = (error: Error): grpc.ServiceError => Object.assign(new Error(error.message), { code: grpc.status.UNKNOWN, details: error.message, metadata: new grpc.Metadata() });

/** Answers a request with what the work resolves with, or with its error. */
export function answering<Request, Response>(work: (request: Request) => Response | Promise<Response>, explain: (error: Error) => grpc.ServiceError = plainError): grpc.handleUnaryCall<Request, Response> {
  return (call: Call<Request>, callback: grpc.sendUnaryData<Response>) => {
    Promise.resolve(call.request).then(work).then((response) => callback(null, response), (error: Error) => callback(explain(error)));
  };
}

/** The provider's inputs as text, without the prefix of the engine. */
export function configOf(request: proto.ConfigureRequest): Record<string, string> {
  const variables = [...request.getVariablesMap().entries()].map(([key, value]) => [key.split(':').at(-1)!, value] as const);
  const inputs = Object.entries(reveal(propsOf(request.getArgs()))).filter(([, value]) => value !== null && value !== '').map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const);
  return Object.fromEntries([...variables, ...inputs]);
}

/** Serves a plugin until the engine ends; one that was killed says no goodbye. */
export function serve(methods: grpc.UntypedServiceImplementation): void {
  const server = new grpc.Server(OPTIONS);
  server.addService(ResourceProviderService, methods);
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`); // by this the engine finds it
  });
  const engine = process.ppid;
  setInterval(() => process.ppid === engine || process.exit(1), 1000).unref();
}
