// Presentation mode's masks: what of a body is masked, what stays, and that nothing a bank or a person wrote makes them fail or leak.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aboutOf, createMasker } from '../../src/masking/masker.ts';
import { inTurns } from '../../src/platform/turns.ts';

const mask = (value: unknown, about?: string): unknown => JSON.parse(createMasker().json(JSON.stringify(value), about));
const short = '••••';
const long = '••••••••';

describe('a large body', () => {
  const body = JSON.stringify({ accounts: Array.from({ length: 3_000 }, (_, n) => ({ id: n, ownerName: 'Noor Haddad', realAccountNumber: 100_000_000 + n, transactions: [{ amount: -n, description: `Paid by Noor Haddad ${n}`, memo: null }] })) }, undefined, 1);

  test('is masked in turns as it is at once, wherever the walk rests, and others get their turn in between', async () => {
    let breaths = 0;
    const breath = async () => { breaths++; };
    const steps = createMasker().jsonSteps(body, 'report');
    let rests = 0;
    const counted = function* () {
      for (;;) {
        const { done, value } = steps.next();
        if (done) return value;
        rests++;
        const until = performance.now() + 11;
        while (performance.now() < until);
        yield;
      }
    };
    const masked = await inTurns(counted(), { breath });
    expect(rests).toBeGreaterThan(6);
    expect(breaths).toBe(rests);
    expect(masked).toBe(createMasker().json(body, 'report'));
    expect(masked).not.toMatch(/Noor|Haddad|1000000/);
    const { accounts } = JSON.parse(masked) as { accounts: unknown[] };
    expect(accounts).toHaveLength(3_000);
    expect(accounts.at(-1)).toEqual({ id: 2999, ownerName: long, realAccountNumber: long, transactions: [{ amount: -2999, description: `Paid by ${short} ${short} 2999`, memo: null }] });
  });

  test('is left when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const rests = function* () {
      for (;;) yield;
    };
    await expect(inTurns(rests(), { signal: controller.signal, breath: async () => controller.abort() })).rejects.toThrow('aborted');
  });
});

describe('fields', () => {
  test('a person is masked by name and by place, ids and kinds stay', () => {
    expect(mask({ id: '7200000001', username: 'noor-01', firstName: 'Noor', lastName: 'Haddad', type: 'testing', email: 'noor@example.com', phone: '801-555-0134', createdDate: 1_700_000_000 }))
      .toEqual({ id: '7200000001', username: long, firstName: short, lastName: long, type: 'testing', email: long, phone: long, createdDate: 1_700_000_000 });
    expect(mask({ accountOwner: { name: 'Noor Haddad', address: '18 Quarry Lane', city: 'Tooele', state: 'UT', zip: 84_074 } }))
      .toEqual({ accountOwner: { name: long, address: long, city: long, state: short, zip: long } });
  });

  test('a birthday in three numbers, a name in parts, a list of numbers: all of it', () => {
    expect(mask({ birthday: { year: 1985, month: 4, dayOfMonth: 23 } })).toEqual({ birthday: { year: short, month: short, dayOfMonth: short } });
    expect(mask({ ownerName: ['Noor Haddad', { first: 'Noor' }], realAccountNumber: [123_456_789, null, true] })).toEqual({ ownerName: [long, { first: short }], realAccountNumber: [long, null, true] });
    expect(mask({ holders: ['Noor Haddad'], emails: ['noor@example.com'], ssn: 1111, dob: '1985-04-23' })).toEqual({ holders: [long], emails: [long], ssn: short, dob: long });
  });

  test('account and routing numbers go whole, the last four digits too; balances, codes and ids of accounts stay', () => {
    expect(mask({ accounts: [{ id: '8100000011', number: 'XXXXXX2055', accountNumberDisplay: '2055', realAccountNumberLast4: '2055', name: 'Primary Checking', balance: 2055.12, institutionId: '102105', routingNumber: '990927235' }] }))
      .toEqual({ accounts: [{ id: '8100000011', number: long, accountNumberDisplay: short, realAccountNumberLast4: short, name: 'Primary Checking', balance: 2055.12, institutionId: '102105', routingNumber: long }] });
  });

  test('institutions, employers, merchants and the partner stay, beside people of the same report', () => {
    const report = {
      requesterName: 'Sandbox', institutions: [{ name: 'FinBank', address: { city: 'Denver', state: 'CO' }, phone: '800-555-0100', accounts: [{ name: 'Savings', ownerName: 'NOOR HADDAD', ownerAddress: '18 QUARRY LANE' }] }],
      payStatements: [{ employer: { name: 'Bluestem Logistics', city: 'Reno' }, employee: { name: 'Noor Haddad', city: 'Tooele' } }], transactions: [{ categorization: { city: 'Tucson', state: 'AZ' } }],
    };
    expect(mask(report)).toEqual({
      requesterName: 'Sandbox', institutions: [{ ...report.institutions[0], accounts: [{ name: 'Savings', ownerName: long, ownerAddress: long }] }],
      payStatements: [{ employer: report.payStatements[0]!.employer, employee: { name: long, city: long } }], transactions: report.transactions,
    });
  });

  test('a firm that is a customer is masked like a person; the same fields of another body are not', () => {
    expect(mask({ id: '7300001', name: 'Copper Kettle Bakery LLC', taxId: '999999999', url: 'https://kettle.example' }, 'business')).toEqual({ id: '7300001', name: long, taxId: long, url: long });
    expect(mask({ name: 'My App', pageNumber: 3, number: 12 })).toEqual({ name: 'My App', pageNumber: 3, number: 12 });
    expect(aboutOf('GetBusinessByCustomer')).toBe('business');
    expect(aboutOf('GetReportByCustomer')).toBeUndefined();
  });

  test('scores, flags and what is empty say nothing of a person and stay', () => {
    const scores = { emails: [{ email: '', emailScores: { email: 97 } }], nameScores: { firstName: 100 }, institution: { accountOwner: true }, state: 'processing', phone: null };
    expect(mask(scores)).toEqual(scores);
  });

  test('two values of one length class have one mask', () => {
    const masker = createMasker();
    expect(masker.json('{"ssn":"999-11-1111"}').replace('ssn', 'x')).toBe(masker.json('{"ssn":"999-22-2222"}').replace('ssn', 'x'));
    expect(masker.json('{"lastName":"Haddad"}')).toBe(masker.json('{"lastName":"Winterbottom"}'));
  });
});

