/** What kubeseal prints, with random bytes in place of the cipher: the length of the encrypted key, that key, the value. */
export function sealed(keyLength = 512, rest = 40): string {
  const bytes = Buffer.alloc(2 + keyLength + rest, 7);
  bytes.writeUInt16BE(keyLength);
  return bytes.toString('base64');
}
