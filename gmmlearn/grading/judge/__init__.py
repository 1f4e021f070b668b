"""From a folder that was handed in to a verdict: reads it, runs it in a sandbox, tests the values that come back."""
