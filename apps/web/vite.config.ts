import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` in development finds the server; the built files are served by the server itself. */
const server = `http://${process.env['DIFY_BIND_ADDRESS'] ?? '127.0.0.1'}:${process.env['PORT'] ?? process.env['DIFY_PORT'] ?? '5001'}`
const proxied = ['/console/api', '/api', '/v1', '/files', '/health', '/ready']

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    target: 'es2023',
    // The pages run under `script-src 'self'; style-src 'self'; font-src 'self'`: nothing may be inlined as a data address.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { console: 'index.html', app: 'app.html' } },
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: server, changeOrigin: false }])) },
})
