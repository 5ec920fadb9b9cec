// Kernels that the chapters use, by name.

export const KERNELS = {
  "upright edges": [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
  "level edges": [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
  "Sobel, upright": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
  "Laplacian": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
  "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
  "mean": [[1, 1, 1], [1, 1, 1], [1, 1, 1]].map((row) => row.map((one) => one / 9)),
  "moves right": [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
};
