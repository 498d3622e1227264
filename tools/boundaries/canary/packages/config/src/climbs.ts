// expect: rung-config
export const face = () => import('@trellis/db')
