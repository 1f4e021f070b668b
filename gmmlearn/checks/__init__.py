"""Public checks: whether a function is right, and why not."""
