"""What nbgrader is told in a class: how submissions come in, and how verdicts become points and feedback."""
