import type { Method, OperationEntry } from './document.ts'

/** By HTTP's own rules these can be repeated; `x-retry` overrides it either way. */
const repeatable: readonly Method[] = ['get', 'head', 'put', 'delete', 'options']

/** Whether a client may repeat an operation by itself. */
export const retryClass = ({ operation, method }: Pick<OperationEntry, 'operation' | 'method'>): 'safe' | 'never' =>
  operation['x-retry'] ?? (repeatable.includes(method) ? 'safe' : 'never')
