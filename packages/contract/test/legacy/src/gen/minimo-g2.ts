// @generated from minimo-g2.yaml. Do not edit: change the spec and run `pnpm generate`.

export { errorCodes, type OperationId, operations, servers } from './minimo-g2/operations.ts'
export type { components, operations as OperationTypes, paths } from './minimo-g2/schema.ts'
