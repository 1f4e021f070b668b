"""Grading, in three parts: the judge, the adapter to nbgrader, and the class."""
