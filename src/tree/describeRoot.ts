// Connections, and customers and institutions under one, in words.
import { certifiedProducts } from './filters.ts';
import { tooltip } from './markdown.ts';
import type { NodeOf } from './nodes.ts';
import type { NodeWords } from './view.ts';

const environments = {
  sandbox: { label: 'sandbox', icon: 'beaker', says: 'A whole Open Banking server on this machine. It starts when it is first needed, costs nothing and holds no real data.' },
  testDrive: { label: 'test drive', icon: 'plug', says: 'Mastercard\'s API with a Test Drive plan: testing customers only.' },
  production: { label: 'PRODUCTION', icon: 'globe', says: 'Mastercard\'s API with live customers. What is billable costs money, and people are real.' },
  custom: { label: 'own base URL', icon: 'server', says: 'A server of your own. It is guarded like production.' },
} as const;

const vaults = { osKeychain: 'the operating system\'s keychain', vscode: 'the editor\'s secret storage', none: undefined } as const;

export function describeConnection({ record, active }: NodeOf<'connection'>): NodeWords {
  const { label, icon, says } = environments[record.environment];
  const kept = vaults[record.store];
  return {
    label: record.label,
    description: [label, record.readOnly ? 'read-only' : undefined, active ? 'active' : undefined].filter((part) => part !== undefined).join(' · '),
    flags: [record.environment, active ? 'active' : 'inactive', ...(record.readOnly ? ['readOnly'] : [])],
    expanded: active,
    icon: { id: icon, ...(record.environment === 'production' && { color: 'charts.red' }), ...(active && record.environment !== 'production' && { color: 'charts.green' }) },
    tooltip: tooltip(record.label, [
      ['Base URL', record.baseUrl || 'on this machine, known once it runs'], ['Secrets are in', kept], ['Read-only', record.readOnly ? 'yes, nothing can be changed' : undefined],
      ['Id', record.id],
    ], says, active ? undefined : 'Not active: switch to it to browse it.'),
  };
}

export function describeCustomers({ search, type }: NodeOf<'customers'>): NodeWords {
  const narrowed = [search && `"${search}"`, type && `${type} only`].filter((part) => part !== undefined && part !== '').join(', ');
  return {
    label: 'Customers', description: narrowed || undefined, flags: narrowed ? ['filtered'] : [], expanded: Boolean(search), icon: { id: 'organization' },
    tooltip: tooltip('Customers', [['Searched for', search], ['Type', type]], 'The people and firms whose accounts you read, testing and active ones apart. Search asks the API for a name or a username.'),
  };
}

export function describeInstitutions({ search, products = [] }: NodeOf<'institutions'>): NodeWords {
  const narrowed = [search && `"${search}"`, products.join(' + ')].filter((part) => part !== undefined && part !== '').join(', ');
  return {
    label: 'Institutions', description: narrowed || undefined, flags: narrowed ? ['filtered'] : [], icon: { id: 'home' },
    tooltip: tooltip('Institutions', [['Searched for', search], ['Certified for', products.map((product) => certifiedProducts[product] ?? product).join(' and ')]],
      'Banks, payroll providers and others that can be linked. Search asks the API; the product filter shows those certified for it.'),
  };
}
