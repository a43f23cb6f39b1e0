export default async function afterAll() {
  await Reflect.get(globalThis, 'postgresServer')?.remove()
}
