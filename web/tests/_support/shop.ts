import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something to watch: it answers, or says that it cannot, as the test has it. */
export interface Shop extends AsyncDisposable {
  readonly url: string;
  readonly setBroken: (isBroken: boolean) => void;
}

export async function openShop(): Promise<Shop> {
  let isBroken = false;
  const server: Server = createServer((request, response) => {
    if (request.url === '/metrics') {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(
        `# TYPE shop_orders_total counter\nshop_orders_total{kind="book"} ${Math.floor(Date.now() / 1000)}\nshop_discount NaN\n`,
      );
    } else {
      response.statusCode = isBroken ? 503 : 200;
      response.end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setBroken: (broken) => {
      isBroken = broken;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
