/** The version of this package; written by `pnpm version-packages`, held to package.json by a test. */
export const version = '0.0.0'
