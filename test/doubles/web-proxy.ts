import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An HTTP proxy on this machine: passes requests and tunnels on to wherever `names` says a host is. */
export interface Proxy {
  readonly url: string;
  /** What was asked of it: `GET http://…` or `CONNECT host:port`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts it; `names` gives the address of each host that it knows, others are taken as they are. */
export async function startProxy(names: Readonly<Record<string, string>> = {}): Promise<Proxy> {
  const asked: string[] = [];
  const tunnels = new Set<Socket>();
  const place = (host: string) => names[host] ?? host;

  const server = createServer((asking: IncomingMessage, response: ServerResponse) => {
    asked.push(`${asking.method} ${asking.url}`);
    const { hostname, port, pathname, search } = new URL(asking.url ?? '');
    const { headers } = asking;
    const onward = forward({ host: place(hostname), port, path: pathname + search, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    onward.end();
  });
  server.on('connect', (asking: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${asking.url}`);
    tunnels.add(socket);
    const [host = '', port] = asking.url?.split(':') ?? [];
    const onward = connect(Number(port), place(host), () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      for (const socket of tunnels) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