describe('text written freely', () => {
  test.each([
    ['PAID 999-11-2222 OK', `PAID ${short} OK`],
    ['CARD 4111 1111 1111 1111', `CARD ${short}`],
    ['mail noor.haddad@example.com now', `mail ${short} now`],
    ['CALL (801) 555-0134', `CALL ${short}`],
    ['REF 00012345678', `REF ${short}`],
    ['REF ١٢٣٤٥٦٧٨', `REF ${short}`],
    ['ONLINE TRANSFER FROM CHECKING ...2055', `ONLINE TRANSFER FROM CHECKING ${short}`],
    ['TO XXXXXX2055', `TO ${short}`],
    ['card ending in 2055', `card ending in ${short}`],
    ['ZELLE PAYMENT TO JANE Q DOE', `ZELLE PAYMENT TO ${short}`],
    ['VENMO *JANE DOE', `VENMO *${short}`],
    ['HARVEST LANE MKT 1430 TUCSON AZ', 'HARVEST LANE MKT 1430 TUCSON AZ'],
  ])('%s', (description, expected) => {
    expect(mask({ transactions: [{ description }] })).toEqual({ transactions: [{ description: expected }] });
  });

  test('names from named fields are found in texts, before and after them, in any case, and across bodies', () => {
    const masker = createMasker();
    expect(JSON.parse(masker.json(JSON.stringify({ streams: [{ payor: 'NOOR HADDAD' }, { payee: "Haddad's rent" }], consumer: { firstName: 'Noor', lastName: 'Haddad' }, memo: 'from noor' }))))
      .toMatchObject({ streams: [{ payor: `${short} ${short}` }, { payee: `${short} rent` }], memo: `from ${short}` });
    expect(masker.text('Payment by Noor Haddad-Lee')).toBe(`Payment by ${short} ${short}`);
    masker.json(JSON.stringify({ businessName: 'Copper Kettle (Bakery) LLC' }));
    expect(masker.text('ACH COPPER KETTLE (BAKERY) LLC 12')).toBe(`ACH ${short} 12`);
  });

  test('what an account is called is no name of a person', () => {
    expect(mask({ accounts: [{ accountNickname: 'Primary Checking', name: 'Primary Checking' }] })).toEqual({ accounts: [{ accountNickname: long, name: 'Primary Checking' }] });
  });

  test('names of other scripts, and words that merely hold a name', () => {
    const masker = createMasker();
    masker.json(JSON.stringify({ lastName: 'Łuczak', firstName: '愛子さん' }));
    expect(masker.text('PRZELEW ŁUCZAK')).toBe(`PRZELEW ${short}`);
    masker.json(JSON.stringify({ firstName: 'Ann' }));
    expect(masker.text('ANNUAL FEE')).toBe('ANNUAL FEE');
  });

  test('a search in an address is masked, its ids are not', () => {
    expect(mask({ line: 'GET https://api.example/customers/7200000001?search=Noor&start=1' })).toEqual({ line: `GET https://api.example/customers/7200000001?search=${short}&start=1` });
  });
});

