// Open Link: only what an answer itself says, only to Connect or to the sandbox of this machine, only while it lives, and letter for letter.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import type { requestWork as RequestWorkOf } from '../../src/commands/operations/requestWork.ts';
import type { CallAnswer } from '../../src/commands/operations/sendCall.ts';
import { connectLink } from '../../src/requests/connectLink.ts';
import type { Sending, ShownAnswer } from '../../src/webviews/host/requestSession.ts';
import { readAnswerRequest } from '../../src/webviews/protocol/answer.ts';
import { linkLife } from '../../src/webviews/ui/answerWords.ts';

const now = 1_767_225_600_000;
const url = `https://connect2.finicity.com?customerId=7200000001&origin=url&redirectUri=https%3A%2F%2Fx.example%2Fa%26b&signature=0f&timestamp=${now}&ttl=${now + 7_200_000}`;
const body = (link: unknown, more = ''): Uint8Array => new TextEncoder().encode(`{"link":${JSON.stringify(link)}${more}}`);

describe('a link of an answer', () => {
  test('to Connect is opened as it stands, for as long as it says', () => {
    expect(connectLink(body(url), 'testDrive', now)).toEqual({ url, until: now + 7_200_000 });
    expect(connectLink(body(url, ',"emailConfig":{}'), 'production', now)?.url).toBe(url);
    expect(connectLink(body(url), 'custom', now)?.url).toBe(url);
  });

  test('lives two hours from its answer where it does not say, and where it says more', () => {
    expect(connectLink(body('https://connect2.finicity.com/?a=1'), 'testDrive', now)?.until).toBe(now + 7_200_000);
    expect(connectLink(body(`https://connect2.finicity.com/?ttl=${now + 9e12}`), 'testDrive', now)?.until).toBe(now + 7_200_000);
    expect(connectLink(body('https://connect2.finicity.com/?ttl=soon'), 'testDrive', now)?.until).toBe(now + 7_200_000);
  });

  test.each([
    'http://connect2.finicity.com/?a=1', 'https://connect2.finicity.com.evil.example/', 'https://evil.example/?connect2.finicity.com', 'https://connect2.finicity.com@evil.example/',
    'https://dana:secret@connect2.finicity.com/', 'https://dana@connect2.finicity.com/', 'https://connect2.finicity.com:8443/', 'command:workbench.action.quit', 'vscode://x', 'file:///etc/passwd', 'javascript:alert(1)', '//connect2.finicity.com',
    'https://connect2.finicity.com/\n?a=1', ' https://connect2.finicity.com/', 'https://connect2.finicity.com/ö', '', `https://connect2.finicity.com/?${'a'.repeat(9_000)}`, 7, null, [url], { url },
    'http://127.0.0.1:4100/connect', 'https://localhost/connect',
  ])('elsewhere, or of another form, is not: %s', (link) => {
    expect(connectLink(body(link), 'testDrive', now)).toBeUndefined();
  });

  test('of the sandbox leads to this machine or nowhere', () => {
    for (const link of ['http://127.0.0.1:4100/connect?ttl=1', 'http://[::1]:4100/c', 'http://localhost:4100/c']) expect(connectLink(body(link), 'sandbox', now)?.url).toBe(link);
    for (const link of [url, 'http://127.0.0.1.evil.example/', 'http://192.168.0.1/', 'ftp://127.0.0.1/']) expect(connectLink(body(link), 'sandbox', now)).toBeUndefined();
  });

  test('is looked for in small JSON alone', () => {
    for (const text of ['', '[]', '"x"', '{"link":', '<link>x</link>', `{"a":"${'x'.repeat(70_000)}","link":"${url}"}`]) expect(connectLink(new TextEncoder().encode(text), 'testDrive', now)).toBeUndefined();
    expect(connectLink(undefined, 'testDrive', now)).toBeUndefined();
    expect(connectLink(body(url), undefined, now)).toBeUndefined();
  });
});

test('the view can ask for it, without saying what it is', () => {
  expect(readAnswerRequest({ type: 'answerAction', action: 'openLink', url: 'https://evil.example' })).toEqual({ type: 'answerAction', action: 'openLink' });
  expect(linkLife(now, (at) => `at ${at}`)).toContain(`good until at ${now} at the latest: two hours`);
});

const opened: unknown[] = [];
const failures: string[] = [];
let opens = true;
vi.mock('vscode', () => ({
  env: { openExternal: async (target: unknown) => { opened.push(target); return opens; } }, Disposable: class {}, ViewColumn: { Beside: -2 }, workspace: { isTrusted: true }, window: {}, Uri: {},
}));
const sent = { head: { receivedAt: now }, answer: { name: 'a', form: 'json', size: 1 }, waysOut: new Map() } as unknown as CallAnswer;
vi.mock('../../src/commands/operations/sendCall.ts', () => ({ sendCall: async () => sent }));
vi.mock('../../src/commands/operations/trust.ts', () => ({ mayBeSent: async () => true }));
const { requestWork } = await import('../../src/commands/operations/requestWork.ts');

describe('Open Link', () => {
  let kept: Uint8Array | undefined;
  beforeEach(() => {
    [opened.length, failures.length, opens, kept] = [0, 0, true, body(url)];
    vi.useFakeTimers({ now: now + 60_000, toFake: ['Date'] });
    return () => vi.useRealTimers();
  });
  const open = async (): Promise<void> => {
    const parts = {
      connections: { get: () => ({ environment: 'testDrive' }) }, answers: { store: { bytes: () => kept } }, showError: (error: Error) => failures.push(error.message),
    } as unknown as Parameters<typeof RequestWorkOf>[0];
    const shown = await requestWork(parts).send({ entry: operation('GenerateConnectUrl'), input: {}, connectionId: 'c1' } as unknown as Sending, {} as never) as ShownAnswer;
    shown.act('openLink');
    await new Promise((resolve) => { setTimeout(resolve); });
  };

  test('opens the link of the answer\'s bytes, letter for letter', async () => {
    await open();
    expect(opened).toEqual([url]);
    expect(failures).toEqual([]);
  });

  test('opens none that is over, and says so', async () => {
    vi.setSystemTime(now + 7_200_001);
    await open();
    expect([opened, failures]).toEqual([[], [expect.stringMatching(/^The link is over: it lives two hours/)]]);
  });

  test('opens none of an answer that is no longer kept, or that says something else', async () => {
    kept = undefined;
    await open();
    kept = body('https://evil.example/');
    await open();
    expect(opened).toEqual([]);
    expect(failures).toHaveLength(2);
  });

  test('says when the system opens nothing', async () => {
    opens = false;
    await open();
    expect(failures).toEqual([expect.stringMatching(/was not opened/)]);
  });
});
