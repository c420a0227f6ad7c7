import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountTypes } from '../../src/api/words.ts';
import { contentSecurityPolicy, viewPage } from '../../src/webviews/host/html.ts';
import { readingFailure } from '../../src/webviews/host/reading.ts';
import { ReportSession } from '../../src/webviews/host/reportSession.ts';
import { readPdfRequest } from '../../src/webviews/protocol/pdf.ts';
import { readReportRequest, reportByteLimit, type ReportMessage } from '../../src/webviews/protocol/report.ts';

describe('content security policy', () => {
  it('of the report view allows its own script, styles, fonts and images out of memory, and nothing else', () => {
    expect(contentSecurityPolicy('report', 'https://*.example', 'N0nce')).toBe(
      "default-src 'none'; script-src 'nonce-N0nce'; style-src https://*.example; font-src https://*.example; img-src blob:; base-uri 'none'; form-action 'none'");
  });

  it('of the PDF view adds the blob worker, its files, and compiling its image decoders', () => {
    expect(contentSecurityPolicy('pdf', 'https://*.example', 'N0nce')).toBe(
      "default-src 'none'; script-src 'nonce-N0nce' 'wasm-unsafe-eval'; style-src https://*.example; font-src https://*.example; "
      + "connect-src https://*.example; worker-src blob:; base-uri 'none'; form-action 'none'");
  });

  it('of the request view adds the blob worker that reads answers, and images out of memory', () => {
    expect(contentSecurityPolicy('request', 'https://*.example', 'N0nce')).toBe(
      "default-src 'none'; script-src 'nonce-N0nce'; style-src https://*.example; font-src https://*.example; img-src blob:; "
      + "connect-src https://*.example; worker-src blob:; base-uri 'none'; form-action 'none'");
  });

  it('of the transactions view adds the blob worker that holds the rows', () => {
    expect(contentSecurityPolicy('transactions', 'https://*.example', 'N0nce')).toBe(
      "default-src 'none'; script-src 'nonce-N0nce'; style-src https://*.example; font-src https://*.example; img-src blob:; "
      + "connect-src https://*.example; worker-src blob:; base-uri 'none'; form-action 'none'");
  });

  it.each(['report', 'pdf', 'request', 'transactions'] as const)('of the %s view never allows inline or evaluated script', (kind) => {
    const policy = contentSecurityPolicy(kind, 'https://*.example', 'N0nce');
    expect(policy.startsWith("default-src 'none';")).toBe(true);
    expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|script-src[^;]*(https?:|\*)/);
  });
});

describe('the page of a view', () => {
  const page = (language = 'en') => viewPage({ kind: 'pdf', cspSource: "'self' https://*.cdn", nonce: 'abc', language, asset: (path) => `https://x.cdn/"${path}"?a&b` });

  it('has one script with the nonce, no inline script, style or handler', () => {
    const html = page();
    expect(html.match(/<script\b[^>]*>/g)).toHaveLength(1);
    expect(html).toMatch(/<script type="module" nonce="abc" src="[^"]+"><\/script>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  it('escapes what it puts into attributes', () => {
    expect(page('"><script>alert(1)</script>')).not.toContain('<script>alert');
    expect(page()).toContain('href="https://x.cdn/&quot;codicons/codicon.css&quot;?a&amp;b"');
  });
});

describe('messages from a view', () => {
  it.each([undefined, null, 0, 'ready', [], ['ready'], {}, { type: 7 }, { type: 'toString' }, { type: '__proto__' }, { type: 'openExternal', url: 'file:///etc/passwd' },
    { type: 'status' }, { type: 'status', status: 'done' }, { type: 'status', status: ['success'] }])('that are none are refused: %j', (value) => {
    expect(readReportRequest(value)).toBeUndefined();
    expect(readPdfRequest(value)).toBeUndefined();
  });

  it('keep nothing but what their type carries', () => {
    expect(readReportRequest({ type: 'openPdf', uri: 'file:///etc/passwd' })).toEqual({ type: 'openPdf' });
    expect(readReportRequest({ type: 'status', status: 'failure', more: 1 })).toEqual({ type: 'status', status: 'failure' });
    expect(readReportRequest({ type: 'status', status: 'success', title: 'x'.repeat(500) })).toEqual({ type: 'status', status: 'success', title: 'x'.repeat(120) });
    expect(readReportRequest({ type: 'status', status: 'success', title: {} })).toEqual({ type: 'status', status: 'success' });
    expect(readPdfRequest({ type: 'print', path: '/etc/passwd' })).toEqual({ type: 'print' });
  });
});

