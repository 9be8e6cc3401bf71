export default {
  // Only here, where Next itself and the suite lie outside of the project.
  turbopack: { root: '/' },
}