describe('bodies as they come', () => {
  test('what is not masked stays byte for byte: layout, numbers as written, repeated fields, escapes', () => {
    const body = '{ "balance" : 1.50,\n\t"id":12345678901234567890, "firstName" : "No\\"or", "x":1e3, "firstName":"B", "q\\"":"\\u00e9" }';
    expect(createMasker().json(body)).toBe('{ "balance" : 1.50,\n\t"id":12345678901234567890, "firstName" : "••••••••", "x":1e3, "firstName":"••••", "q\\"":"\\u00e9" }');
  });

  test('a name behind escapes is still one, as field and as value', () => {
    expect(createMasker().json('{"\\u0073sn":"999112222"}')).not.toContain('999112222');
    expect(createMasker().json('{"firstName":"\\u004eoor"}')).toBe(`{"firstName":"${short}"}`);
  });

  test('half a body is masked to its end', () => {
    for (const cut of ['{"accounts":[{"ownerName":"NOOR HAD', '{"ssn":"1111","email":"noor@exa', '[{"phone":80155501', '{"firstName":"Noor\\'])
      expect(createMasker().json(cut)).not.toMatch(/NOOR|noor|8015550|Noor/);
  });

  test('depth and size are no matter', () => {
    const depth = 200_000;
    const deep = `${'{"a":['.repeat(depth)}{"ssn":"1111"}${']}'.repeat(depth)}`;
    expect(createMasker().json(deep)).toBe(deep.replace('1111', short));
    const many = JSON.stringify({ transactions: Array.from({ length: 20_000 }, (_, id) => ({ id, amount: 1.5, description: `ROW ${id}`, ownerName: 'NOOR HADDAD' })) });
    expect(createMasker().json(many)).not.toContain('HADDAD');
    const blob = JSON.stringify({ image: 'A'.repeat(3_000_000), memo: 'a@'.repeat(200_000) });
    expect(createMasker().json(blob)).toBe(JSON.stringify({ image: 'A'.repeat(3_000_000), memo: long }));
  });

  test('no JSON is words', () => {
    expect(createMasker().json('Customer noor@example.com not found')).toBe(`Customer ${short} not found`);
    expect(createMasker().json('')).toBe('');
    expect(createMasker().json('"noor@example.com"')).toBe(`"${short}"`);
  });

  test('a value that cannot be written is emptied and not shown', () => {
    const ring: Record<string, unknown> = { firstName: 'Noor' };
    ring.self = ring;
    expect(createMasker().data(ring)).toEqual({});
    expect(createMasker().data([1n])).toEqual([]);
    expect(createMasker().data(undefined)).toBeUndefined();
  });
});

