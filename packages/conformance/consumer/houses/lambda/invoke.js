// What Lambda does with a function in a fresh process: loads its file and calls the handler with an event.
const [, , file, event] = process.argv

const { handler } = await import(file)
console.log(JSON.stringify(await handler(JSON.parse(event))))
