import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a small server was told. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A small HTTP server on this machine, in the place of a program that tests do not have. */
export class SmallServer {
  /** What was sent to it, in order. */
  readonly received: Received[] = [];

  private constructor(private readonly server: Server) {}

  /** Listens at a loopback address; @param answer - by path, undefined for 404. */
  static async listen(host: string, port: number, answer: (path: string) => string | undefined): Promise<SmallServer> {
    const http = createServer();
    const small = new SmallServer(http);
    http.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const { url = '/', headers } = request;
        small.received.push({ path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
        const text = answer(url);
        response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/plain; version=0.0.4' }).end(text);
      });
    });
    http.listen(port, host);
    await once(http, 'listening');
    return small;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends it, with the connections that are open. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
