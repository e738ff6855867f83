/**
 * Stands in for Pulumi's Kubernetes plugin where that can't be installed: a provider plugin that keeps objects on the API
 * server that the provider's inputs name. A test double: an installed plugin always wins.
 */
import * as grpc from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { EngineClient } from '@pulumi/pulumi/proto/engine_grpc_pb';
import { LogRequest, LogSeverity } from '@pulumi/pulumi/proto/engine_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import * as proto from '@pulumi/pulumi/proto/provider_pb';
import { Status } from '@pulumi/pulumi/proto/status_pb';
import { answering as answeringWith, configOf, OPTIONS, propsOf, serve, structOf } from '../grpc';
import { showPath } from './diff';
import { InitializationFailed, KubernetesProvider, type Host } from './provider';
import { reveal, withValue, type Props } from './values';

const VERSION = '4.34.0';

/** Talks to the engine that started the plugin. */
class EngineHost implements Host {
  private readonly shown = new Map<string, string>();
  private readonly engine: EngineClient | undefined;

  constructor(address: string | undefined) {
    this.engine = address === undefined ? undefined : new EngineClient(address, grpc.credentials.createInsecure(), OPTIONS);
  }

  status(urn: string, text: string): void {
    if ((this.shown.get(urn) ?? '') === text) return;
    this.shown.set(urn, text);
    this.log(LogSeverity.INFO, urn, text, true);
  }

  warn(urn: string, text: string): void {
    this.log(LogSeverity.WARNING, urn, text, false);
  }

  private log(severity: LogSeverity, urn: string, message: string, ephemeral: boolean): void {
    const request = new LogRequest().setSeverity(severity).setUrn(urn).setMessage(message).setEphemeral(ephemeral);
    this.engine?.log(request, () => undefined); // an engine that is gone reads nothing
  }
}

/** Errors travel in headers, which have a limit; the API server says again who manages what. */
const withoutManagers = (state: Props): Props => withValue(state, ['metadata', 'managedFields'], undefined);

/** An object that exists and is not ready travels with the error, so that the engine keeps it. */
function explain(error: Error): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  if (error instanceof InitializationFailed) {
    const detail = new proto.ErrorResourceInitFailed().setId(error.id).setProperties(structOf(withoutManagers(error.state))).setReasonsList([...error.reasons]);
    if (error.inputs) detail.setInputs(structOf(error.inputs));
    const any = new Any();
    any.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed');
    const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(error.message).setDetailsList([any]);
    metadata.add('grpc-status-details-bin', Buffer.from(status.serializeBinary()));
  }
  return Object.assign(new Error(error.message), { code: grpc.status.UNKNOWN, details: error.message, metadata });
}

/** Another cluster replaces everything; other settings of the same one replace nothing. */
function diffConfig(request: proto.DiffRequest): proto.DiffResponse {
  const [olds, news] = [request.getOlds(), request.getNews()].map((struct) => reveal(propsOf(struct)));
  const changed = [...new Set([...Object.keys(olds!), ...Object.keys(news!)])].filter((key) => JSON.stringify(olds![key]) !== JSON.stringify(news![key]));
  const identified = olds!.clusterIdentifier !== undefined && news!.clusterIdentifier !== undefined;
  const replaces = changed.filter((key) => (identified ? ['clusterIdentifier'] : ['kubeconfig', 'context', 'cluster']).includes(key));
  const response = new proto.DiffResponse().setChanges(changed.length === 0 ? proto.DiffResponse.DiffChanges.DIFF_NONE : proto.DiffResponse.DiffChanges.DIFF_SOME);
  return response.setDiffsList(changed).setReplacesList(replaces);
}

async function diff(provider: KubernetesProvider, request: proto.DiffRequest): Promise<proto.DiffResponse> {
  const { DiffChanges } = proto.DiffResponse;
  const { changes, replaces, deleteBeforeReplace } = await provider.diff(propsOf(request.getOlds()), propsOf(request.getNews()), request.getIgnorechangesList());
  const response = new proto.DiffResponse().setHasdetaileddiff(true).setReplacesList([...replaces]).setDeletebeforereplace(deleteBeforeReplace);
  for (const { path, kind, replaces: isReplacing } of changes) {
    const name = `${kind.toUpperCase()}${isReplacing ? '_REPLACE' : ''}` as keyof typeof proto.PropertyDiff.Kind;
    response.getDetaileddiffMap().set(showPath(path), new proto.PropertyDiff().setKind(proto.PropertyDiff.Kind[name]).setInputdiff(kind === 'delete'));
  }
  return response.setChanges(changes.length + replaces.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
}

async function read(provider: KubernetesProvider, request: proto.ReadRequest): Promise<proto.ReadResponse> {
  const token = request.getType() || request.getUrn().split('::')[2]!.split('$').at(-1)!;
  const found = await provider.read(request.getId(), token, propsOf(request.getProperties()), propsOf(request.getInputs()));
  if (!found) return new proto.ReadResponse(); // no id: it is gone
  return new proto.ReadResponse().setId(request.getId()).setProperties(structOf(found.state)).setInputs(structOf(found.inputs));
}

const answering = <Request, Response>(work: (request: Request) => Response | Promise<Response>) => answeringWith(work, explain);

/** The methods that the stand-in has; gRPC refuses the others as unimplemented. */
function methodsOf(provider: KubernetesProvider): grpc.UntypedServiceImplementation {
  const operation = (request: proto.CreateRequest | proto.UpdateRequest) => ({ urn: request.getUrn(), preview: request.getPreview(), timeout: request.getTimeout() });
  return {
    attach: answering(() => new Empty()),
    getPluginInfo: answering(() => new PluginInfo().setVersion(VERSION)),
    getSchema: answering(() => new proto.GetSchemaResponse().setSchema(JSON.stringify({ name: 'kubernetes', version: VERSION }))),
    checkConfig: answering((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
    diffConfig: answering(diffConfig),
    configure: answering(async (request: proto.ConfigureRequest) => {
      await provider.configure(configOf(request));
      return new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    check: answering((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(structOf(provider.check(request.getUrn(), propsOf(request.getNews()))))),
    diff: answering((request: proto.DiffRequest) => diff(provider, request)),
    create: answering(async (request: proto.CreateRequest) => {
      const { id, state } = await provider.create(propsOf(request.getProperties()), operation(request));
      return new proto.CreateResponse().setId(id).setProperties(structOf(state));
    }),
    update: answering(async (request: proto.UpdateRequest) => {
      const state = await provider.update(propsOf(request.getOlds()), propsOf(request.getNews()), request.getIgnorechangesList(), operation(request));
      return new proto.UpdateResponse().setProperties(structOf(state));
    }),
    read: answering((request: proto.ReadRequest) => read(provider, request)),
    delete: answering(async (request: proto.DeleteRequest) => {
      await provider.delete(propsOf(request.getProperties()), { urn: request.getUrn(), preview: false, timeout: request.getTimeout() });
      return new Empty();
    }),
    cancel: answering(() => {
      provider.cancel();
      return new Empty();
    }),
  };
}

serve(methodsOf(new KubernetesProvider(new EngineHost(process.argv[2]))));
