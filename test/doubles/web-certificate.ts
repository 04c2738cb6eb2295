import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A key and a certificate that nobody but us trusts, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const OID = {
  ecdsaWithSha256: '06082a8648ce3d040302',
  commonName: '0603550403',
  subjectAltName: '0603551d11',
  basicConstraints: '0603551d13',
};

/**
 * Makes a certificate that signs itself (X.509 v3, P-256), written out in DER, because Node can read certificates
 * but not make them, and a test must not need openssl.
 *
 * @param names - host names it is for
 * @param days - from yesterday on for how many days it is good; a negative number makes an expired one
 */
export function makeCertificate(names: readonly string[], days = 30): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const toBeSigned = body(names, days, publicKey);
  const signature = sign('sha256', toBeSigned, privateKey);
  const algorithm = sequence(hex(OID.ecdsaWithSha256));
  const whole = sequence(toBeSigned, algorithm, tagged(0x03, Buffer.from([0]), signature));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: pem(whole) };
}

function body(names: readonly string[], days: number, publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const serial = createHash('sha256').update(spki).digest().subarray(0, 8);
  serial[0] = 0x01;
  const name = sequence(tagged(0x31, sequence(hex(OID.commonName), tagged(0x0c, Buffer.from('Tumen test')))));
  const now = Date.now();
  const dayMs = 86_400_000;
  const start = now - dayMs * (days < 0 ? 60 : 1);
  return sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, serial),
    sequence(hex(OID.ecdsaWithSha256)),
    name,
    sequence(time(start), time(now + days * dayMs)),
    name,
    spki,
    tagged(0xa3, sequence(authority(), alternativeNames(names))),
  );
}

function authority(): Buffer {
  const isAuthority = sequence(tagged(0x01, Buffer.from([0xff])));
  return sequence(hex(OID.basicConstraints), tagged(0x01, Buffer.from([0xff])), tagged(0x04, isAuthority));
}

function alternativeNames(names: readonly string[]): Buffer {
  const hosts = names.map((name) => {
    return /^[\d.]+$/.test(name)
      ? tagged(0x87, Buffer.from(name.split('.').map(Number)))
      : tagged(0x82, Buffer.from(name));
  });
  return sequence(hex(OID.subjectAltName), tagged(0x04, sequence(...hosts)));
}

function time(moment: number): Buffer {
  return tagged(0x18, Buffer.from(new Date(moment).toISOString().replace(/[-:T]|\.\d+/g, '')));
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...parts);
}

function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
