import { afterEach, describe, expect, it } from 'vitest';
import { HttpHost, ListenError } from './http-host.js';

describe('HttpHost', () => {
  const open: HttpHost[] = [];
  const host = (text: string) => {
    const made = new HttpHost((_request, response) => response.writeHead(503).end(text));
    open.push(made);
    return made;
  };

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close(100)));
  });

  it('answers before the application is there, and hands the same socket over once it is ready', async () => {
    const http = host('waiting');
    const address = await http.listen(0, '127.0.0.1');
    expect((await fetch(address)).status).toBe(503);
    http.serverFactory((_request, response) => response.writeHead(200).end('application'));
    expect((await fetch(address)).status).toBe(503);
    http.handOver();
    expect(await (await fetch(address)).text()).toBe('application');
  });

  it('says in one line that a port is taken', async () => {
    const address = await host('first').listen(0, '127.0.0.1');
    const port = Number(new URL(address).port);
    const second = host('second').listen(port, '127.0.0.1');
    await expect(second).rejects.toThrow(ListenError);
    await expect(second).rejects.toThrow(`port ${port} on 127.0.0.1 is taken by another process; set HTTP_PORT to another one`);
  });

  it('ends requests in flight at the deadline', async () => {
    const http = new HttpHost(() => undefined);
    const address = await http.listen(0, '127.0.0.1');
    const hanging = fetch(address).then(
      () => 'answered',
      () => 'cut',
    );
    await new Promise((done) => setTimeout(done, 50));
    await http.close(50);
    expect(await hanging).toBe('cut');
  });
});
