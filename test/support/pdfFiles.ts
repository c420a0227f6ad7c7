// PDFs for the viewer's tests: long ones, large ones, and such as a person gets in bad weather. Written by hand, object by object.
import { createHash } from 'node:crypto';
import { createPdf } from '../../src/sandbox/pdf/writer.ts';

/** So many pages, each with its number in large letters, an outline entry for every 50th and words to look for on the pages in `needles`. */
export function longPdf(pages: number, needles: readonly number[] = []): Uint8Array {
  const pdf = createPdf({ title: 'A long document', author: 'Test', created: 1_750_000_000 });
  for (let number = 1; number <= pages; number++) {
    const page = pdf.addPage();
    page.text(72, 700, `Page number ${number}`, { size: 28, face: 'bold' });
    for (let line = 0; line < 30; line++) page.text(72, 660 - line * 18, `Line ${line} of page ${number}: a payment of ${((number * 37 + line * 101) % 90_000) / 100}`, { size: 11 });
    if (needles.includes(number)) page.text(72, 90, 'Needle in a haystack', { size: 14 });
    if (number % 50 === 1) pdf.bookmark(`Part that begins on page ${number}`, 740, 0);
  }
  return pdf.finish();
}

type Part = string | Buffer;

/** A file of these objects, numbered from 1; the first is the catalogue. */
function file(objects: readonly (readonly Part[])[], trailer = ''): Uint8Array {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  const add = (part: Part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    parts.push(bytes);
    at += bytes.length;
  };
  add('%PDF-1.7\n');
  objects.forEach((object, index) => {
    offsets.push(at);
    for (const part of [`${index + 1} 0 obj\n`, ...object, '\nendobj\n']) add(part);
  });
  const start = at;
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`);
  add(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

/** Pages in groups of 20, each with `weight` bytes that nothing packs: a scanned statement's shape. The first page needs little of it. */
export function heavyPdf(pages: number, weight: number): Uint8Array {
  const side = Math.ceil(Math.sqrt(weight / 3));
  const groups = Math.ceil(pages / 20);
  const objects: Part[][] = [['<< /Type /Catalog /Pages 2 0 R >>'], [], ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'], ...Array.from({ length: groups }, () => [] as Part[])];
  const kids: number[][] = Array.from({ length: groups }, () => []);
  let seed = 1;
  for (let number = 0; number < pages; number++) {
    const group = Math.floor(number / 20);
    const id = objects.length + 1;
    kids[group]!.push(id);
    const text = `BT /F1 28 Tf 72 700 Td (Page number ${number + 1}) Tj ET q 200 0 0 200 72 400 cm /I Do Q`;
    const image = Buffer.alloc(side * side * 3);
    for (let byte = 0; byte < image.length; byte++) image[byte] = (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16;
    objects.push(
      [`<< /Type /Page /Parent ${4 + group} 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> /XObject << /I ${id + 2} 0 R >> >> /Contents ${id + 1} 0 R >>`],
      [`<< /Length ${text.length} >>\nstream\n${text}\nendstream`],
      [`<< /Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Length ${image.length} >>\nstream\n`, image, '\nendstream'],
    );
  }
  objects[1] = [`<< /Type /Pages /Count ${pages} /Kids [${kids.map((_, group) => `${4 + group} 0 R`).join(' ')}] >>`];
  kids.forEach((ids, group) => { objects[3 + group] = [`<< /Type /Pages /Parent 2 0 R /Count ${ids.length} /Kids [${ids.map((id) => `${id} 0 R`).join(' ')}] >>`]; });
  return file(objects);
}

export const noPagesPdf = (): Uint8Array => file([['<< /Type /Catalog /Pages 2 0 R >>'], ['<< /Type /Pages /Count 0 /Kids [] >>']]);

/** One page with links: to a site by https, to one by http, and to a program. */
export function linksPdf(): Uint8Array {
  const link = (y: number, uri: string) => `<< /Type /Annot /Subtype /Link /Rect [72 ${y} 300 ${y + 20}] /Border [0 0 0] /A << /S /URI /URI (${uri}) >> >>`;
  const text = 'BT /F1 14 Tf 72 700 Td (Secure) Tj 0 -40 Td (Plain) Tj 0 -40 Td (Mail) Tj ET';
  return file([
    ['<< /Type /Catalog /Pages 2 0 R >>'], ['<< /Type /Pages /Count 1 /Kids [4 0 R] >>'], ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R /Annots [${link(695, 'https://example.com/a')} ${link(655, 'http://example.com/b')} ${link(615, 'mailto:ada@example.com')}] >>`],
    [`<< /Length ${text.length} >>\nstream\n${text}\nendstream`],
  ]);
}

/** One page that says "Secret page", behind a password: RC4 with 40 bits, the standard handler's second revision (ISO 32000-1, 7.6.3). */
export function lockedPdf(password: string): Uint8Array {
  const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
  const padded = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), padding]).subarray(0, 32);
  const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
  const id = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  const permissions = -4;
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(password));
  const p = Buffer.alloc(4);
  p.writeInt32LE(permissions);
  const key = md5(padded(password), owner, p, id).subarray(0, 5);
  const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`;
  const content = (number: number, text: string) => rc4(md5(key, Buffer.from([number, 0, 0, 0, 0])).subarray(0, 10), Buffer.from(text, 'latin1'));
  const stream = content(5, 'BT /F1 28 Tf 72 700 Td (Secret page) Tj ET');
  return file([
    ['<< /Type /Catalog /Pages 2 0 R >>'], ['<< /Type /Pages /Count 1 /Kids [4 0 R] >>'], ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    ['<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>'],
    [`<< /Length ${stream.length} >>\nstream\n`, stream, '\nendstream'],
    [`<< /Filter /Standard /V 1 /R 2 /Length 40 /P ${permissions} /O ${hex(owner)} /U ${hex(rc4(key, padding))} >>`],
  ], `/Encrypt 6 0 R /ID [${hex(id)} ${hex(id)}] `);
}

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, at) => at);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255;
    [state[i], state[j]] = [state[j]!, state[i]!];
  }
  let [i, j] = [0, 0];
  return Buffer.from(data.map((byte) => {
    i = (i + 1) & 255;
    j = (j + state[i]!) & 255;
    [state[i], state[j]] = [state[j]!, state[i]!];
    return byte ^ state[(state[i]! + state[j]!) & 255]!;
  }));
}
