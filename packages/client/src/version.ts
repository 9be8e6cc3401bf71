/** The version of this package; written by the script `version-packages`, held to package.json by a test. */
export const version = '0.0.0'
