/** Whether a status of an answer stands for a success; `all` are the statuses of the operation. */
export function isSuccess(status: string, all: readonly string[]): boolean {
  const isNamed = (one: string) => /^[123]/.test(one)
  // `default` stands for errors, unless nothing else can be a success.
  return isNamed(status) || (status === 'default' && !all.some(isNamed))
}
