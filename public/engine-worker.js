// Starts the page's own wasm a second time, in a module worker. It holds no logic and no file name, so it
// cannot go stale: the page sends the URL of its (content-hashed) glue and the compiled WebAssembly.Module.
self.onmessage = async ({ data: [glue, module] }) => {
  self.onmessage = null;
  const app = await import(glue);
  await app.default({ module_or_path: module });
};
