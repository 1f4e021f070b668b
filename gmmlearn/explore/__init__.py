"""Interactive explorations of Gaussian mixtures."""
