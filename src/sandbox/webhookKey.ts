// The key that notifications of webhook subscriptions are signed with. Mastercard's verification key is downloaded from the project page;
// here it is `GET /__sandbox/webhookKey`. The pair follows from the world's seed, so it outlives restarts and nothing secret is stored:
// whoever knows the seed can sign too, which is fine for a sandbox and for nothing else.
import { createECDH, createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const WIDTH = 32;

function signingKey(seed: string): KeyObject {
  const curve = createECDH('prime256v1');
  const secret = createHash('sha256').update(`webhook signing key of ${seed}`).digest();
  curve.setPrivateKey(secret);
  // Uncompressed: one byte that says so, then both coordinates.
  const point = curve.getPublicKey();
  const part = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', d: part(secret), x: part(point.subarray(1, 1 + WIDTH)), y: part(point.subarray(1 + WIDTH)) };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

/** The public half, PEM. */
export const webhookVerificationKey = (seed: string): string => createPublicKey(signingKey(seed)).export({ type: 'spki', format: 'pem' }).toString();

/** What a listener checks: SHA256withECDSA (DER, in hex) over the raw body, a dot and the timestamp. */
export const signWebhook = (seed: string, body: string, timestamp: string): string => sign('sha256', Buffer.from(`${body}.${timestamp}`), signingKey(seed)).toString('hex');
