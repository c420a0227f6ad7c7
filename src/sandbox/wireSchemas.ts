// The bodies that api/ describes, as a walk over a value needs them: references followed, the parts of an `allOf` put together, the shape
// that fits among several. What the pipeline does to every body alike (XML, nulls) is told by these and never by operation.
import type { OperationEntry } from '../api/catalogue.ts';

export interface Schema {
  readonly [keyword: string]: unknown;
}

export interface Shape {
  /** The component's name, where the schema is one. */
  name?: string;
  /** JSON types but null; empty when nothing is said. */
  types: readonly string[];
  nullable: boolean;
  properties: ReadonlyMap<string, Schema>;
  required: ReadonlySet<string>;
  items?: Schema;
  /** The shapes that a value may have instead, null left out. */
  alternatives: readonly Schema[];
  /** OpenAPI's `xml` object. */
  xml: { name?: string; attribute?: boolean };
}

export interface WireSchemas {
  request(operation: OperationEntry): Schema | undefined;
  response(operation: OperationEntry, status: number): Schema | undefined;
  shapeOf(schema: Schema): Shape;
  /** Of several shapes the one whose `type` is the value's; the schema's own where there is no choice. */
  fitting(schema: Schema, value: unknown): Shape | undefined;
}

type Document = { paths: Record<string, Record<string, Schema | undefined> | undefined> };

const isRecord = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const schemas = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isRecord) : []);

export function createWireSchemas(document: unknown): WireSchemas {
  const shapes = new WeakMap<Schema, Shape>();

  const follow = (node: unknown): { node: Schema; name?: string } | undefined => {
    if (!isRecord(node)) return undefined;
    if (typeof node.$ref !== 'string') return { node };
    const steps = node.$ref.slice(2).split('/').map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = follow(steps.reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), document));
    return found && { node: found.node, name: found.name ?? steps.at(-1) };
  };
  const bodyOf = (node: unknown): Schema | undefined => {
    const content = follow(node)?.node.content;
    const media = isRecord(content) ? Object.entries(content).find(([type]) => type.includes('json'))?.[1] : undefined;
    return isRecord(media) && isRecord(media.schema) ? media.schema : undefined;
  };
  const described = ({ path, method }: OperationEntry) => (document as Document).paths[path]?.[method.toLowerCase()];

  const shapeOf = (schema: Schema): Shape => {
    const known = shapes.get(schema);
    if (known) return known;
    const { node, name } = follow(schema) ?? { node: {} };
    const parts = schemas(node.allOf).map(shapeOf);
    const own = [node.type].flat().filter((type): type is string => typeof type === 'string');
    const choices = [...schemas(node.oneOf), ...schemas(node.anyOf)];
    const isNull = (choice: Schema) => choice.type === 'null';
    const properties = new Map(parts.flatMap((part) => [...part.properties]));
    for (const [field, inner] of Object.entries(isRecord(node.properties) ? node.properties : {})) if (isRecord(inner)) properties.set(field, inner);
    const shape: Shape = {
      name, properties,
      types: [...new Set([...own.filter((type) => type !== 'null'), ...parts.flatMap((part) => part.types)])],
      nullable: own.includes('null') || choices.some((choice) => isNull(choice) || shapeOf(choice).nullable) || (parts.length > 0 && own.length === 0 && parts.every((part) => part.nullable)),
      required: new Set([...(Array.isArray(node.required) ? (node.required as string[]) : []), ...parts.flatMap((part) => [...part.required])]),
      items: isRecord(node.items) ? node.items : parts.find((part) => part.items)?.items,
      alternatives: choices.filter((choice) => !isNull(choice)),
      xml: { ...Object.assign({}, ...parts.map((part) => part.xml)), ...(isRecord(node.xml) ? node.xml : {}) } as Shape['xml'],
    };
    shapes.set(schema, shape);
    return shape;
  };

  const fitting = (schema: Schema, value: unknown): Shape | undefined => {
    const shape = shapeOf(schema);
    if (shape.alternatives.length === 0 || shape.properties.size > 0 || shape.items) return shape;
    const holds = (choice: Schema) => fitting(choice, value);
    if (shape.alternatives.length === 1) return holds(shape.alternatives[0] as Schema);
    const type = isRecord(value) ? value.type : undefined;
    const named = typeof type === 'string' ? shape.alternatives.find((choice) => typesNamed(shapeOf(choice)).includes(type)) : undefined;
    return named && holds(named);
  };
  /** The values that a shape allows for its own `type`. */
  const typesNamed = (shape: Shape): unknown[] => {
    const type = shape.properties.get('type');
    const { node } = (type && follow(type)) ?? { node: {} as Schema };
    return Array.isArray(node.enum) ? node.enum : node.const === undefined ? [] : [node.const];
  };

  return {
    request: (operation) => bodyOf(described(operation)?.requestBody),
    response: (operation, status) => {
      const responses = described(operation)?.responses;
      return isRecord(responses) ? bodyOf(responses[String(status)] ?? responses.default) : undefined;
    },
    shapeOf, fitting,
  };
}
