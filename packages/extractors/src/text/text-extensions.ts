/** Files that are text for people or compilers; they are taken as they are. */
export const textExtensions: readonly string[] = `
  txt text log md markdown mdx rst adoc tex vtt srt properties ini cfg conf env toml jsonl ndjson geojson po
  c h cc cpp cxx hpp hxx cs m mm java kt kts scala groovy gradle go rs swift dart zig py pyi ipynb rb pl pm php lua r jl hs ml fs ex exs erl
  clj js mjs cjs jsx ts mts cts tsx vue svelte css scss sass less styl graphql gql proto thrift sql sh bash zsh fish ps1 bat cmd
  dockerfile makefile cmake tf hcl patch diff vb vbs asm s f90 pas d nim coffee`
  .trim()
  .split(/\s+/)

/** Files that say themselves what encoding they are in; kept with their tags. */
export const markupExtensions: readonly string[] = ['html', 'htm', 'xhtml', 'xml', 'xsd', 'xsl', 'xslt', 'rss', 'atom', 'opml']
