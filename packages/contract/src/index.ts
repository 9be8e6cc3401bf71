export { startMock } from './mock.ts'
export type { Answer, Target } from './target.ts'
