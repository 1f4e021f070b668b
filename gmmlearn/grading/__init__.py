"""The bench: runs a submission in a sandbox, judges its values and hands the verdict to nbgrader."""
