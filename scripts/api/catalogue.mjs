// The catalogue: one flat entry an operation, out of the bundled description. Its shape is OperationEntry in src/api/catalogue.ts.

const methods = ['get', 'post', 'put', 'delete', 'patch'];

export function toCatalogue(document) {
  const resolve = (node) => {
    while (node?.$ref) node = node.$ref.slice(2).split('/').reduce((at, key) => at[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
    return node;
  };
  const schemaName = (schema) => schema?.$ref?.split('/').at(-1);

  const parameter = (raw) => {
    const { name, in: place, required = false, description, schema: rawSchema, ...rest } = resolve(raw);
    const schema = resolve(rawSchema) ?? {};
    const { type, format, enum: values, default: fallback, minimum, maximum, minLength, maxLength, pattern } = schema;
    const suggestions = rest['x-suggestions'] ?? schema['x-suggestions'];
    return prune({ name, in: place, required, type: Array.isArray(type) ? type.join('|') : type ?? 'string', format, enum: values, suggestions, unit: schema['x-unit'],
      default: fallback, minimum, maximum, minLength, maxLength, pattern, description: description ?? schema.description });
  };

  const propertyOf = (raw, name) => {
    const schema = resolve(raw);
    return schema && (schema.properties?.[name] ?? (schema.allOf ?? []).map((part) => propertyOf(part, name)).find(Boolean));
  };

  /** Where an operation takes its permissible purpose (FCRA): a parameter, else a field of the body. */
  const purpose = (parameters, bodySchema) => {
    const named = parameters.find(({ name }) => name === 'purpose' || name === 'purposeCode');
    if (named) return { name: named.name, in: 'parameter', required: named.required, codes: named.suggestions ?? named.enum ?? [] };
    const field = resolve(propertyOf(bodySchema, 'purpose'));
    return field && { name: 'purpose', in: 'body', required: resolve(bodySchema).required?.includes('purpose') ?? false, codes: field['x-suggestions'] ?? field.enum ?? [] };
  };

  const entry = (path, method, shared, o) => {
    const body = resolve(o.requestBody);
    const bodySchema = body && Object.values(body.content)[0]?.schema;
    const parameters = [...(shared ?? []), ...(o.parameters ?? [])].map(parameter);
    const security = o.security ?? document.security;
    return prune({
      operationId: o.operationId, method: method.toUpperCase(), path, tag: o.tags[0], tags: o.tags.length > 1 ? o.tags : undefined,
      summary: o.summary, description: o.description, sdkNames: [o['x-sdk-name'] ?? []].flat(),
      since: o['x-since'], removed: o['x-removed'], deprecated: o.deprecated ?? false,
      billable: o['x-billable'] === undefined ? 'unknown' : o['x-billable'] ? 'yes' : 'no',
      destructive: o['x-destructive'], automation: o['x-automation'] ?? 'allowed', timeoutSeconds: o['x-timeout'] ?? 30,
      fcra: o['x-fcra'] ?? 'no', needs: o['x-needs'], paging: o['x-paging'], report: o['x-report'],
      liveInstitution: o['x-live-institution'], mfa: o['x-mfa'], testingOnly: o['x-testing-only'], dataAccessTiers: o['x-data-access-tiers'],
      sendsMail: o['x-sends-mail'], movesMoney: o['x-moves-money'], firesWebhooks: o['x-fires-webhooks'], personalData: o['x-pii'],
      undocumented: o['x-undocumented'], appKeyOnly: security.every((s) => !('AppToken' in s)) || undefined,
      purpose: purpose(parameters, bodySchema), parameters,
      requestBody: body && prune({ schema: schemaName(bodySchema), required: body.required ?? false, mediaTypes: Object.keys(body.content) }),
      responses: Object.fromEntries(Object.entries(o.responses).map(([status, r]) => [status, Object.keys(resolve(r).content ?? {})])),
    });
  };

  return Object.entries(document.paths).flatMap(([path, item]) => {
    const resolved = resolve(item);
    return methods.filter((m) => resolved[m]).map((m) => entry(path, m, resolved.parameters, resolved[m]));
  });
}

const prune = (record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
