/** What a file is called that programs make up. */
export const fileName = 'example.txt'

/** What it holds. */
export const fileContent = 'Some content'