describe('the description', () => {
  /** Fields whose names sound personal and that stay, by what holds them. */
  const kept: readonly (readonly [why: string, fields: RegExp])[] = [
    ['institutions are everybody\'s', /^(child)?institutions?\.|^institutionDetails\.|^institutions?>address\.|\.(institutionName|institutionAddress|fiName|bankIdentifier)$/i],
    ['a lender\'s address to pay to', /\.(account|group|loan)PaymentAddress$/],
    ['employers are firms', /^(employer|employerAddress)\.|\.(employerName|employmentId|employmentIds|employmentDuration|employmentEndDate|employmentStatus\w+|workLevelName)$/],
    ['merchants and places of purchases', /^(inputMerchantInformation|locationMatches|categorization|entities|transactions>address|provider)\./],
    ['the partner\'s own names and numbers', /\.(appName|applicationName|partnerName|requesterName|supportPhone|referenceNumber|payorId)$|^applications\.name$/],
    ['what the API calls things', /^(metrics|events|dataScopes|disclosures|deductions|earnings|payStat|errors|stateAttributes|transactionalAttributes)\.|\.(industryName|securityName|fieldName|user_message)$/],
    ['counts, amounts and measures', /\.(numberOf|number[A-Z]|totNumber|historic|estimatedNumber|taxesAmount|taxPayments|\w*TaxAmount|ytdTaxPaid|empPretax|pageNumber|reportRefreshNumber|\w*Value$|value$|\w*SuccessCount|findTransaction)/],
    ['scores, classes and kinds', /[sS]cores\.|^identityInsights\.(?!name)|\.(nameClassification\w*|relationship|emailType|deviceType|taxIdCountry|accountOwnerCategory|ownerAsOfDate|entityStandardizationConfidenceScore|lastFourReportId|device\w+Factor)$/],
    ['written freely: searched for names and numbers', /\.(normalizedPayee(Name)?|payee|payor|accountName|accountTypeName)$|^(accounts|accountDetails|incomeStreams|ROOT)\.name$|^(reportCustomFields|choices|imageChoices)\.value$/],
  ];
  const personal = new RegExp([
    'name|number|ssn|birth|dob|tax|address|street|city|zip|postal|phone|mail|owner|holder|borrow|payor|payee|last ?4|four|ends|government|entity|user|nick|ip$|latit|longit|suffix',
    '^age$|pin$|token|secret|answer|line\\d|state$|fingerprint|device|to$|value$|expiry|employ',
  ].join('|'), 'i');

  type Node = Record<string, unknown>;
  const document = JSON.parse(readFileSync(new URL('../../src/api/generated/openapi.json', import.meta.url), 'utf8')) as { paths: Record<string, Record<string, Node>> } & Node;
  const deref = (node: unknown): Node => {
    let at = (node ?? {}) as Node;
    while (typeof at.$ref === 'string') at = at.$ref.slice(2).split('/').reduce<unknown>((value, step) => (value as Node)[step.replaceAll('~1', '/')], document) as Node;
    return at;
  };
  const each = (value: unknown): [string, unknown][] => Object.entries((value ?? {}) as Node);

  /** Every field of texts or numbers in what the API answers with: its path, and of which operation. */
  function answered(): { path: string[]; operationId: string }[] {
    const found: { path: string[]; operationId: string }[] = [];
    const walk = (schema: unknown, path: string[], around: readonly Node[], operationId: string): void => {
      const node = deref(schema);
      if (around.includes(node)) return;
      const inside = [...around, node];
      for (const part of ['allOf', 'oneOf', 'anyOf'].flatMap((name) => (node[name] ?? []) as unknown[])) walk(part, path, inside, operationId);
      if (node.items) walk(node.items, path, inside, operationId);
      for (const [name, property] of each(node.properties)) {
        const { type, items } = deref(property);
        const types = [type, items ? deref(items).type : undefined].flat();
        if (types.some((one) => one === 'string' || one === 'integer' || one === 'number')) found.push({ path: [...path, name], operationId });
        walk(property, [...path, name], inside, operationId);
      }
    };
    for (const operation of Object.values(document.paths).flatMap((item) => Object.values(item))) {
      for (const [status, answer] of each(operation.responses))
        if (status.startsWith('2')) for (const [, media] of each(deref(answer).content)) walk((media as Node).schema, [], [], String(operation.operationId));
    }
    return found;
  }

  test('every answered field whose name sounds personal is masked, or kept for a reason', () => {
    const masker = createMasker();
    const fields = answered().filter(({ path }) => personal.test(path.at(-1)!));
    expect(fields.length).toBeGreaterThan(500);
    const open = fields.filter(({ path, operationId }) => !masker.masks(path, aboutOf(operationId))).map(({ path }) => {
      const holder = path.at(-2) ?? 'ROOT';
      // An address is whose it is in.
      return `${holder === 'address' ? `${path.at(-3) ?? 'ROOT'}>address` : holder}.${path.at(-1)}`;
    });
    expect([...new Set(open)].filter((field) => !kept.some(([, fields]) => fields.test(field)))).toEqual([]);
  });
});
