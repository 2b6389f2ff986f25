// A ministry's OpenID Connect provider, by the package that many of them are made with. On `localhost`, while the campus is on
// 127.0.0.1: to a browser they are different sites.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** What the ministry signs with. */
export type Signs = 'RS256' | 'ES256' | 'EdDSA';

const KEYS: Record<Signs, () => { privateKey: KeyObject; publicKey: KeyObject }> = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

export class Ministry {
  private constructor(
    readonly id: string,
    private readonly server: Server,
    private readonly signs: Signs,
    private readonly credential: Signs | 'secret',
  ) {}

  /** Opens a port; the campus shows itself by a secret, or by a key of the kind given. */
  static async open(id: string, signs: Signs, credential: Signs | 'secret'): Promise<Ministry> {
    const server = createServer().listen(0, 'localhost');
    await once(server, 'listening');
    return new Ministry(id, server, signs, credential);
  }

  get issuer(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  get name(): string {
    return `Ministerio de ${this.id}`;
  }

  /** Begins to serve the campus at `origin`; answers with what the campus is configured with, and the file of its key. */
  serve(origin: string): { toml: string; key?: { name: string; pem: string } } {
    const client: Record<string, unknown> = {
      client_id: 'campus',
      redirect_uris: [`${origin}/sign-in/${this.id}/callback`],
      post_logout_redirect_uris: [`${origin}/sign-in`],
      backchannel_logout_uri: `${origin}/sign-in/${this.id}/back-channel-logout`,
      backchannel_logout_session_required: true,
      id_token_signed_response_alg: this.signs,
      require_auth_time: true,
    };
    const about = [`[[providers]]`, `id = "${this.id}"`, `name = "${this.name}"`, `issuer = "${this.issuer}"`, `client_id = "campus"`, `creates_people = true`];
    let key: { name: string; pem: string } | undefined;
    if (this.credential === 'secret') {
      const secret = '100 % of it is a secret/with+signs &&';
      Object.assign(client, { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' });
      about.push(`client_secret = "${secret}"`);
    } else {
      const { privateKey, publicKey } = KEYS[this.credential]();
      const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'campus-1', use: 'sig' };
      Object.assign(client, { jwks: { keys: [jwk] }, token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: this.credential });
      key = { name: `${this.id}.pem`, pem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string };
      about.push(`private_key_file = "${key.name}"`, `key_id = "campus-1"`);
    }
    const own = KEYS[this.signs]().privateKey.export({ format: 'jwk' });
    const provider = new Provider(this.issuer, {
      clients: [client],
      jwks: { keys: [{ ...own, kid: 'ministry-1', use: 'sig', alg: this.signs }] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      scopes: ['openid', 'email', 'profile'],
      findAccount: (_: unknown, sub: string) => ({
        accountId: sub,
        claims: () => ({ sub, email: `${sub}@salud.example`, email_verified: true, name: `Ana ${sub}` }),
      }),
      cookies: { keys: ['only for this test'] },
      pkce: { required: () => true },
      // It takes no address of this machine for a client's, and the campus of a test has no other.
      fetch: (address: URL, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) => fetch(address, options),
      features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    });
    this.server.on('request', provider.callback());
    return { toml: about.join('\n'), key };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