describe('reading failures', () => {
  it('say the error\'s message without the file system\'s prefix and never a stack', () => {
    expect(readingFailure(new Error('Unavailable (FileSystemError): The report is gone.'))).toBe('The report is gone.');
    expect(readingFailure({ stack: 'secret' })).toBe('The document could not be read, and the cause is not known.');
  });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('a report tab', () => {
  let reads: { resolve(value: Uint8Array): void; reject(error: unknown): void }[];
  let posted: ReportMessage[];
  const did = { json: 0, pdf: 0, compared: 0, saved: [] as Uint8Array[], files: [] as string[], followed: [] as string[], title: '' };
  let page: { bytes: Uint8Array; masked: boolean } | undefined;
  let session: ReportSession;

  beforeEach(() => {
    vi.useFakeTimers();
    reads = [];
    posted = [];
    Object.assign(did, { json: 0, pdf: 0, compared: 0, saved: [], files: [], followed: [], title: '' });
    page = undefined;
    session = new ReportSession({
      read: () => new Promise((resolve, reject) => reads.push({ resolve, reject })),
      post: (message) => posted.push(message),
      openJson: () => { did.json++; }, openPdf: () => { did.pdf++; }, save: (body) => did.saved.push(body),
      compare: () => { did.compared++; }, forPage: async () => page, pageFailed: () => did.files.push('failed'), saveFile: (name) => did.files.push(name), follow: (name, value) => did.followed.push(`${name}=${value}`),
      title: (text) => { did.title = text; }, locale: 'en-US', followMs: 20_000,
    });
  });
  afterEach(() => {
    session.dispose();
    vi.useRealTimers();
  });

  const finish = async (text: string) => { reads.at(-1)!.resolve(bytes(text)); await settled(); };

  it('reads when the view is ready, not before, and hands the body over', async () => {
    expect(reads).toHaveLength(0);
    session.receive({ type: 'ready' });
    expect(posted).toEqual([{ type: 'loading' }]);
    await finish('{}');
    expect(posted.at(-1)).toEqual({ type: 'report', bytes: bytes('{}'), locale: 'en-US', accountTypes });
  });

  it('ignores hostile messages', () => {
    for (const value of [null, 'ready', { type: 'eval', code: '1' }, { type: ['ready'] }]) session.receive(value);
    expect(reads).toHaveLength(0);
    expect(posted).toEqual([]);
  });

  it('saves, and makes a page, when the reading that is under way has ended', async () => {
    page = { bytes: bytes('{"masked":true}'), masked: true };
    session.receive({ type: 'ready' });
    await finish('{"first":1}');
    session.changed();
    session.receive({ type: 'ready' });
    session.receive({ type: 'savePage' });
    await settled();
    expect(posted.at(-1)?.type).toBe('loading');
    await finish('{"second":2}');
    expect(posted.at(-1)).toMatchObject({ type: 'makePage', masked: true });

    session.changed();
    session.receive({ type: 'ready' });
    session.receive({ type: 'save' });
    reads.at(-1)!.reject(new Error('Gone.'));
    await settled();
    session.receive({ type: 'reload' });
    await finish('{"third":3}');
    expect(did.saved).toEqual([]);
    session.receive({ type: 'save' });
    expect(did.saved).toEqual([bytes('{"third":3}')]);
    session.receive({ type: 'pageFailed' });
    expect(did.files).toEqual(['failed']);
  });

  it('sends a report of 60 MB, as large as it is with a record a line', async () => {
    session.receive({ type: 'ready' });
    reads[0]!.resolve(new Uint8Array(66 * 1024 * 1024));
    await settled();
    expect(posted.at(-1)?.type).toBe('report');
  });

  it('does not send a body above the limit, but keeps it for saving', async () => {
    session.receive({ type: 'ready' });
    const large = new Uint8Array(reportByteLimit + 1);
    reads[0]!.resolve(large);
    await settled();
    // The type alone first: comparing a body of 40 MB in a failing test takes all memory.
    expect(posted.at(-1)?.type).toBe('tooLarge');
    expect(posted.at(-1)).toEqual({ type: 'tooLarge', size: reportByteLimit + 1 });
    session.receive({ type: 'save' });
    expect(did.saved[0]).toBe(large);
  });

  it('makes a page of what is read as the person wants it, and of nothing when they turn away', async () => {
    session.receive({ type: 'savePage' });
    session.receive({ type: 'ready' });
    await finish('{"ssn":"999-60-1111"}');
    session.receive({ type: 'savePage' });
    await settled();
    expect(posted.map(({ type }) => type)).toEqual(['loading', 'report']);
    page = { bytes: bytes('{"ssn":"••••"}'), masked: true };
    session.receive({ type: 'savePage' });
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'makePage', ...page, locale: 'en-US', accountTypes });
  });

  it('hands on files, comparisons and ids that pass their checks, and nothing else', () => {
    session.receive({ type: 'compare' });
    session.receive({ type: 'saveFile', name: '../chart.svg', bytes: bytes('<svg/>') });
    session.receive({ type: 'saveFile', name: 'run.sh', bytes: bytes('#!') });
    session.receive({ type: 'follow', name: 'customerId', value: '7200000001' });
    session.receive({ type: 'follow', name: 'customerId', value: '../7' });
    session.receive({ type: 'follow', name: 'customerId', value: { toString: () => '7' } });
    expect([did.compared, did.files, did.followed]).toEqual([1, ['chart.svg'], ['customerId=7200000001']]);
  });

  it('stops waiting when the view cancels; a late answer changes nothing', async () => {
    session.receive({ type: 'ready' });
    session.receive({ type: 'cancel' });
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'stopped' });
    await finish('{"late":true}');
    expect(posted.at(-1)).toEqual({ type: 'stopped' });
  });

  it('says why a reading failed and reads again on request', async () => {
    session.receive({ type: 'ready' });
    reads[0]!.reject(new Error('404: no such report.'));
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'failed', text: '404: no such report.' });
    session.receive({ type: 'reload' });
    await finish('{}');
    expect(posted.at(-1)).toMatchObject({ type: 'report' });
  });

  it('shows the newest of two readings only', async () => {
    session.receive({ type: 'ready' });
    session.receive({ type: 'reload' });
    reads[0]!.resolve(bytes('{"old":1}'));
    await settled();
    expect(posted.some(({ type }) => type === 'report' || type === 'failed' || type === 'stopped')).toBe(false);
    await finish('{"new":1}');
    expect(posted.at(-1)).toMatchObject({ bytes: bytes('{"new":1}') });
  });

  it('asks nothing while a report is being made: who follows it tells of the change', async () => {
    session.receive({ type: 'ready' });
    await finish('{"status":"inProgress"}');
    session.receive({ type: 'status', status: 'inProgress' });
    await vi.advanceTimersByTimeAsync(300_000);
    expect(reads).toHaveLength(1);
    session.changed();
    expect(reads).toHaveLength(2);
  });

  it('tries again after a failed reading of a running report while visible, until one succeeds', async () => {
    session.receive({ type: 'ready' });
    await finish('{}');
    session.receive({ type: 'status', status: 'inProgress' });
    session.changed();
    reads[1]!.reject(new Error('429'));
    await settled();
    session.setVisible(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toHaveLength(2);
    session.setVisible(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(reads).toHaveLength(3);
    await finish('{}');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toHaveLength(3);
  });

  it('reads again at once when the document changes, and uses kept bytes when the tab returns', async () => {
    session.receive({ type: 'ready' });
    await finish('{"a":1}');
    session.receive({ type: 'status', status: 'success' });
    session.setVisible(false);
    session.setVisible(true);
    session.receive({ type: 'ready' });
    expect(reads).toHaveLength(1);
    expect(posted.at(-1)).toMatchObject({ type: 'report', bytes: bytes('{"a":1}') });
    session.changed();
    expect(reads).toHaveLength(2);
    session.setVisible(false);
    session.changed();
    expect(reads).toHaveLength(2);
    session.setVisible(true);
    session.receive({ type: 'ready' });
    expect(reads).toHaveLength(3);
  });

  it('waits for the view that the editor builds anew when the tab returns', async () => {
    session.receive({ type: 'ready' });
    await finish('{"a":1}');
    session.setVisible(false);
    session.setVisible(true);
    session.changed();
    expect(reads).toHaveLength(1);
    session.receive({ type: 'ready' });
    expect(reads).toHaveLength(2);
  });

  it('says nothing and looks no more once closed', async () => {
    session.receive({ type: 'ready' });
    session.receive({ type: 'status', status: 'inProgress' });
    session.dispose();
    const before = posted.length;
    await finish('{}');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posted).toHaveLength(before);
    expect(reads).toHaveLength(1);
  });

  it('names the tab by what the view read in the body', () => {
    session.receive({ type: 'status', status: 'success', title: 'Verification of Assets · 7' });
    expect(did.title).toBe('Verification of Assets · 7');
  });

  it('opens the other forms', () => {
    session.receive({ type: 'openJson' });
    session.receive({ type: 'openPdf' });
    expect(did).toMatchObject({ json: 1, pdf: 1 });
  });
});
