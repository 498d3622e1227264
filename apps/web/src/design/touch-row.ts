/** For rows of small buttons: where fingers press, each of them is forty pixels wide, and none reaches into its neighbour. */
export const touchRow = 'pointer-coarse:gap-x-3.5 pointer-coarse:[--touch-width:40px]'
