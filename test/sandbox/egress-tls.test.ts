import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

import { afterEach, describe, expect, it } from 'vitest';

import { httpServer, listenUntilTestEnds, namesOf, openCaller, tcpServer, words } from './egress-servers.ts';

// ASN.1 DER, as much of it as one certificate needs (X.690, RFC 5280 §4.1).
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const time = (text: string): Buffer => der(0x18, Buffer.from(text));

/** A certificate for one host name, signed by its own key, good until 2099. */
function selfSigned(host: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('test')))));
  const altName = sequence(oid('551d11'), der(0x04, sequence(der(0x82, Buffer.from(host)))));
  const toSign = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(time('20200101000000Z'), time('20990101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(altName)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toSign, privateKey));
  const body = sequence(toSign, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  };
}

const trusted = getCACertificates('default');
afterEach(() => {
  setDefaultCACertificates(trusted);
});

describe('a call over TLS', () => {
  interface TlsServer {
    readonly port: number;
    readonly cert: string;
    readonly names: unknown[];
    readonly requests: unknown[];
    /** Resolves when the first connection has ended. */
    readonly ended: Promise<undefined>;
  }
  const start = async (redirect?: string): Promise<TlsServer> => {
    const { key, cert } = selfSigned('secure.example');
    const names: unknown[] = [];
    const requests: unknown[] = [];
    const { promise: ended, resolve: onEnded } = Promise.withResolvers<undefined>();
    const server = createServer({ key, cert }, (request, response) => {
      requests.push(request.url);
      response.writeHead(
        redirect === undefined ? 200 : 302,
        redirect === undefined ? {} : { location: redirect },
      );
      response.end('over TLS');
    });
    server.on('secureConnection', (socket) => names.push(socket.servername));
    server.on('connection', (socket) => socket.on('close', () => onEnded(undefined)));
    return { port: await listenUntilTestEnds(server), cert, names, requests, ended };
  };
  const resolve = namesOf({ 'secure.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] });

  it('goes to the checked address under the name of the host, and the certificate must be for that name', async () => {
    const { port, cert, names } = await start();
    setDefaultCACertificates([...trusted, cert]);
    const hosts = ['secure.example', 'other.example'].map((name) => `${name}:${port}`);
    const { get } = openCaller({ allowedHosts: hosts }, { resolve });
    expect(await get(`https://secure.example:${port}/`)).toMatchObject({ ok: true, body: 'over TLS' });
    // The open connection to the very same address is of no use to another name.
    expect(await get(`https://other.example:${port}/`)).toMatchObject({
      ok: false,
      code: 'HTTP_ERROR',
      message: words('certificate of other.example'),
    });
    expect(names).toEqual(['secure.example']);
  });

  it('to a server whose certificate nobody vouches for does not send a byte', async () => {
    const { port, requests } = await start();
    const { call, session } = openCaller({ allowedHosts: [`secure.example:${port}`] }, { resolve });
    const reply = await call('POST', `https://secure.example:${port}/`, { body: 'secret' });
    expect(reply).toMatchObject({ ok: false, code: 'HTTP_ERROR', message: words('signed by itself') });
    expect(session.changingCalls()).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('is not led down to plain http by a redirect', async () => {
    const plain = await httpServer();
    const { port, cert } = await start(`${plain.origin}/`);
    setDefaultCACertificates([...trusted, cert]);
    const { get } = openCaller({ allowedHosts: [`secure.example:${port}`, plain.host] }, { resolve });
    expect(await get(`https://secure.example:${port}/`)).toMatchObject({
      code: 'EGRESS_DENIED',
      message: words('without encryption'),
    });
    expect(plain.seen).toEqual([]);
  });

  it('whose time ran out while it was connecting does not leave when the connection is there at last', async () => {
    const secure = await start();
    setDefaultCACertificates([...trusted, secure.cert]);
    const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
    const slow = await tcpServer((socket) => {
      void released.then(() => socket.pipe(connect(secure.port, '127.0.0.1')).pipe(socket));
    });
    const name = slow.host.replace('127.0.0.1', 'secure.example');
    const { call, session } = openCaller({ allowedHosts: [name], limits: { callMs: 100 } }, { resolve });
    expect(await call('POST', `https://${name}/`)).toMatchObject({ message: words('timed out') });
    release(undefined);
    await secure.ended;
    expect(secure.requests).toEqual([]);
    expect(session.changingCalls()).toEqual([]);
  });

  it('is not made by a URL that says http:', async () => {
    const { port } = await start();
    const { get } = openCaller({ allowedHosts: [`secure.example:${port}`] }, { resolve });
    expect(await get(`http://secure.example:${port}/`)).toMatchObject({ ok: false, code: 'HTTP_ERROR' });
  });
});
